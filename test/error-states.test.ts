import { setupServer } from "msw/node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createImportMock, type ImportMockOptions } from "../mocks/handlers.js";
import { texts } from "./snippets.js";

/** `| what | \`line of test\` | \`what the app sees\` |` */
const rows = [...(texts.get("docs/error-states.md") ?? "").matchAll(/^\| (.*?) \| `(.*?)` \| (.*?) \|$/gm)].map(
  ([, name = "", line = "", seen = ""]) => ({ name, line, seen }),
);

const ORIGIN = "http://error-states.test";
const API = `${ORIGIN}/hubspot/files/v3/files/import-from-url/async`;
const HEADERS = { Authorization: "Bearer any", "Content-Type": "application/json" };
const CAT = JSON.stringify({ url: "https://example.com/cat.png", access: "PRIVATE", folderPath: "/library" });

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
afterAll(() => server.close());

test("each kind of error has its line", () => {
  expect(rows.length).toBeGreaterThan(25);
  expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
});

test.each(rows)("$name: $line", async ({ line, seen }) => {
  const [, fixture] = /^base\.extend\(importMockFixture\((.*)\)\)$/.exec(line) ?? [];
  const options = fixture === undefined ? { baseUrl: "/hubspot" } : (value(fixture) as ImportMockOptions);
  const importMock = createImportMock({ ...options, now: () => Date.parse("2026-09-14T12:00:00Z") });
  server.resetHandlers();
  server.use(...importMock.handlers);
  const needsId = line.includes("id,") || line.includes("(id)");
  if (!needsId && fixture === undefined) value(line, { importMock, server });
  const sees: string[] = [];
  const start = await see(API, { method: "POST", body: CAT });
  sees.push(start.text);
  if (needsId) value(line, { importMock, server, id: start.id });
  for (let polls = 0; start.id && polls < 5; polls += 1) {
    const { text, isEnd } = await see(`${API}/tasks/${start.id}/status`);
    sees.push(text);
    if (isEnd) break;
  }
  // What is seen to the last poll goes on.
  const since = sees.findLastIndex((text) => text !== sees.at(-1)) + 1;
  if (since < sees.length - 1) sees.splice(since + 1, sees.length, "…");
  expect(sees.join(" · ")).toBe(seen);
});

/** A line of the page, as a test would run it. */
function value(code: string, names: object = {}): unknown {
  return new Function(...Object.keys(names), `return ${code.replace(/;$/, "")}`)(...Object.values(names));
}

/** What an app sees of a response, in a few words. */
async function see(url: string, init: RequestInit = {}) {
  // No answer at all: the app's own patience has to end.
  const signal = AbortSignal.timeout(500);
  let response: Response;
  let body: string;
  try {
    response = await fetch(url, { ...init, headers: HEADERS, signal });
    body = await response.text();
  } catch (error) {
    return { text: signal.aborted ? "no answer" : (error as Error).name, isEnd: false };
  }
  const after = response.headers.get("Retry-After");
  const status = `${response.status}${after === null ? "" : `, Retry-After ${after}`}`;
  let json: { readonly [name: string]: unknown } = {};
  try {
    json = JSON.parse(body) as typeof json;
  } catch {
    const kind = body === "" ? "" : body.startsWith("<") ? " HTML" : " broken JSON";
    return { text: status + kind, isEnd: false };
  }
  const { id, status: state, result, errors, category } = json;
  if (response.status >= 400) return { text: [status, category].filter(Boolean).join(" "), isEnd: false };
  if (typeof id === "string") return { id, text: status, isEnd: false };
  const shown = [
    response.status !== 200 && status,
    state,
    result && "file",
    (errors as readonly { readonly message: string }[] | undefined)?.map(({ message }) => `"${message}"`).join(", "),
  ];
  const isEnd = !["PENDING", "PROCESSING"].includes(String(state));
  return { text: shown.filter(Boolean).join(" "), isEnd };
}
