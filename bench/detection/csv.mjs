// Reads and writes comma-separated text (RFC 4180).
import { readFileSync, writeFileSync } from "node:fs";

export function parse(text) {
  const rows = [];
  let row = [], cell = "", quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted) {
      if (c !== '"') cell += c;
      else if (text[i + 1] === '"') { cell += '"'; i++; }
      else quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === ",") { row.push(cell); cell = ""; }
    else if (c === "\n") { row.push(cell); rows.push(row); row = []; cell = ""; }
    else if (c !== "\r") cell += c;
  }
  if (cell !== "" || row.length > 0) { row.push(cell); rows.push(row); }
  return rows;
}

const quote = cell => /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;

export const read = path => parse(readFileSync(path, "utf8").replace(/^\uFEFF/, ""));
export const write = (path, rows) => writeFileSync(path, rows.map(r => r.map(quote).join(",")).join("\n") + "\n");
