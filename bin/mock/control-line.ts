import type { ControlChange } from "../../mocks/control/api.js";
import type { Guess } from "../../mocks/control/token.js";
import { printable } from "../../src/report/printable.js";
import { shortened } from "../../src/shortened.js";
import { withoutToken } from "../without-token.js";

/** What is longer is not looked at: a line shows less. */
const MAX_BODY = 1000;

/**
 * One line for each call that changed something: who shares a mock can tell why a task jumped. Without secrets, as the
 * journal is.
 *
 * @example controlLine({ method: "POST", path: "/__mock/reset" }); // "control: POST /__mock/reset"
 */
export function controlLine({ method, path, body }: ControlChange): string {
  const text = body === undefined ? "" : JSON.stringify(body).slice(0, MAX_BODY);
  // With an ellipsis behind it, what is left of a secret that is cut there is taken out, too.
  const shown = withoutToken(`${text}…`).slice(0, -1);
  const parts = ["control:", method, shortened(withoutToken(path)), shortened(shown, 120)];
  return printable(parts.filter(Boolean).join(" "));
}

/**
 * One line for some of the wrong control tokens: who shares a mock can tell that somebody guesses, or has an old one.
 *
 * @example guessLine({ from: "192.0.2.1", count: 8, delayMs: 400 }); // "control: wrong token from 192.0.2.1, 8 in a row; its answer waits 400 ms"
 */
export function guessLine({ from, count, delayMs }: Guess): string {
  const row = count === 1 ? "" : `, ${count} in a row`;
  const wait = delayMs === 0 ? "" : `; its answer waits ${delayMs} ms`;
  return printable(`control: wrong token from ${from}${row}${wait}`);
}
