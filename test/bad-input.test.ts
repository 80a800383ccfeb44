import { connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readScenarios } from "../mocks/scenario-files.js";
import { type Mock, startMock } from "../mocks/server.js";
import { createClock } from "./clock.js";
import { IMPORT, throughEachDoor } from "./doors.js";
import { rawRequest } from "./raw-request.js";

const VALID = '{"url":"https://example.com/cat.png","access":"PRIVATE","folderPath":"/a"}';
const json = (fields: object) => JSON.stringify({ ...JSON.parse(VALID), ...fields });

const BODIES: readonly (readonly [sentence: string, body: string, status: number, message: string])[] = [
  ["no body", "", 400, "Invalid input JSON on line 1, column 1: Unexpected end-of-input"],
  ["not JSON", '{"url": nope}', 400, "Invalid input JSON on line 1, column 9: Unexpected character ('n' (code 110))"],
  ["JSON that ends early", '{"url":', 400, "Invalid input JSON on line 1, column 8: Unexpected end-of-input"],
  ["an array", "[]", 400, "Invalid input JSON on line 1, column 1: expected an object, not an array"],
  ["null", "null", 400, "Invalid input JSON on line 1, column 1: expected an object, not null"],
  ["a number", "0", 400, "Invalid input JSON on line 1, column 1: expected an object, not 0"],
  ["no field", "{}", 400, "Invalid input JSON on line 1, column 2. Some required fields were not set: [access, url]"],
  [
    "no url",
    '{"access":"PRIVATE","folderPath":"/"}',
    400,
    "Invalid input JSON on line 1, column 2. Some required fields were not set: [url]",
  ],
  ["both folder fields", json({ folderId: "1" }), 400, "Invalid input: needs exactly one of folderId and folderPath"],
  [
    "neither folder field",
    '{"url":"u","access":"PRIVATE"}',
    400,
    "Invalid input: needs exactly one of folderId and folderPath",
  ],
  ["an unknown enum value", json({ access: "PUBLIC" }), 400, "Invalid input: access must be one of PUBLIC_INDEXABLE, "],
  [
    "an unknown strategy",
    json({ duplicateValidationStrategy: "X" }),
    400,
    "Invalid input: duplicateValidationStrategy must be one of NONE, REJECT, RETURN_EXISTING",
  ],
  ["a wrong type", json({ overwrite: "yes" }), 400, "Invalid input: overwrite must be boolean"],
  [
    "a ttl under a day",
    json({ ttl: "PT1H" }),
    400,
    "Invalid input: ttl must be an ISO 8601 period from one day (P1D) to one year (P1Y)",
  ],
  [
    "a ttl over a year",
    json({ ttl: "P2Y" }),
    400,
    "Invalid input: ttl must be an ISO 8601 period from one day (P1D) to one year (P1Y)",
  ],
  [
    "a ttl of a year and a bit",
    json({ ttl: "P1YT49H" }),
    400,
    "Invalid input: ttl must be an ISO 8601 period from one day (P1D) to one year (P1Y)",
  ],
  ["a ttl of many days", json({ ttl: "P12M999D" }), 400, "Invalid input: ttl must be an ISO 8601 period"],
  [
    "a url nested 20,000 deep",
    `{"access":"PRIVATE","folderPath":"/","url":${"[".repeat(20_000)}${"]".repeat(20_000)}}`,
    400,
    "Invalid input: url must be string",
  ],
  [
    "12 MB of characters of three bytes",
    json({ name: "猫".repeat(4_000_000) }),
    413,
    "The request body is larger than 10485760 bytes.",
  ],
  ["a date that is none", json({ expiresAt: "soon" }), 400, 'Invalid input: expiresAt must match format "date-time"'],
  ["11 MB", json({ name: "n".repeat(11 * 1024 * 1024) }), 413, "The request body is larger than 10485760 bytes."],
  ["11 MB of something else", " ".repeat(11 * 1024 * 1024), 413, "The request body is larger than 10485760 bytes."],
];

for (const [sentence, body, status, message] of BODIES) {
  throughEachDoor(`an import with ${sentence} gets a ${status} and starts nothing`, async (open) => {
    const { call, start } = await open({ seed: 3 });
    const answer = await call(IMPORT, { method: "POST", body });
    expect(answer.status).toBe(status);
    const error = (await answer.json()) as { message: string; correlationId: string };
    expect(error).toMatchObject({ status: "error" });
    expect(error.message.slice(0, message.length)).toBe(message);
    expect(answer.headers.get("x-hubspot-correlation-id")).toBe(error.correlationId);
    // The next import is the first: a refused one takes neither a serial number nor a seed.
    const untouched = await open({ seed: 3 });
    expect(await start()).toBe(await untouched.start());
  });
}

for (const type of ["text/plain", "application/x-www-form-urlencoded", "garbage"]) {
  throughEachDoor(`a body declared as ${type} gets a 415`, async (open) => {
    const { call } = await open();
    const answer = await call(IMPORT, { method: "POST", body: VALID, headers: { "Content-Type": type } });
    expect(answer.status).toBe(415);
    expect(await answer.json()).toMatchObject({
      message: `The Content-Type ${type} is not supported. Send application/json.`,
    });
  });
}

for (const authorization of ["", "Bearer", "Bearer ", "Basic dXNlcjpwYXNz", "token"]) {
  throughEachDoor(`the credentials "${authorization}" get a 401`, async (open) => {
    const { call, poll } = await open();
    for (const answer of [
      await poll("happy", { Authorization: authorization }),
      await call(IMPORT, { method: "POST", body: VALID, headers: { Authorization: authorization } }),
      await call("/files/v3/files/1", { method: "DELETE", headers: { Authorization: authorization } }),
    ]) {
      expect(answer.status).toBe(401);
      expect(await answer.json()).toMatchObject({ category: "INVALID_AUTHENTICATION" });
    }
  });
}

throughEachDoor("the scheme's name of the token is case-insensitive", async (open) => {
  const { poll } = await open();
  expect((await poll("happy", { Authorization: "bearer any" })).status).toBe(200);
});

throughEachDoor(
  "an id in HubSpot's own form is unknown; any other that we did not write cannot be decoded",
  async (open) => {
    const { poll } = await open();
    const unknown = await poll("AAAAEqTIHz0");
    expect(unknown.status).toBe(404);
    expect(await unknown.json()).toEqual({
      status: "error",
      message: "resource not found",
      correlationId: expect.any(String),
    });
    for (const id of [
      "abc",
      "123456",
      "7c6e0e3c-5b3c-4e9b-9d7e-1c7d3c1b2a10",
      "AAAAEqTIHz1",
      "%F0%9F%90%88",
      "a%2Fb",
      "a%00b",
      "x".repeat(10_000),
    ]) {
      const answer = await poll(id);
      expect(answer.status, id.slice(0, 50)).toBe(400);
      expect(await answer.json()).toMatchObject({
        message: "Provided ID could not be decoded.",
        category: "VALIDATION_ERROR",
      });
    }
  },
);

throughEachDoor("a ttl of exactly a day or a year is taken, however it is written", async (open) => {
  const { start } = await open();
  for (const ttl of ["P1D", "PT24H", "P1Y", "P1Y0D", "P12M", "P01M", "P52W", "P365D"]) await start({ ttl });
});

throughEachDoor("JSON by another name is JSON, and a body where none belongs means nothing", async (open) => {
  const { call } = await open();
  const typed = await call(IMPORT, {
    method: "POST",
    body: VALID,
    headers: { "Content-Type": "application/vnd.api+json" },
  });
  expect(typed.status).toBe(202);
  const deleted = await call("/files/v3/files/1", { method: "DELETE", body: "{}" });
  expect(deleted.status).toBe(404);
  expect((await call("/files/v3/files/not-a-number", { method: "DELETE" })).status).toBe(400);
});

throughEachDoor("a path is compared decoded, and a comma in an id splits nothing", async (open) => {
  const { call, poll } = await open();
  expect((await call(`${IMPORT}/tasks/happy/statu%73`)).status).toBe(200);
  expect((await poll("a,b")).status).toBe(400);
});

throughEachDoor("a path without a route gets the edge's page", async (open) => {
  const { call } = await open();
  for (const [method, path, status] of [
    ["GET", "/", 404],
    ["GET", "/files/v3", 404],
    ["GET", "/files/v3/files/import-from-url/async/tasks//status", 404],
    ["GET", "/files/v3/files/import-from-url/async/tasks/../status", 404],
    ["GET", "/files/v3/files/1/extra", 404],
    ["GET", "/files/v3/files/1/", 404],
    ["POST", "/crm/v3/objects/contacts", 404],
    ["GET", "/files/v3/files/import-from-url/async", 405],
    ["PUT", "/files/v3/files/import-from-url/async/tasks/happy/status", 405],
    ["GET", "/files/v3/files/1", 405],
  ] as const) {
    const answer = await call(path, { method });
    expect(answer.status, `${method} ${path}`).toBe(status);
    expect(answer.headers.get("content-type")).toBe("text/html;charset=utf-8");
    expect(await answer.text()).toContain(`<title>${status}`);
    expect(answer.headers.has("allow")).toBe(status === 405);
  }
});

throughEachDoor("doubled slashes are forgiven: HubSpot's client sends them", async (open) => {
  const { call } = await open();
  expect((await call("//files/v3/files/import-from-url/async/tasks/happy/status")).status).toBe(200);
});

let mock: Mock;
const defects: string[] = [];
beforeAll(async () => {
  const { now } = createClock();
  mock = await startMock({
    scenarios: await readScenarios(),
    now,
    port: 0,
    onDefect: (defect) => defects.push(defect),
  });
});
afterAll(async () => {
  await mock.close();
  expect(defects).toEqual([]);
});

const STATUS = (id: string) => `GET /files/v3/files/import-from-url/async/tasks/${id}/status HTTP/1.1`;
const TOKEN = "Authorization: Bearer any";

test.each<[string, string[], number]>([
  ["%2F in the id", [STATUS("a%2Fb"), TOKEN], 400],
  ["%E0%A4%A in the id", [STATUS("%E0%A4%A"), TOKEN], 400],
  ["a lone percent sign in the id", [STATUS("%"), TOKEN], 400],
  ["an encoded NUL in the id", [STATUS("%00"), TOKEN], 400],
  [".. in the id", [STATUS(".."), TOKEN], 404],
  ["%2e%2e in the id", [STATUS("%2e%2e"), TOKEN], 404],
  ["an emoji in the id, encoded", [STATUS("%F0%9F%90%88"), TOKEN], 400],
  ["an emoji in the id, as it is", [STATUS("🐈"), TOKEN], 400],
  ["10,000 characters of id", [STATUS("x".repeat(10_000)), TOKEN], 400],
  ["braces in the id", [STATUS("{taskId}"), TOKEN], 400],
  ["Accept: garbage", [STATUS("happy"), TOKEN, "Accept: garbage"], 200],
  ["Accept: ;;;,/", [STATUS("happy"), TOKEN, "Accept: ;;;,/"], 200],
  ["Content-Type: garbage on a GET", [STATUS("happy"), TOKEN, "Content-Type: garbage"], 200],
  ["Content-Type: ; on a GET", [STATUS("happy"), TOKEN, "Content-Type: ;"], 200],
  ["a Prefer that means nothing here", [STATUS("happy"), TOKEN, "Prefer: return=minimal"], 200],
  ["a Prefer that cannot be parsed", [STATUS("happy"), TOKEN, "Prefer: code=abc"], 422],
  ["Prefer with Accept: *", [STATUS("happy"), TOKEN, "Prefer: code=200", "Accept: *"], 200],
  [
    "Prefer with Accept: application/json;q",
    [STATUS("happy"), TOKEN, "Prefer: code=200", "Accept: application/json;q"],
    200,
  ],
  ["Prefer with Accept: garbage", [STATUS("happy"), TOKEN, "Prefer: code=200", "Accept: garbage"], 200],
  [
    "a query that cannot be decoded",
    ["GET /files/v3/files/import-from-url/async/tasks/happy/status?%E0%A4%A=%&a&a=1 HTTP/1.1", TOKEN],
    200,
  ],
  [
    "prototype names in the query",
    ["GET /files/v3/files/import-from-url/async/tasks/happy/status?__proto__=1&constructor=2 HTTP/1.1", TOKEN],
    200,
  ],
  ["a task called __proto__", [STATUS("__proto__"), TOKEN], 400],
  ["a Host that is none", [STATUS("happy"), TOKEN, "X-Forwarded-Host: %%%"], 200],
])("%s is answered, and the mock lives on", async (_, lines, status) => {
  expect(await rawRequest(mock.url, lines)).toMatchObject({ status });
  expect(await rawRequest(mock.url, [STATUS("instant"), TOKEN])).toMatchObject({ status: 200 });
});

test("an upload that is dropped half-way is not reported as a defect, and the mock continues", async () => {
  const { hostname, port, host } = new URL(mock.url);
  await new Promise<void>((resolve) => {
    const socket = connect(Number(port), hostname, () => {
      const head = [
        `POST ${IMPORT} HTTP/1.1`,
        `Host: ${host}`,
        TOKEN,
        "Content-Type: application/json",
        "Content-Length: 100",
      ];
      socket.write(`${head.join("\r\n")}\r\n\r\n{"a`, () => socket.destroy());
    });
    socket.on("close", () => resolve());
  });
  expect(await rawRequest(mock.url, [STATUS("instant"), TOKEN])).toMatchObject({ status: 200 });
});

test("a task survives everything that others send", async () => {
  const locator = await rawRequest(
    mock.url,
    [`POST ${IMPORT} HTTP/1.1`, TOKEN, "Content-Type: application/json", `Content-Length: ${VALID.length}`],
    VALID,
  );
  const { id } = JSON.parse(locator.text) as { id: string };
  await rawRequest(mock.url, [STATUS("%E0%A4%A"), TOKEN, "Accept: garbage"]);
  await rawRequest(mock.url, [`POST ${IMPORT} HTTP/1.1`, TOKEN, "Content-Type: garbage", "Content-Length: 3"], "{{{");
  expect(JSON.parse((await rawRequest(mock.url, [STATUS(id), TOKEN])).text)).toMatchObject({
    taskId: id,
    status: "PENDING",
  });
});
