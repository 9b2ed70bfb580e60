// inject.mjs CLEAN.csv DIRTY.csv [--rate 0.02] [--seed 1]: makes a dirty copy of a clean file.
//
// Each row has an error with the given probability; which one is drawn evenly from:
//   typo       one letter of a text is swapped with its neighbour, doubled, dropped or replaced
//   swap       two fields of the row change places
//   missing    a value is taken away
//   format     a date loses its zeros or changes its order, a number gets a thousands separator or a unit, a text changes its case or gets spaces
//   outlier    a number is multiplied by 100 or by -1
//   duplicate  the row becomes a copy of another one
// What differs from the clean file afterwards is what detection has to find; DIRTY.csv.errors.json says of which kind each cell's error is. The
// same seed makes the same errors. A clean file whose name ends in .json holds an array of objects, as the data sets of vega-datasets do; it is
// written out as CSV beside the dirty one (DIRTY.csv.clean.csv).
import { readFileSync, writeFileSync } from "node:fs";
import { read, write } from "./csv.mjs";

const [clean, dirty, ...rest] = process.argv.slice(2);
if (!dirty) { console.error("inject.mjs CLEAN.csv DIRTY.csv [--rate 0.02] [--seed 1]"); process.exit(2); }
const option = (name, otherwise) => rest.includes(name) ? Number(rest[rest.indexOf(name) + 1]) : otherwise;
const rate = option("--rate", 0.02);
let state = option("--seed", 1) >>> 0;
const random = () => { // mulberry32
  state = (state + 0x6d2b79f5) >>> 0;
  let t = state;
  t = Math.imul(t ^ (t >>> 15), t | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};
const pick = list => list[Math.floor(random() * list.length)];
const isNumber = v => v !== "" && Number.isFinite(Number(v));
const isDate = v => /^\d{4}-\d\d-\d\d/.test(v);
const letters = "abcdefghijklmnopqrstuvwxyz";

const kinds = {
  typo(row) {
    const at = pick(row.map((v, i) => [v, i]).filter(([v]) => /[a-z]{3}/i.test(v)).map(([, i]) => i));
    if (at === undefined) return;
    const v = row[at], i = 1 + Math.floor(random() * (v.length - 2));
    row[at] = pick([v.slice(0, i) + v[i + 1] + v[i] + v.slice(i + 2), v.slice(0, i) + v[i] + v.slice(i), v.slice(0, i) + v.slice(i + 1), v.slice(0, i) + pick(letters) + v.slice(i + 1)]);
  },
  swap(row) {
    const a = Math.floor(random() * row.length), b = Math.floor(random() * row.length);
    [row[a], row[b]] = [row[b], row[a]];
  },
  missing(row) { row[Math.floor(random() * row.length)] = ""; },
  format(row) {
    const at = Math.floor(random() * row.length), v = row[at];
    row[at] = isDate(v) ? pick([v.replace(/-0/g, "-"), v.replace(/^(\d{4})-(\d\d)-(\d\d)/, "$3/$2/$1")])
      : isNumber(v) ? pick([`${v} USD`, Number(v).toLocaleString("en-US", { minimumFractionDigits: 3 })])
      : pick([v.toUpperCase(), v.toLowerCase(), `  ${v}`]);
  },
  outlier(row) {
    const at = pick(row.map((v, i) => [v, i]).filter(([v]) => isNumber(v) && Number(v) !== 0).map(([, i]) => i));
    if (at !== undefined) row[at] = String(Number(row[at]) * pick([100, -1]));
  },
  duplicate(row, rows) { row.splice(0, row.length, ...pick(rows)); },
};

function table(path) {
  if (!path.endsWith(".json")) return read(path);
  const records = JSON.parse(readFileSync(path, "utf8"));
  const names = [...new Set(records.flatMap(r => Object.keys(r)))];
  return [names, ...records.map(r => names.map(n => String(r[n] ?? "")))];
}
const [header, ...rows] = table(clean);
if (clean.endsWith(".json")) write(`${dirty}.clean.csv`, [header, ...rows]);
const errors = {};
const counts = Object.fromEntries(Object.keys(kinds).map(k => [k, 0]));
const changed = rows.map((original, r) => {
  const row = [...original];
  if (random() >= rate) return row;
  const kind = pick(Object.keys(kinds));
  kinds[kind](row, rows);
  if (row.some((v, i) => v !== original[i])) counts[kind]++;
  row.forEach((v, i) => { if (v !== original[i]) errors[`${r}:${i}`] = kind; });
  return row;
});
write(dirty, [header, ...changed]);
writeFileSync(`${dirty}.errors.json`, JSON.stringify(errors));
const cells = rows.reduce((sum, row, r) => sum + row.filter((v, c) => v !== changed[r][c]).length, 0);
console.log(JSON.stringify({ rows: rows.length, rows_changed: counts, cells_changed: cells, seed: option("--seed", 1), rate }));
