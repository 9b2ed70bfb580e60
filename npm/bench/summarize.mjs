// summarize.mjs FILE THREADS ROUNDS: DuckDB's SUMMARIZE of a Parquet file; prints the seconds of each round as a JSON array.
import { DuckDBInstance } from '@duckdb/node-api';

const [file, threads, rounds] = process.argv.slice(2);
const instance = await DuckDBInstance.create(':memory:', { threads });
const connection = await instance.connect();
const seconds = [];
for (let round = 0; round < Number(rounds); round++) {
  const start = process.hrtime.bigint();
  const reader = await connection.runAndReadAll(`SUMMARIZE SELECT * FROM read_parquet('${file.replaceAll("'", "''")}')`);
  if (reader.currentRowCount === 0) throw new Error('SUMMARIZE gave no row.');
  seconds.push(Number(process.hrtime.bigint() - start) / 1e9);
}
console.log(JSON.stringify(seconds));
