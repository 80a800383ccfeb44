import fc from "fast-check";
import { expect, test } from "vitest";
import type { RecordedExchange } from "../src/exchange/exchange.js";
import { createRedactor } from "../src/exchange/redact.js";

const TOKEN = "pat-na1-0f3e2a1b-5c4d-4e6f-8a9b-c0d1e2f3a4b5";

test("a redacted exchange has no token, cookie, signature, portal or address in it, and is the same otherwise", () => {
  const body = {
    taskId: "AAAAEqTIHz0",
    status: "COMPLETE",
    echo: [TOKEN, encodeURIComponent(TOKEN), Buffer.from(TOKEN).toString("base64"), `Bearer ${TOKEN}`],
    context: { portalId: ["4711815"], owner: ["jane.doe@example.com"] },
    result: {
      url: "https://4711815.fs1.hubspotusercontent-na1.net/hubfs/4711815/a/cat.png?Expires=99&Signature=secretsig&width=1",
      size: 4711815,
    },
  };
  const { request, response } = createRedactor([TOKEN])(exchangeWith({ body: JSON.stringify(body) }));
  expect(request.headers).toEqual({ authorization: "Bearer REDACTED", accept: "application/json" });
  expect(response?.headers).toEqual({});
  expect(JSON.parse(response?.body ?? "")).toEqual({
    taskId: "AAAAEqTIHz0",
    status: "COMPLETE",
    // The last of the base64 is its filling.
    echo: ["REDACTED", "REDACTED", "REDACTEDU=", "Bearer REDACTED"],
    context: { portalId: ["0"], owner: ["someone-1@redacted.invalid"] },
    result: {
      url: "https://0.fs1.hubspotusercontent-na1.net/hubfs/0/a/cat.png?Expires=REDACTED-2&Signature=REDACTED-3&width=1",
      size: 4711815,
    },
  });
});

test.each([
  ["Bearer abc", "Bearer REDACTED"],
  ["abcdefgh", "REDACTED"],
  ["Basic a b", "Basic REDACTED"],
  ["", ""],
])("an Authorization of %s is recorded as %s", (authorization, recorded) => {
  const { request } = createRedactor([])(exchangeWith({ requestHeaders: { authorization } }));
  expect(request.headers["authorization"]).toBe(recorded);
});

test("a header of CORS that is named like a secret is none", () => {
  const headers = { "access-control-allow-credentials": "true", "x-credentials": "true" };
  const { response } = createRedactor([])(exchangeWith({ headers }));
  expect(response?.headers).toEqual({ "access-control-allow-credentials": "true", "x-credentials": "REDACTED-2" });
});

test("a token of a few letters is a word, and words stay", () => {
  expect(textAfter("any company", ["any"])).toBe("any company");
});

const hex = (character: string) => character.charCodeAt(0).toString(16).padStart(2, "0");

/** Ways in which one character of an echo may be spelled. */
const SPELLINGS: Readonly<Record<string, (character: string) => string>> = {
  plain: (character) => character,
  upper: (character) => character.toUpperCase(),
  lower: (character) => character.toLowerCase(),
  json: (character) => `\\u00${hex(character)}`,
  jsonUpper: (character) => `\\u00${hex(character.toUpperCase()).toUpperCase()}`,
  jsonTwice: (character) => `\\\\u00${hex(character)}`,
  quoted: (character) => JSON.stringify(character).slice(1, -1),
  script: (character) => `\\x${hex(character)}`,
  percent: (character) => `%${hex(character)}`,
  percentUpper: (character) => `%${hex(character).toUpperCase()}`,
  percentTwice: (character) => `%25${hex(character)}`,
  decimal: (character) => `&#${character.charCodeAt(0)};`,
  decimalInHtml: (character) => `&amp;#${character.charCodeAt(0)};`,
  hexadecimal: (character) => `&#x${hex(character)};`,
  hexadecimalPadded: (character) => `&#X0${hex(character).toUpperCase()};`,
};

test.each(Object.keys(SPELLINGS))("a token in the spelling %s is taken out", (name) => {
  const echo = [...TOKEN].map((character) => SPELLINGS[name]?.(character)).join("");
  expect(textAfter(`before ${echo} after`, [TOKEN])).toBe("before REDACTED after");
});

test.each([
  ["of the token", (token: string) => token],
  ["of a Bearer header", (token: string) => `Bearer ${token}`],
  ["of Basic credentials", (token: string) => `user:${token}`],
  ["of Basic credentials with a user of another length", (token: string) => `me:${token}:`],
])("base64 %s is taken out, in both alphabets", (_, text) => {
  for (const alphabet of ["base64", "base64url"] as const) {
    const echo = Buffer.from(text("a~token?of>tests")).toString(alphabet);
    const left = textAfter(`before ${echo} after`, ["a~token?of>tests"]);
    expect(left).toMatch(/^before [\w+/-]{0,12}REDACTED[\w+/-]{0,4}={0,2} after$/);
    expect(left).not.toContain(echo.slice(10, -5));
  }
});

test("a token in hexadecimal digits is taken out, and one in a header's name", () => {
  expect(textAfter(Buffer.from(TOKEN).toString("hex"), [TOKEN])).toBe("REDACTED");
  const { response } = createRedactor([TOKEN])(exchangeWith({ headers: { [`x-${TOKEN}`]: "1", [TOKEN]: "2" } }));
  expect(response?.headers).toEqual({ "x-REDACTED": "1", REDACTED: "2" });
});

const tokens = fc.string({ unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)) });
const longTokens = tokens.filter((token) => token.length >= 8);

test("a token in any mixture of spellings is redacted, whatever surrounds it", () => {
  const spelling = fc.constantFrom(...Object.values(SPELLINGS));
  const around = fc.string({ unit: "grapheme" });
  fc.assert(
    fc.property(
      longTokens,
      fc.array(spelling, { minLength: 1, maxLength: 20 }),
      around,
      around,
      (token, ways, before, after) => {
        const echo = [...token].map((character, index) => ways[index % ways.length]?.(character)).join("");
        const left = textAfter(before + echo + after, [token]);
        // What stands around may make a pattern of its own with it, but never less is taken out.
        expect(left).toContain("REDACTED");
        expect(left).not.toContain(echo);
      },
    ),
    { numRuns: 500 },
  );
});

test("no alignment lets a token in base64 through", () => {
  fc.assert(
    fc.property(longTokens, fc.string(), fc.string(), fc.boolean(), (token, before, after, isUrl) => {
      const inner = Buffer.from(before + token + after);
      const left = textAfter(inner.toString(isUrl ? "base64url" : "base64"), [token]);
      expect(Buffer.from(left.replace(/REDACTED(-\d+)?/g, ""), "base64").toString()).not.toContain(token);
      expect(left).toContain("REDACTED");
    }),
  );
});

test("what is left of a token where a report cut its text is taken out, too", () => {
  const redact = createRedactor([TOKEN]);
  for (const echo of [TOKEN, TOKEN.replaceAll("-", "\\u002d"), Buffer.from(`user:${TOKEN}`).toString("base64")]) {
    for (let length = 0; length < echo.length; length += 1) {
      const left = redact({ actual: `"<h1>${echo.slice(0, length)}…` }).actual;
      expect(left).not.toContain(echo.slice(0, 24));
      expect(left.endsWith("…")).toBe(true);
    }
  }
});

const names = fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9._+-]{0,20}$/).filter((name) => !name.startsWith("someone"));

test.each<[string, fc.Arbitrary<string>, (value: string) => string]>([
  ["addresses", names.map((name) => `${name}@example.com`), (value) => `{"taskId":"${value}"}`],
  ["tokens of others", fc.uuid().map((uuid) => `pat-eu1-${uuid}`), (value) => `{"taskId":"${value}"}`],
  ["service keys of others", fc.uuid().map((uuid) => `hsk-eu1-${uuid}`), (value) => `{"taskId":"${value}"}`],
  [
    "signatures",
    fc.uuid(),
    (value) => `https://bucket.example/cat.png?X-Amz-Date=20260914T120000Z&X-Amz-Signature=${value}&width=1`,
  ],
  ["portals", fc.integer({ min: 1000 }).map(String), (value) => `https://app.hubspot.com/files/${value}/?a=1`],
])("different %s stay different, and equal ones equal", (_, values, text) => {
  fc.assert(
    fc.property(fc.array(values, { minLength: 2, maxLength: 20 }), (some) => {
      const redact = createRedactor([]);
      const left = some.map((value) => redact(text(value)));
      expect(new Set(left).size).toBe(new Set(some).size);
      for (const [index, value] of some.entries()) {
        expect(left[index]).toBe(left[some.indexOf(value)]);
        expect(left[index]).not.toBe(text(value));
      }
    }),
  );
});

test("an address of a task is the task's, however often it is percent-encoded", () => {
  const id = "jane+1@example.com";
  const redact = createRedactor([]);
  const shown = JSON.parse(redact(JSON.stringify({ id }))) as { id: string };
  const url = redact(`https://api.hubapi.com/tasks/${encodeURIComponent(id)}/status`);
  const nested = redact(`https://example.com/?next=${encodeURIComponent(`/tasks/${encodeURIComponent(id)}/status`)}`);
  expect(shown.id).toBe("someone-1@redacted.invalid");
  expect(url).toBe("https://api.hubapi.com/tasks/someone-1%40redacted.invalid/status");
  expect(decodeURIComponent(decodeURIComponent(nested))).toBe(
    "https://example.com/?next=/tasks/someone-1@redacted.invalid/status",
  );
});

test("what was redacted once stays as it is", () => {
  const piece = fc.oneof(
    fc.string({ unit: "grapheme" }),
    names.map((name) => `${name}@example.com`),
    fc.uuid().map((uuid) => `Bearer ${uuid}`),
    fc.uuid().map((uuid) => `?token=${uuid}&code=${uuid}`),
    fc.integer({ min: 0 }).map((portal) => `/hubfs/${portal}/`),
    fc.constantFrom(TOKEN, '"password":"a\\"b"', "%40", "\\", "&amp;", "%26", "x-api-key: "),
  );
  fc.assert(
    fc.property(fc.array(fc.array(piece).map((pieces) => pieces.join(""))), (texts) => {
      const once = createRedactor([TOKEN])(texts);
      expect(createRedactor([TOKEN])(once)).toEqual(once);
    }),
    { numRuns: 1000 },
  );
});

const SECRET = "s3cr3t-of-theirs";

test.each([
  `https://example.com/cat.png?secret=${SECRET}`,
  `https://example.com/cat.png?a=1&client_secret=${SECRET}&b=2`,
  `https://example.com/cat.png?refresh_token=${SECRET}`,
  `https://example.com/cat.png?code=${SECRET}`,
  `https://example.com/cat.png?password=${SECRET}`,
  `https://example.com/cat.png?password=%20${SECRET}%26more`,
  `https://example.com/#access_token=${SECRET}`,
  `{"url":"https://example.com/cat.png?Expires=99\\u0026Signature=${SECRET}"}`,
  `<a href="https://example.com/cat.png?Expires=99&amp;Signature=${SECRET}">`,
  `https://example.com/?next=${encodeURIComponent(`https://example.com/cat.png?Expires=99&Signature=${SECRET}`)}`,
  `grant_type=refresh_token&refresh_token=${SECRET}`,
  `client_secret=${SECRET}&grant_type=refresh_token`,
  `{"access_token":"${SECRET}","expires_in":1800}`,
  `{"message":"{\\"password\\": \\"${SECRET}\\"}"}`,
  `{"password":"a\\"${SECRET}"}`,
  `Bearer ${SECRET}`,
  ...["key", "hmac", "st", "AWSAccessKeyId"].map((name) => `https://example.com/cat.png?a=1&${name}=${SECRET}`),
  `https://example.com/cat.png?hdnts=st=1~exp=2~hmac=${SECRET}`,
])("%s keeps its secret", (text) => {
  const left = textAfter(text);
  expect(left).not.toContain(SECRET);
  expect(left).toContain("REDACTED");
});

test.each([
  "a%40b.co",
  "a\\u0040b.co",
  "a&#64;b.co",
  "jos%C3%A9%40b.co",
  "josé@b.co",
  "x\\na@b.co",
  "%2Fa@b.co",
  "100%a@b.co",
])("%s keeps its address", (text) => {
  expect(textAfter(`before ${text} after`)).toMatch(
    /^before (x\\n|%2F|100%)?someone-1(@|%40|\\u0040|&#64;)redacted\.invalid after$/,
  );
});

test.each([
  "https://app.hubspot.com/files/4711815/",
  "https://app-eu1.hubspot.com/contacts/4711815/record/0-1/51",
  "https://api.hubapi.com/contacts/4711815/x",
  "https://api-na1.hubspot.com/x?portalId=4711815",
  "https://4711815.fs1.hubspotusercontent-na1.net/hubfs/4711815/cat.png",
  "https%3A%2F%2Fapp.hubspot.com%2Ffiles%2F4711815%2F",
  "https://example.com/hubfs/4711815/cat.png",
  '{"portalId":4711815}',
  '{"hub_id": "4711815"}',
  "x-hubspot-portal-id: 4711815",
])("%s keeps its portal", (text) => {
  const left = textAfter(text);
  expect(left).toBe(text.replaceAll("4711815", "0"));
});

test.each([
  "https://api.hubapi.com/files/2026-03/files/import-from-url/async/tasks/AAAAEqTIHz0/status",
  "https://api-na1.hubspot.com/files/2026-09/files/118692044085",
  '{"links":{"status":"https:\\/\\/api-na1.hubspot.com\\/files\\/2026-09-beta\\/files"}}',
  "https://app.hubspot.com%2Ffiles%2F2025-09%2Ffiles",
])("a dated version in an address of HubSpot is no portal: %s", (text) => {
  expect(textAfter(text)).toBe(text);
});

test.each([
  "x-api-key",
  "x-csrf-token",
  "proxy-authorization",
  "x-auth-token",
  "x-amz-security-token",
  "x-client-secret",
  "x-forwarded-authorization",
])("what the header %s says is taken out, in a recording as in a report", (name) => {
  const redact = createRedactor([]);
  const { response } = redact(exchangeWith({ headers: { [name]: SECRET }, requestHeaders: {} }));
  expect(response?.headers).toEqual({ [name]: "REDACTED" });
  expect(redact({ expected: "a header of the contract", actual: `${name}: ${SECRET}` })).toEqual({
    expected: "a header of the contract",
    actual: `${name}: REDACTED`,
  });
});

test.each(["x-forwarded-authorization", "x-custom", "x-upstream"])(
  "a bearer token is taken out of any header: %s",
  (name) => {
    const { response } = createRedactor([])(exchangeWith({ headers: { [name]: "Bearer word" }, requestHeaders: {} }));
    expect(response?.headers).toEqual({ [name]: "Bearer REDACTED" });
  },
);

test.each([
  ["https://joe:pw@files.example.com/cat.png", "https://REDACTED@files.example.com/cat.png"],
  ["https://jane@files.example.com/cat.png", "https://REDACTED@files.example.com/cat.png"],
  ["ftp://joe:p%2Fw%40@127.0.0.1:21/cat.png", "ftp://REDACTED@127.0.0.1:21/cat.png"],
  ['{"url":"https:\\/\\/joe:p@w@[::1]\\/cat.png"}', '{"url":"https:\\/\\/REDACTED@[::1]\\/cat.png"}'],
  ["?next=https%3A%2F%2Fjoe%3Apw%40a.example%2Fcat.png", "?next=https%3A%2F%2FREDACTED%40a.example%2Fcat.png"],
  ["https://a.example/jane@b.example", "https://a.example/someone-1@redacted.invalid"],
])("who logs in is taken out of a url, and its host stays: %s", (text, left) => {
  expect(textAfter(text)).toBe(left);
  expect(textAfter(left)).toBe(left);
});

test("a finding shows a value as the recording does, although the value's name is elsewhere", () => {
  const redact = createRedactor([]);
  const body = redact('{"portalId":"4711815","auth":{"password":"hunter2"},"size":4711815}');
  expect(JSON.parse(body)).toEqual({ portalId: "0", auth: { password: "REDACTED" }, size: 4711815 });
  const finding = { rule: "undocumented-property", expected: "a property of the contract", exchanges: [4] };
  expect(
    redact([
      { ...finding, pointer: "/portalId", actual: '"4711815"' },
      { ...finding, pointer: "/context/hubId/0", actual: "4711815" },
      { ...finding, pointer: "/auth/password", actual: '"hunter2"' },
      { ...finding, pointer: "/size", actual: "4711815" },
    ]),
  ).toEqual([
    { ...finding, pointer: "/portalId", actual: '"0"' },
    { ...finding, pointer: "/context/hubId/0", actual: "0" },
    { ...finding, pointer: "/auth/password", actual: '"REDACTED"' },
    { ...finding, pointer: "/size", actual: "4711815" },
  ]);
});

test.each([
  "122692044085",
  "AAAAEqTIHz0",
  "https://api.hubapi.com/files/v3/files/122692044085",
  "https://api-na1.hubspot.com/files/v3/files/import-from-url/async/tasks/75676812386/status",
  "https://app.hubspot.com/files/v3/files/122692044085",
  "01a09f40-b241-7c31-9b5e-4d1f0a6e2c87",
  '{"code":"INVALID_AUTHENTICATION","in":"token","status":"error"}',
  '{"message":"The Bearer authentication is required, see the token: expired."}',
  'www-authenticate: Bearer realm="hubspot"',
  "x-hubspot-ratelimit-secondly-remaining: 18",
  "x-hubspot-auth-failure: 401 Unauthorized; Failed to authenticate",
  "pkg@1.2.3",
  '{"fileMd5":"5f2b9c0d7ae14c6b9e3f70a2d1c84e96","expiresAt":1789473603000,"size":48213}',
  '{"githubId":"4711815"}',
  "http://127.0.0.1:4010/files/v3/files/1",
])("%s is no secret", (text) => {
  expect(textAfter(text)).toBe(text);
});

test("a word of the kit's own may be a token, and a report stays one", () => {
  const report = {
    conclusion: "violates",
    checks: [
      {
        severity: "violation",
        sentence: "Nothing violates it.",
        next: "See what violates it.",
        findings: [{ actual: "violates it" }],
      },
    ],
    // What to do next may quote the server here.
    unjudged: [{ reason: "not-accepted", next: "Check --base-url: it is redirected to /violates." }],
    questions: [{ question: "What violates it?", assumed: "it violates nothing", observed: "violates it in 1 of 1" }],
    coverage: { states: { seen: ["violates"], never: [] } },
  };
  expect(createRedactor(["violates"])(report)).toEqual({
    ...report,
    checks: [{ ...report.checks[0], findings: [{ actual: "REDACTED it" }] }],
    unjudged: [{ reason: "not-accepted", next: "Check --base-url: it is redirected to /REDACTED." }],
    questions: [{ ...report.questions[0], observed: "REDACTED it in 1 of 1" }],
  });
});

test.each([
  ...["a", "a@", "a.", "7", " ", '"', "%40", "%25", "\\", "\\\\u0061", "&amp;"],
  ...[
    "pat-",
    "pat-na1-00000000-",
    "hsk-",
    "hsk-na1-",
    "hsk-na1-00000000-",
    "?token=",
    '"token":"',
    "Bearer ",
    "portalId:",
    "/hubfs/1/",
  ],
])(
  "a text of nothing but %j is redacted in the time that it takes to read it",
  (unit) => {
    const text = unit.repeat(50_000 / unit.length);
    const openings = ["", "x@", "portalId:", "?token=", '"password":"', "Bearer "];
    const left = textAfter(openings.map((opening) => `${opening}${text}`).join(" "), [TOKEN, "a".repeat(40)]);
    expect(left).not.toBe("");
  },
  // A part of a second is the rule; what looks at each two characters of these takes a quarter of a minute.
  5000,
);

test("a token of several thousand characters is taken out", () => {
  const token = Array.from({ length: 400 }, (_, index) => `part-${index}.`).join("");
  expect(textAfter(`before ${token} after`, [token])).toBe("before REDACTED after");
  expect(textAfter(`before ${encodeURIComponent(token)} after`, [token])).toBe("before REDACTED after");
});

function textAfter(text: string, secrets: readonly string[] = []): string {
  return createRedactor(secrets)(exchangeWith({ body: text, requestHeaders: {} })).response?.body ?? "";
}

function exchangeWith({
  body = "",
  headers = {},
  requestHeaders = { authorization: `Bearer ${TOKEN}`, accept: "application/json", cookie: "session=1" },
}: {
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly requestHeaders?: Readonly<Record<string, string>>;
}): RecordedExchange {
  return {
    startedAt: 0,
    durationMs: 1,
    request: { method: "GET", url: "https://api.hubapi.com/x", headers: requestHeaders },
    response: { status: 200, headers: { "set-cookie": "session=1", ...headers }, body },
  };
}
