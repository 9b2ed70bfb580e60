// demo-s3.cjs FOLDER READY_FILE [PORT]: an S3 server (s3rver) on this machine with a bucket of real data, until it is ended. How to reach
// it stands in READY_FILE as soon as everything is there. Run it with --openssl-legacy-provider: its paging uses an old cipher.
const fs = require('fs'), path = require('path');
const modules = path.join(__dirname, '../npm/demo/node_modules');
const S3rver = require(path.join(modules, 's3rver'));
const [folder, readyFile, port = '0'] = process.argv.slice(2);
const bucket = 'lake';

/** Files of vega-datasets by their keys, and its daily weather of Seattle cut into years. */
function* objects() {
  const data = path.join(modules, 'vega-datasets/data');
  for (const name of ['airports.csv', 'zipcodes.csv', 'movies.json', 'flights-3m.parquet']) yield [`raw/${name}`, fs.readFileSync(path.join(data, name))];
  const [header, ...days] = fs.readFileSync(path.join(data, 'seattle-weather.csv'), 'utf8').trim().split('\n');
  for (const year of new Set(days.map(day => day.slice(0, 4))))
    yield [`weather/seattle_${year}.csv`, [header, ...days.filter(day => day.startsWith(year)), ''].join('\n')];
}

(async () => {
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  const server = new S3rver({ address: '127.0.0.1', port: +port, silent: true, directory: folder, configureBuckets: [{ name: bucket }] });
  const url = `http://127.0.0.1:${(await server.run()).port}`;
  for (const [key, body] of objects()) {
    const answer = await fetch(`${url}/${bucket}/${key}`, { method: 'PUT', body });
    if (!answer.ok) throw new Error(`${key}: ${answer.status}`);
  }
  fs.writeFileSync(readyFile, JSON.stringify({ url, bucket, port: new URL(url).port, access_key: 'S3RVER', secret_key: 'S3RVER' }));
})().catch(e => { console.error(e.message); process.exit(1); });
