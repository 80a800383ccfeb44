/** The curl commands to try first, printed at the start and shown on the mock's front page. */

import { pathOf } from "../src/contract/operations.js";

const TOKEN = "-H 'Authorization: Bearer any'";
const JSON_TYPE = "-H 'Content-Type: application/json'";

/** Responses are the same as HubSpot's, without a final line end: curl adds it for the terminal. */
const CURL = "curl -sS -w '\\n'";

/**
 * @param base the mock's address, without a trailing slash
 * @param scenario of the task; default: the mock's default scenario
 */
export function importCommand(base: string, scenario?: string): string {
  const url = `https://example.com/cat.png${scenario === undefined ? "" : `#mock=${scenario}`}`;
  const body = JSON.stringify({ url, access: "PRIVATE", folderPath: "/library" });
  return `${CURL} ${base}${pathOf("importFromUrl")} ${TOKEN} ${JSON_TYPE} -d '${body}'`;
}

/** @param task an id, a scenario's name, or `last` */
export function pollCommand(base: string, task: string): string {
  return `${CURL} ${base}${pathOf("checkImportStatus", task)} ${TOKEN}`;
}

/** The control API's address and token. Commands contain a variable in place of the token, which is a secret. */
export interface ControlAccess {
  readonly url: string;
  readonly token?: string;
}

/** @param path below `/__mock` */
export function lookCommand({ url, token }: ControlAccess, path: string): string {
  return `curl -sS '${url}${path}'${header(token)}`;
}

/** @param path below `/__mock` */
export function steerCommand({ url, token }: ControlAccess, method: string, path: string, body: object): string {
  return `curl -sS -X ${method} '${url}${path}'${header(token)} ${JSON_TYPE} -d '${JSON.stringify(body)}'`;
}

function header(token: string | undefined): string {
  return token === undefined ? "" : ' -H "Authorization: Bearer $IMPORT_KIT_CONTROL_TOKEN"';
}
