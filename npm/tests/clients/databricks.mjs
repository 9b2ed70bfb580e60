// Databricks' own SDK: runs statements on a schema's own names whose results come as links, cancels one, sees an error, looks up catalog and warehouse.
import http from 'node:http';
import sdk from '@databricks/sdk-experimental';
import { readArguments, answer } from './arguments.mjs';

const { endpoint, token, warehouse, catalog, schema, sql, endless, wrong } = await readArguments();
const client = new sdk.WorkspaceClient({ host: endpoint, token, authType: 'pat' }, { agent: new http.Agent() });
// The SDK takes nothing but https on the usual port for a host; its requests are the same elsewhere.
await client.config.ensureResolved();
client.config.host = endpoint;

const run = statement => client.statementExecution.executeStatement({
  warehouse_id: warehouse, catalog, schema, statement, wait_timeout: '5s', on_wait_timeout: 'CONTINUE', disposition: 'EXTERNAL_LINKS', format: 'JSON_ARRAY',
});

const finished = await run(sql);
const columns = finished.manifest.schema.columns.map(column => `${column.name} ${column.type_text}`);
const rows = [];
for (let result = finished.result; result;) {
  const [link] = result.external_links;
  rows.push(...await (await fetch(link.external_link)).json());
  result = link.next_chunk_index == null ? null
    : await client.statementExecution.getStatementResultChunkN({ statement_id: finished.statement_id, chunk_index: link.next_chunk_index });
}
const refused = (await run(wrong)).status.error.error_code;
const running = await run(endless);
await client.statementExecution.cancelExecution({ statement_id: running.statement_id });
let cancelled;
do cancelled = (await client.statementExecution.getStatement({ statement_id: running.statement_id })).status.state; while (cancelled === 'RUNNING');
// Its lists are not tried: the SDK leaves their arguments out of the request.
const found = (await client.catalogs.get({ name: catalog })).name === catalog && (await client.warehouses.get({ id: warehouse })).state;
answer({ columns, count: rows.length, first: rows[0], last: rows[rows.length - 1], refused, cancelled, found });
