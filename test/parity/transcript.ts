/** One configuration of the mock, through whichever door. */
export interface Config {
  readonly seed: number;
  readonly pace: "time" | "polls" | "manual" | "immediate";
  readonly inFlightStatus?: 200 | 202;
  readonly inFlightDates?: "omit" | "null" | "filled";
  readonly failure?: "canceled" | "complete" | "silent";
}

/** What a door lets a test do. */
export interface Driver {
  readonly send: (path: string, init: RequestInit) => Promise<Response>;
  /** Moves time on by a second, and tasks that wait for a person by one step. */
  readonly step: () => void;
}

const IMPORT = "/files/v3/files/import-from-url/async";
const HEADERS = { Authorization: "Bearer any", "Content-Type": "application/json" };
/** What belongs to the connection or to the door's own address, not to the answer. */
const OF_THE_DOOR = /^(access-control-.*|vary|connection|keep-alive|content-length|transfer-encoding|sl-violations)$/;

/** Everything that a client can see of an import under each scenario, of its refusals and of its end, as text. */
export async function transcribe({ send, step }: Driver, scenarios: readonly string[]): Promise<readonly string[]> {
  const lines: string[] = [];
  const call = async (label: string, path: string, init: RequestInit = {}) => {
    const answer = await send(path, { ...init, headers: { ...HEADERS, ...init.headers } }).catch(() => undefined);
    if (!answer) {
      lines.push(`${label}\nno answer`);
      return "";
    }
    const text = await answer.text().catch(() => "half a body");
    const headers = [...answer.headers]
      .filter(([name]) => !OF_THE_DOOR.test(name))
      .map(([name, value]) => `${name}: ${value}`);
    lines.push([label, answer.status, ...headers.sort(), text].join("\n"));
    return text;
  };
  const body = (request: object) =>
    JSON.stringify({ url: "https://example.com/my%20cat.png?x=1", access: "PRIVATE", folderPath: "/ü/b", ...request });
  for (const name of scenarios) {
    const headers = { "X-Mock-Scenario": name };
    const located = await call(`${name}: import`, IMPORT, { method: "POST", headers, body: body({ ttl: "P3M" }) });
    const id = /^\{"id":"([^"]+)"/.exec(located)?.[1] ?? name;
    let last = "";
    for (let poll = 1; poll <= 4; poll += 1) {
      last = await call(`${name}: poll ${poll}`, `${IMPORT}/tasks/${id}/status`);
      step();
    }
    const file = /"result":\{"id":"(\d+)"/.exec(last)?.[1];
    if (file)
      await call(`${name}: delete`, `/files/v3/files/${file}`, {
        method: "DELETE",
        headers: { "X-Mock-Scenario": "happy" },
      });
  }
  await call("seeded", IMPORT, { method: "POST", headers: { "X-Mock-Seed": "7" }, body: body({}) });
  await call("by fragment", IMPORT, { method: "POST", body: body({ url: "https://example.com/a.pdf#mock=canceled" }) });
  await call("no field", IMPORT, { method: "POST", body: "{}" });
  await call("not JSON", IMPORT, { method: "POST", body: "{nope}" });
  await call("both folders", IMPORT, { method: "POST", body: body({ folderId: "1" }) });
  await call("wrong type", IMPORT, { method: "POST", headers: { "Content-Type": "text/plain" }, body: "x" });
  await call("no token", `${IMPORT}/tasks/happy/status`, { headers: { Authorization: "Basic x" } });
  await call("undecodable", `${IMPORT}/tasks/mistyped/status`);
  await call("unknown", `${IMPORT}/tasks/AAAAEqTIHz0/status`);
  await call("unknown scenario", `${IMPORT}/tasks/happy/status`, { headers: { "X-Mock-Scenario": "hapy" } });
  await call("unknown file", "/files/v3/files/1", { method: "DELETE" });
  return lines;
}
