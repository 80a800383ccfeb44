import type { Mock } from "../../mocks/server.js";

/** What to try first, as it is printed when the mock has started. */
export function firstSteps({ url, control }: Pick<Mock, "url" | "control">): string {
  const base = `${url}/files/v3/files`;
  const token = "-H 'Authorization: Bearer any'";
  return `
Start an import and keep its task's id:
  ID=$(curl -s ${base}/import-from-url/async ${token} -H 'Content-Type: application/json' \\
    -d '{"url":"https://example.com/cat.png","access":"PRIVATE","folderPath":"/library"}' | sed 's/.*"id":"\\([^"]*\\)".*/\\1/'); echo $ID

Ask how it goes, again and again:
  curl -s ${base}/import-from-url/async/tasks/$ID/status ${token}

Without an import: a scenario's name is a task, too (all of them: hubspot-import-kit scenarios):
  curl -s ${base}/import-from-url/async/tasks/canceled/status ${token}
${control ? controlSteps(control) : ""}`;
}

function controlSteps({ url, token }: NonNullable<Mock["control"]>): string {
  // The token stands in the line above, or is a secret of the user's.
  const header = token === undefined ? "" : ' -H "Authorization: Bearer $IMPORT_KIT_CONTROL_TOKEN"';
  return `
Look at it, and steer it (${url}/openapi.yaml):
  curl -s ${url}/sessions/default/tasks${header}
`;
}
