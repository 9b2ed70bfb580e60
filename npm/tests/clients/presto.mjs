// Presto's own client: reads a result of several pages, waits for a slow statement, sees an error.
import presto from '@prestodb/presto-js-client';
import { readArguments, answer } from './arguments.mjs';

const { host, port, user, password, sql, slow, wrong } = await readArguments();
const PrestoClient = presto.PrestoClient ?? presto.default ?? presto;
const client = new PrestoClient({ host, port, user, basicAuthentication: { user, password } });
const { data } = await client.query(sql);
const waited = await client.query(slow);
const refused = await client.query(wrong).then(() => null, error => error.errorName ?? error.name);
answer({ count: data.length, first: data[0], last: data[data.length - 1], waited: waited.data.length, refused });
