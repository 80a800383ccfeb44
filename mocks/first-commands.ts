/** What to try first with curl, printed at the start and shown on the mock's own page. */

const TOKEN = "-H 'Authorization: Bearer any'";
const JSON_TYPE = "-H 'Content-Type: application/json'";

/** Of HubSpot's answers not a byte is changed for a terminal's sake: curl itself ends the line. */
const CURL = "curl -sS -w '\\n'";

/**
 * @param base where clients call the mock, without a slash at the end
 * @param scenario what the task does; without it, what the mock's imports do
 */
export function importCommand(base: string, scenario?: string): string {
  const url = `https://example.com/cat.png${scenario === undefined ? "" : `#mock=${scenario}`}`;
  const body = JSON.stringify({ url, access: "PRIVATE", folderPath: "/library" });
  return `${CURL} ${base}/files/v3/files/import-from-url/async ${TOKEN} ${JSON_TYPE} -d '${body}'`;
}

/** @param task an id, a scenario's name, or `last` */
export function pollCommand(base: string, task: string): string {
  return `${CURL} ${base}/files/v3/files/import-from-url/async/tasks/${task}/status ${TOKEN}`;
}

/** Where the control API stands, and whether it demands a token: that stands as a variable, for it is a secret. */
export interface Steered {
  readonly url: string;
  readonly token?: string;
}

/** @param path below `/__mock` */
export function lookCommand({ url, token }: Steered, path: string): string {
  return `curl -sS '${url}${path}'${header(token)}`;
}

/** @param path below `/__mock` */
export function steerCommand({ url, token }: Steered, method: string, path: string, body: object): string {
  return `curl -sS -X ${method} '${url}${path}'${header(token)} ${JSON_TYPE} -d '${JSON.stringify(body)}'`;
}

function header(token: string | undefined): string {
  return token === undefined ? "" : ' -H "Authorization: Bearer $IMPORT_KIT_CONTROL_TOKEN"';
}
