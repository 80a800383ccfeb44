import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import type { Schemas } from "../../mocks/control/operations.js";
import { rawRequest } from "../raw-request.js";
import { document, operations } from "./answers.js";
import { fileMock, type Own, ownSession } from "./mock.js";
import { OLD_SNAPSHOT } from "./old-snapshot.js";

const file = fileMock({ pace: "polls" });
/** Its bytes, so that they are not made anew for each request. */
const LARGE = new Blob([`"${"x".repeat(11 * 1024 * 1024)}"`]);

let own: Own;
beforeAll(async () => {
  own = ownSession(file.client.session("tried"), file.url);
  await own.look("happy");
  known = await everything();
});

/** All that a bad request could have changed. */
async function everything() {
  const { sessions } = await file.client.exportAll();
  return { sessions, journal: await own.journal(), metrics: await (await file.control("/metrics")).text() };
}

const PLACES: Readonly<Record<string, string>> = {
  session: "tried",
  task: "happy",
  exchange: "1",
  scenario: "happy",
};
const pathOf = (path: string, places: Readonly<Record<string, string>> = {}) =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => ({ ...PLACES, ...places })[name] ?? "");

async function refused(method: string, path: string, init: RequestInit = {}): Promise<Schemas["Problem"]> {
  const answer = await file.control(path, { method, ...init });
  const problem = (await answer.json()) as Schemas["Problem"];
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  expect(answer.headers.get("cache-control")).toBe("no-store");
  expect(problem.status).toBe(answer.status);
  expect(problem.detail.length).toBeGreaterThan(20);
  return problem;
}

/** What the tests find and leave; reading it takes longer than most requests, so each test compares with the same. */
let known: Awaited<ReturnType<typeof everything>>;

async function changesNothing(run: () => Promise<void>): Promise<void> {
  await run();
  expect(await everything()).toEqual(known);
}

const named = operations.map((one) => [one.id, one] as const);
const withBody = named.filter(([, { operation }]) => operation.requestBody);
const changing = named.filter(([, { method }]) => method !== "GET");
/** A session that is not there is made by these; looking into one that is not there makes none. */
const MAKING = ["putSession", "importSession"];

test.each(named)("%s rejects other methods, and lists those it has", async (_, { path }) => {
  const known = operations.filter((one) => one.path === path).map(({ method }) => method);
  for (const method of ["GET", "PUT", "POST", "PATCH", "DELETE", "OPTIONS"].filter((one) => !known.includes(one))) {
    const answer = await file.control(pathOf(path), { method });
    expect(answer.status, method).toBe(405);
    expect(
      answer.headers
        .get("allow")
        ?.split(", ")
        .filter((one) => one !== "HEAD")
        .toSorted(),
    ).toEqual(known.toSorted());
  }
});

test.each(named)("%s rejects invalid parts of its address", async (id, { method, path }) => {
  await changesNothing(async () => {
    expect((await refused(method, `${pathOf(path)}?unknown=1`)).errors[0]?.pointer).toBe("/query/unknown");
    for (const name of ["session", "task", "exchange", "scenario"].filter((one) => path.includes(`{${one}}`))) {
      const wrong = { session: ["a%20b", "%2Ehidden", "n".repeat(65)], exchange: ["0", "-1", "x", "1.5"] }[name] ?? [];
      for (const value of wrong) {
        expect((await refused(method, pathOf(path, { [name]: value }))).errors[0]?.pointer).toBe(`/path/${name}`);
      }
      if (name === "session" && MAKING.includes(id)) continue;
      const init = exampleBody(id);
      const problem = await refused(method, pathOf(path, { [name]: name === "exchange" ? "999" : "nobody" }), init);
      expect([problem.status, problem.type]).toEqual([404, `urn:hubspot-import-kit:unknown-${name}`]);
    }
  });
});

test.each(withBody)("%s rejects a body that is not JSON", async (id, { method, path }) => {
  await changesNothing(async () => {
    const at = pathOf(path);
    expect((await refused(method, at)).status).toBe(400);
    for (const body of ["{", "nope", '{"a":1,}', "\u0000"]) {
      const { status, errors } = await refused(method, at, { body });
      expect([status, errors[0]?.pointer]).toEqual([400, "/body"]);
      expect(errors[0]?.message).toContain("is not JSON");
    }
    for (const type of [
      "text/plain",
      "application/xml",
      "application/json-patch+json",
      "garbage",
      "application/jsonp",
    ]) {
      expect((await refused(method, at, { body: "{}", headers: { "Content-Type": type } })).status, type).toBe(415);
    }
    // A snapshot may be that large.
    const isSnapshot = id === "importMock" || id === "importSession";
    expect((await refused(method, at, { body: LARGE })).status).toBe(isSnapshot ? 400 : 413);
  });
});

test.each(withBody)("%s rejects JSON of another shape", async (id, { method, path }) => {
  const example = JSON.parse(String(exampleBody(id).body)) as Record<string, unknown>;
  await changesNothing(async () => {
    for (const body of [null, 1, "text", true, [], [example]]) {
      expect((await refused(method, pathOf(path), { body: JSON.stringify(body) })).status, String(body)).toBe(400);
    }
    const unknown = await refused(method, pathOf(path), { body: JSON.stringify({ ...example, unknown: 1 }) });
    expect(unknown.errors.map(({ pointer }) => pointer)).toContain("/body/unknown");
    for (const name of Object.keys(example)) {
      const body = JSON.stringify({ ...example, [name]: [[]] });
      const { errors } = await refused(method, pathOf(path), { body });
      expect(errors.some(({ pointer }) => pointer.startsWith(`/body/${name}`))).toBe(true);
    }
  });
});

test("of a thousand mistakes the first twenty are reported", async () => {
  const mistakes = Object.fromEntries(Array.from({ length: 1000 }, (_, n) => [`unknown${n}`, n]));
  const { errors, detail } = await refused("PUT", "/sessions/tried", { body: JSON.stringify(mistakes) });
  expect([errors.length, errors.at(-1)?.pointer]).toEqual([20, "/body/unknown19"]);
  expect(detail).not.toContain("unknown20");
});

test.each(changing.filter(([, { operation }]) => !operation.requestBody))(
  "%s refuses a body, for it wants none",
  async (_, { method, path }) => {
    await changesNothing(async () => {
      for (const body of ['{"by":"1s"}', "[]", "1"]) {
        expect((await refused(method, pathOf(path), { body })).errors[0]?.pointer, body).toBe("/body");
      }
      expect((await refused(method, pathOf(path), { body: "{" })).status).toBe(400);
    });
  },
);

test("any JSON to any route gets a response as the document says, or is rejected without a change", async () => {
  const ajv = new Ajv2020({ strict: false });
  formats.default(ajv);
  ajv.addSchema(document, "control");
  const routes = withBody.map(([id, one]) => ({ ...one, fits: ajv.compile(schemaOf(id)) }));
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...routes), anyBody(), async ({ id, method, path, fits }, change) => {
      const example = JSON.parse(String(exampleBody(id).body)) as Record<string, unknown>;
      const body = change(example);
      if (fits(body)) return;
      const { status, errors } = await refused(method, pathOf(path), { body: JSON.stringify(body) });
      expect([status, errors.length > 0]).toEqual([400, true]);
    }),
    { numRuns: 300, seed: 20_260_914 },
  );
  expect(await everything()).toEqual(known);
});

test("a request of any path gets a problem or a declared response", async () => {
  const part = fc.oneof(
    fc.constantFrom(...operations.flatMap(({ path }) => path.split("/"))),
    fc.string({ maxLength: 20 }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(part, { maxLength: 6 }), async (parts) => {
      const answer = await file.control(`/${parts.map(encodeURIComponent).join("/")}`, { method: "POST", body: "[]" });
      expect([400, 404, 405]).toContain(answer.status);
    }),
    { numRuns: 200, seed: 20_260_914 },
  );
  expect(await everything()).toEqual(known);
});

/** Anything, or an example with one property that is anything. */
function anyBody() {
  const value = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<unknown>;
  const whole = value.map((one) => () => one);
  const inside = fc.tuple(fc.nat(20), value).map(([index, one]) => (example: Record<string, unknown>) => {
    const names = Object.keys(example);
    return { ...example, [names[index % names.length] ?? "unknown"]: one };
  });
  return fc.oneof(whole, inside);
}

function bodyOf(id: string) {
  const { operation } = operations.find((one) => one.id === id) ?? {};
  const given = operation?.requestBody as { $ref?: string } | undefined;
  const name = given?.$ref?.split("/").at(-1) ?? "";
  const bodies = (document.components as unknown as { requestBodies: Record<string, object> }).requestBodies;
  const body = given?.$ref === undefined ? given : bodies[name];
  return (body as { content: Record<string, Media> } | undefined)?.content["application/json"];
}

interface Media {
  readonly schema: { readonly $ref: string };
  readonly examples?: Readonly<Record<string, { readonly value: object }>>;
}

function schemaOf(id: string): object {
  return { $ref: `control${bodyOf(id)?.schema.$ref}` };
}

/** A body that the operation takes: the document's own example, where it has one. */
function exampleBody(id: string): RequestInit {
  const media = bodyOf(id);
  if (!media) return {};
  const [shown] = Object.values(media.examples ?? {});
  const value = shown?.value ?? (id === "importMock" ? { sessions: { default: OLD_SNAPSHOT } } : OLD_SNAPSHOT);
  return { body: JSON.stringify(value) };
}

test("a value that a scenario's parameter cannot have is a 400, for the scenario is there", async () => {
  const body = JSON.stringify({ scenario: "rate-limited;burst=x" });
  const answer = await file.control("/sessions/parameters", { method: "PUT", body });
  expect(answer.status).toBe(400);
  expect((await answer.json()) as object).toMatchObject({ type: "urn:hubspot-import-kit:invalid-parameter" });
});

test.each([
  "/__mock/sessions/%2e%2e/reset",
  "/__mock/sessions/../reset",
  "/__mock/sessions/.%2E/reset",
  "/__mock/./reset",
  "/s/tried/../../__mock/reset",
])("a path that leads back is refused, and nothing is changed: POST %s", async (path) => {
  await changesNothing(async () => {
    const { status, text } = await rawRequest(file.url, [`POST ${path} HTTP/1.1`]);
    expect([status, (JSON.parse(text) as Schemas["Problem"]).errors[0]?.pointer]).toEqual([400, "/path"]);
  });
});

test("dots in a query or a name are no path that leads back", async () => {
  const { status } = await rawRequest(file.url, ["GET /__mock/sessions/a..b/tasks?x=/../ HTTP/1.1"]);
  expect(status).toBe(400);
  expect((await file.control("/sessions/..b...c/tasks")).status).toBe(400);
  expect((await file.control("/sessions/a..b/tasks")).status).toBe(404);
});

test("a prefix that names no session is rejected, and creates none", async () => {
  const answer = await fetch(`${file.url}/s//files/v3/files/import-from-url/async/tasks/happy/status`, {
    headers: { Authorization: "Bearer any" },
  });
  expect(answer.status).toBe(400);
  expect(await answer.text()).toContain("is not a valid session name");
  expect(await file.client.sessions()).not.toContain("files");
  // The mock counts each request of HubSpot's API, this one too.
  known = await everything();
});

test("an invalid number is rejected", async () => {
  const body = '{"atLeast":1e309}';
  expect((await refused("POST", "/sessions/tried/verifications", { body })).errors[0]?.pointer).toBe("/body/atLeast");
});
