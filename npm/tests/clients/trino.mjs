// Trino's own client: reads a result of several pages, waits for a slow statement, cancels one, sees an error.
import { Trino, BasicAuth } from 'trino-client';
import { readArguments, answer } from './arguments.mjs';

const { server, user, password, sql, slow, endless, wrong } = await readArguments();
const trino = Trino.create({ server, auth: new BasicAuth(user, password) });

async function run(query) {
  const rows = [];
  for await (const result of await trino.query(query)) {
    if (result.error) return { error: result.error.errorName };
    if (result.data) rows.push(...result.data);
  }
  return { rows };
}

process.on("uncaughtException", error => { console.error(error.response?.data ?? error.message); process.exit(1); });
const { rows } = await run(sql);
const waited = await run(slow);
const refused = await run(wrong);
const running = await trino.query(endless);
const { value } = await running.next();
await trino.cancel(value.id);
answer({ count: rows.length, first: rows[0], last: rows[rows.length - 1], waited: waited.rows.length, refused: refused.error });
