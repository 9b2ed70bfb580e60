// Amazon's own client: runs a statement on a database's own names, reads its columns and pages, stops another, lists databases and tables.
import {
  AthenaClient, StartQueryExecutionCommand, GetQueryExecutionCommand, StopQueryExecutionCommand, ListDatabasesCommand, paginateGetQueryResults, paginateListTableMetadata,
} from '@aws-sdk/client-athena';
import { readArguments, answer } from './arguments.mjs';

const { endpoint, region, accessKeyId, secretAccessKey, catalog, database, sql, endless } = await readArguments();
const client = new AthenaClient({ region, endpoint, credentials: { accessKeyId, secretAccessKey } });
const start = async QueryString => (await client.send(new StartQueryExecutionCommand({ QueryString, QueryExecutionContext: { Catalog: catalog, Database: database }, ResultConfiguration: { OutputLocation: 's3://out/' } }))).QueryExecutionId;
const end = async QueryExecutionId => {
  for (;;) {
    const { State } = (await client.send(new GetQueryExecutionCommand({ QueryExecutionId }))).QueryExecution.Status;
    if (State !== 'RUNNING' && State !== 'QUEUED') return State;
    await new Promise(resolve => setTimeout(resolve, 50));
  }
};

const finished = await start(sql);
const state = await end(finished);
const rows = [];
let columns;
for await (const page of paginateGetQueryResults({ client }, { QueryExecutionId: finished })) {
  rows.push(...page.ResultSet.Rows.map(row => row.Data.map(cell => cell.VarCharValue)));
  columns = page.ResultSet.ResultSetMetadata.ColumnInfo.map(column => `${column.Name} ${column.Type}`);
}
const running = await start(endless);
await client.send(new StopQueryExecutionCommand({ QueryExecutionId: running }));
const stopped = await end(running);
const databases = (await client.send(new ListDatabasesCommand({ CatalogName: catalog }))).DatabaseList.length;
const tables = [];
for await (const page of paginateListTableMetadata({ client }, { CatalogName: catalog, DatabaseName: database })) tables.push(...page.TableMetadataList.map(table => table.Name));
const refused = await new AthenaClient({ region, endpoint, credentials: { accessKeyId, secretAccessKey: 'wrong' } }).send(new ListDatabasesCommand({ CatalogName: catalog })).then(() => null, error => error.name);
answer({ state, columns, count: rows.length, first: rows[0], last: rows[rows.length - 1], stopped, databases, tables, refused });
