// Parses statements by a grammar of the dialect they are written in.
import parser from 'node-sql-parser';
import { readArguments, answer } from './arguments.mjs';

const { statements } = await readArguments();
const problems = [];
for (const { dialect, sql } of statements) {
  try {
    new parser.Parser().astify(sql, { database: dialect });
  } catch (error) {
    problems.push(`${dialect}: ${error.message.slice(0, 200)} in ${sql}`);
  }
}
answer(problems);
