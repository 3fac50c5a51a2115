// DuckDB's side of bench_figures: loads facts.csv, runs the lines of queries.sql, prints times and groups.
// Needs the package @duckdb/node-api where Node finds it (bench/node_modules, or a folder in NODE_PATH).
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';

const { DuckDBInstance } = createRequire(import.meta.url)('@duckdb/node-api');
const folder = process.argv[2];
const connection = await (await DuckDBInstance.create(':memory:')).connect();
await connection.run("SET TimeZone = 'UTC'");
await connection.run(`CREATE TABLE bench_fact AS SELECT * FROM read_csv('${folder}/facts.csv', header = false, columns =
  {'agency': 'BIGINT', 'channel': 'VARCHAR', 'level': 'VARCHAR', 'verdict': 'VARCHAR', 'received': 'TIMESTAMPTZ'})`);
for (const sql of readFileSync(`${folder}/queries.sql`, 'utf8').split('\n').filter(Boolean)) {
  const begin = performance.now();
  const rows = (await connection.runAndReadAll(sql)).getRows();
  console.log(`time ${performance.now() - begin}`);
  for (const [channel, level, verdict, n] of rows) console.log(`${channel} ${level} ${verdict}\t${n}`);
}
