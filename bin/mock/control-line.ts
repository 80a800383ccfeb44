import type { ControlChange } from "../../mocks/control/api.js";
import { printable, shortened } from "../../src/report/printable.js";

/**
 * One line for each call that changed something: who shares a mock can tell why a task jumped.
 *
 * @example controlLine({ method: "POST", path: "/__mock/reset" }); // "control: POST /__mock/reset"
 */
export function controlLine({ method, path, body }: ControlChange): string {
  const text = body === undefined ? "" : JSON.stringify(body);
  const parts = ["control:", method, shortened(path, 200), shortened(text.slice(0, 1000), 120)];
  return printable(parts.filter(Boolean).join(" "));
}
