// Google's own client: reads a result of several pages, tries a statement for its columns, cancels a job, sees an error, lists datasets.
import { BigQuery } from '@google-cloud/bigquery';
import { OAuth2Client } from 'google-auth-library';
import { readArguments, answer } from './arguments.mjs';

const { endpoint, project, data, dataset, token, sql, endless, wrong } = await readArguments();
const authClient = new OAuth2Client();
authClient.setCredentials({ access_token: token, expiry_date: Date.now() + 3_600_000 });
const bigquery = new BigQuery({ projectId: project, apiEndpoint: endpoint, authClient });
const [job] = await bigquery.createQueryJob({ query: sql });
const [rows] = await job.getQueryResults();
const [trial] = await bigquery.createQueryJob({ query: 'SELECT n, label FROM many', dryRun: true, defaultDataset: { projectId: data, datasetId: dataset } });
const columns = trial.metadata.statistics.query.schema.fields.map(field => `${field.name} ${field.type}`);
const [failing] = await bigquery.createQueryJob({ query: wrong });
const refused = await failing.getQueryResults().then(() => null, error => error.errors[0].reason);
const [running] = await bigquery.createQueryJob({ query: endless });
await running.cancel();
const cancelled = await running.getQueryResults().then(() => null, error => error.errors[0].reason);
const [datasets] = await new BigQuery({ projectId: data, apiEndpoint: endpoint, authClient }).getDatasets();
answer({ count: rows.length, first: rows[0], last: rows[rows.length - 1], columns, refused, cancelled, datasets: datasets.length });
