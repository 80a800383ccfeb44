import { importCommand, lookCommand, pollCommand, type Steered, steerCommand } from "../../mocks/first-commands.js";
import type { Mock } from "../../mocks/server.js";
import { CONTROL_TOKEN } from "../without-token.js";

/**
 * What to try first, as it is printed when the mock has started.
 *
 * @param isTokenKnown whether the reader gave the control token: it is a secret of theirs; one that was made up is shown to them
 */
export function firstSteps({ url, control }: Pick<Mock, "url" | "control">, isTokenKnown: boolean): string {
  return `
Start an import:
  ${importCommand(url)}

Ask how it goes, again and again ("last" is the newest task; its own id stands in the answer above):
  ${pollCommand(url, "last")}

Without an import: a scenario's name is a task, too (all of them: npx hubspot-import-kit scenarios):
  ${pollCommand(url, "canceled")}
${control ? controlSteps(url, control, isTokenKnown) : ""}`;
}

const LAST = "/sessions/default/tasks/last";

function controlSteps(base: string, control: Steered, isTokenKnown: boolean): string {
  const { url, token } = control;
  const secret = isTokenKnown ? "TOKEN  # in place of TOKEN the one that you gave the mock" : token;
  const learn = token === undefined ? "" : `  export ${CONTROL_TOKEN}=${secret}\n`;
  const end = { state: "CANCELED", error: { message: "Too large." } };
  const browser = token === undefined ? `in a browser: ${base}` : `in a browser, which asks for the token: ${base}`;
  return `
Look at it (${browser}):
${learn}  ${lookCommand(control, "/sessions/default/tasks?format=text")}
  ${lookCommand(control, "/sessions/default/journal?format=text")}
  ${lookCommand(control, "/conduct?format=text")}

Steer it: start one that waits for you, let its next poll meet a 429 (that prints nothing), cancel it, and ask twice how it goes\n(all that there is: ${url}/openapi.yaml):
  ${importCommand(base, "stuck-pending")}
  ${steerCommand(control, "POST", `${LAST}/answers`, { error: "rate-limited", retryAfter: "5s" })}
  ${steerCommand(control, "PUT", `${LAST}/state?format=text`, end)}
  ${pollCommand(base, "last")}
`;
}
