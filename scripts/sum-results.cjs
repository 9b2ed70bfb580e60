// sum-results RESULTS FILTERED SUITE...: adds the suites up, names what failed, and ends with `N passed, N failed`.
const fs = require('fs'), path = require('path');
const [, , folder, filtered, ...suites] = process.argv;
let passed = 0, failed = 0, skipped = 0, broken = [];

for (const suite of suites) {
  const file = kind => path.join(folder, `${suite}.${kind}`);
  let summary, tests, code;
  try {
    ({ summary, tests } = JSON.parse(fs.readFileSync(file('json'))).results);
    code = Number(fs.readFileSync(file('code')));
  } catch {
    broken.push(`${suite}: the runner ended without results`);
    continue;
  }
  passed += summary.passed;
  failed += summary.failed;
  skipped += summary.skipped + summary.pending;
  if (summary.tests === 0 && filtered !== 'yes') broken.push(`${suite}: no test ran`);
  // A crash beside the tests (in a fixture, at the end) shows in the exit code only.
  if (code !== 0 && summary.failed === 0 && !(filtered === 'yes' && summary.tests === 0))
    broken.push(`${suite}: exit code ${code} although no test failed`);
  for (const test of tests.filter(t => t.status === 'failed')) console.log(`FAILED ${suite}: ${test.name}`);
}
if (passed + failed === 0 && broken.length === 0) broken.push('no test ran');
for (const line of broken) console.log(`BROKEN ${line}`);
console.log(`${passed} passed, ${failed + broken.length} failed${skipped ? `, ${skipped} skipped` : ''}`);
process.exit(failed + broken.length ? 1 : 0);
