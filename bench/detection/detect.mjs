// detect.mjs DIRTY.csv CLEAN.csv [--effort medium]: onboards the dirty file, profiles it, has checks inferred, scans, and compares the flagged
// cells with those that differ from the clean file. Needs a server: ASSAY (its URL), TOKEN, and FILES (the folder that ASSAY_FILES_ROOT names).
//
// A cell is flagged where an anomaly's record holds it and a failed check names its field (all fields of the record where a check names none).
// Recall is printed for each kind of error, too: by DIRTY.csv.errors.json where inject.mjs wrote one, else by how the cell differs: missing, added,
// writing (blanks and case), number, typo (up to two edits), other. A row that is there twice is flagged with its twin, for nothing in it tells
// which of the two is the copy: precision is printed with and without what only the rule unique flags.
//
// Both files need the same rows in the same order. The copy that is onboarded has a column row_number in front, by which records are found again;
// checks on that column are archived before the scan.
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { read, write } from "./csv.mjs";

const [dirtyPath, cleanPath, ...rest] = process.argv.slice(2);
const { ASSAY, TOKEN, FILES } = process.env;
if (!cleanPath || !ASSAY || !TOKEN || !FILES) { console.error("ASSAY=http://... TOKEN=... FILES=folder detect.mjs DIRTY.csv CLEAN.csv [--effort off|low|medium|high|xhigh|max]"); process.exit(2); }
const effort = rest.includes("--effort") ? rest[rest.indexOf("--effort") + 1] : "medium";

async function call(method, path, body) {
  const response = await fetch(ASSAY + path, { method, headers: { Authorization: `Bearer ${TOKEN}`, "Content-Type": "application/json" }, body: body && JSON.stringify(body) });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return text ? JSON.parse(text) : null;
}
async function* pages(path) {
  for (let page = 1; ; page++) {
    const answer = await call("GET", `${path}${path.includes("?") ? "&" : "?"}page=${page}&size=100`);
    yield* answer.items;
    if (page >= answer.pages) return;
  }
}
async function run(body) {
  let operation = await call("POST", "/api/operations/run", body);
  while (!operation.end_time) {
    await new Promise(resolve => setTimeout(resolve, 500));
    operation = await call("GET", `/api/operations/${operation.id}`);
  }
  if (operation.result !== "success") throw new Error(`${operation.type}: ${operation.message}`);
  return operation;
}

const [dirtyHeader, ...dirty] = read(dirtyPath);
const [cleanHeader, ...clean] = read(cleanPath);
if (dirtyHeader.join() !== cleanHeader.join() || dirty.length !== clean.length) throw new Error("the two files do not have the same columns and rows");
const wrong = new Set();
dirty.forEach((row, r) => row.forEach((value, c) => { if (value !== clean[r][c]) wrong.add(`${r}:${c}`); }));

function edits(a, b) {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) current[j] = Math.min(current[j - 1] + 1, previous[j] + 1, previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
    previous = current;
  }
  return previous[b.length];
}
function kind(is, was) {
  if (is === "") return "missing";
  if (was === "") return "added";
  if (is.trim().toLowerCase() === was.trim().toLowerCase()) return "writing";
  if (Number.isFinite(Number(is)) && Number.isFinite(Number(was))) return "number";
  return edits(is, was) <= 2 ? "typo" : "other";
}
const known = existsSync(`${dirtyPath}.errors.json`) ? JSON.parse(readFileSync(`${dirtyPath}.errors.json`, "utf8")) : {};
const kinds = {};
for (const cell of wrong) {
  const [r, c] = cell.split(":");
  (kinds[known[cell] ?? kind(dirty[r][c], clean[r][c])] ??= []).push(cell);
}

const name = `detection-${Date.now()}`;
const folder = join(FILES, name);
mkdirSync(folder, { recursive: true });
write(join(folder, basename(dirtyPath)), [["row_number", ...dirtyHeader], ...dirty.map((row, r) => [String(r), ...row])]);
const store = await call("POST", "/api/datastores", { name, connection: { name, type: "local", uri: `file:///${name}` }, root_path: "/", trigger_sync: false });
try {
  await run({ type: "sync", datastore_id: store.id });
  await run({ type: "profile", datastore_id: store.id, ai_effort: effort });
  for await (const check of pages(`/api/quality-checks?datastore=${store.id}&field=row_number`)) await call("DELETE", `/api/quality-checks/${check.id}`);
  const scan = await run({ type: "scan", datastore_id: store.id, high_count_rollup_threshold: 1000, enrichment_source_record_limit: 1000000 });

  const flagged = new Set(), alone = new Set(); // alone: what other rules than unique flag
  const rules = {};
  let anomalies = 0;
  for await (const anomaly of pages(`/api/anomalies?datastore=${store.id}`)) {
    anomalies++;
    const records = JSON.parse((await call("GET", `/api/anomalies/${anomaly.id}/source-record?limit=1000000`)).source_record);
    for (const failed of anomaly.failed_checks) {
      rules[failed.quality_check.rule_type] = (rules[failed.quality_check.rule_type] ?? 0) + records.length;
      const fields = failed.quality_check.fields.length > 0 ? failed.quality_check.fields.map(f => f.name) : dirtyHeader;
      for (const record of records) for (const field of fields) if (record.row_number != null) {
        const cell = `${Number(record.row_number)}:${dirtyHeader.indexOf(field)}`;
        flagged.add(cell);
        if (failed.quality_check.rule_type !== "unique") alone.add(cell);
      }
    }
  }
  const right = [...flagged].filter(cell => wrong.has(cell)).length;
  const precision = flagged.size ? right / flagged.size : null, recall = wrong.size ? right / wrong.size : null;
  const checks = (await call("GET", `/api/quality-checks?datastore=${store.id}&size=1`)).total;
  console.log(JSON.stringify({
    file: basename(dirtyPath), effort, rows: dirty.length, checks, anomalies, records_processed: scan.status.records_processed,
    cells_wrong: wrong.size, cells_flagged: flagged.size, cells_right: right, precision,
    precision_without_unique: alone.size ? [...alone].filter(cell => wrong.has(cell)).length / alone.size : null, recall, f1: right ? 2 * precision * recall / (precision + recall) : 0,
    recall_by_kind: Object.fromEntries(Object.entries(kinds).sort().map(([k, cells]) => [k, `${cells.filter(cell => flagged.has(cell)).length}/${cells.length}`])), flagged_by_rule: rules,
  }, null, 2));
} finally {
  await call("DELETE", `/api/datastores/${store.id}`);
  rmSync(folder, { recursive: true });
}
