// Parses statements by a grammar of their dialect: node parse-sql.cjs FILE MODULES, the file a JSON array of {dialect, sql}; says what does not parse.
const { readFileSync } = require('fs');
const path = require('path');
const { Parser } = require(path.join(process.argv[3], 'node-sql-parser'));
const parser = new Parser();
for (const { dialect, sql } of JSON.parse(readFileSync(process.argv[2], 'utf8'))) {
  try {
    parser.astify(sql, { database: dialect });
  } catch (e) {
    console.log(`${dialect}: ${e.message}\n${sql}\n`);
  }
}
