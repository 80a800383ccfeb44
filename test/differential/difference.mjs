const AROUND = 160;

/** Where two values are not the same, in some lines; undefined where they are. */
export function differenceOf(before, after) {
  const [one, two] = [before, after].map((value) =>
    typeof value === "string" ? value : JSON.stringify(value, null, 1),
  );
  if (one === two) return undefined;
  let at = 0;
  while (one[at] === two[at]) at += 1;
  const from = Math.max(0, at - AROUND);
  const cut = (text) => visible(text.slice(from, at + AROUND));
  return `  at ${at} of ${one.length} and ${two.length}\n  before: …${cut(one)}…\n  after:  …${cut(two)}…`;
}

/** An act of a talk, for a person. */
export function readable(act) {
  if (typeof act === "string") return `  (${act})\n`;
  if (act.meanwhile) return `  (over another connection)\n${act.meanwhile.map(readable).join("")}`;
  if (!Buffer.isBuffer(act)) return `  ${JSON.stringify(act)}\n`;
  const text = act.subarray(0, 1500).toString("latin1").split("\r\n").map(visible).join("\n    ");
  return `    ${text}${act.length > 1500 ? `… (${act.length} bytes)` : ""}\n`;
}

function visible(text) {
  return text.replace(/[^\x20-\x7e]/g, (one) =>
    one === "\n" ? "⏎" : `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
