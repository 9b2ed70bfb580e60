// Snowflake's own client: signs in, reads a result of several parts, waits for a slow statement, cancels one, sees an error.
import snowflake from 'snowflake-sdk';
import { readArguments, answer } from './arguments.mjs';

const { options, sql, slow, endless, wrong } = await readArguments();
snowflake.configure({ logLevel: 'OFF', additionalLogToConsole: false });

const connection = snowflake.createConnection(options);
await new Promise((resolve, reject) => connection.connect(error => (error ? reject(error) : resolve())));

const run = (sqlText, started) => new Promise((resolve, reject) => {
  const statement = connection.execute({ sqlText, complete: (error, _, rows) => (error ? reject(error) : resolve(rows)) });
  started?.(statement);
});

const rows = await run(sql);
const waited = await run(slow);
const cancelled = await run(endless, statement => setTimeout(() => statement.cancel(() => {}), 1000)).then(() => null, error => error.code);
const refused = await run(wrong).then(() => null, error => error.code);
await new Promise(resolve => connection.destroy(resolve));
answer({ count: rows.length, first: rows[0], last: rows[rows.length - 1], waited: waited.length, cancelled, refused });
