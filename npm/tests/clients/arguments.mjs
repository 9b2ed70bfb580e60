// What the test handed over: one JSON object on standard input.
export async function readArguments() {
  let text = '';
  for await (const part of process.stdin) text += part;
  return JSON.parse(text);
}

// The last line that a script writes is its answer.
export function answer(value) {
  process.stdout.write('\n' + JSON.stringify(value) + '\n', () => process.exit(0));
}
