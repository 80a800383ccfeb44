import { type At, type ContractDocument, keysAt } from "../../contract/document.js";
import { isRetryAfter, readRetryAfter } from "../../exchange/retry-after.js";
import { isObject, valueAt } from "../../json.js";
import { oncePer } from "../../once-per.js";
import { bodySchemasIn, walk } from "../coverage.js";
import type { ReadResponse } from "../read-exchange.js";
import type { TaskRecord } from "../recording.js";
import { type Problem, type Rule, verdict } from "../rule.js";
import { shown, type Validate } from "../schema.js";
import { withContent } from "./response.js";
import { isPerhapsDeleted } from "./task.js";

export const headers: Rule = {
  id: "headers",
  sentence:
    "Each header that the contract declares has its declared form, and Retry-After always has the form of HTTP.",
  severity: "violation",
  evidence: "live",
  next: "See whether your client reads this header. Look for the change in HubSpot's changelog: if it is there, update this kit; if not, report it to HubSpot with the recording.",
  judge: ({ contract, exchanges }, validate) =>
    exchanges.flatMap(({ index, operation, response }) => {
      if (operation === undefined || !response) return [];
      const { declared, headers } = response;
      const known = declared ? headersIn(contract)(declared) : [];
      const hasOther = RETRY_AFTER.key in headers && !known.some(({ name }) => name === RETRY_AFTER.name);
      const all = hasOther ? [...known, RETRY_AFTER] : known;
      if (!declared && all.length === 0) return [];
      return [verdict(index, ...all.flatMap((one) => problemsOf(one, headers, validate)))];
    }),
};

/** A header that a response may have. */
interface DeclaredHeader {
  readonly name: string;
  /** In lower case. */
  readonly key: string;
  /** Absent where the form is not published. */
  readonly schema?: At;
}

const RETRY_AFTER: DeclaredHeader = { name: "Retry-After", key: "retry-after" };

/** Returns the headers of a declared response. */
const headersIn = /* @__PURE__ */ oncePer((contract: ContractDocument) =>
  oncePer((declared: At): readonly DeclaredHeader[] =>
    keysAt(declared, "headers").map((name) => {
      const { pointer, value } = contract.resolve(`${declared.pointer}/headers/${name}`);
      const isKnown = value["x-evidence"] !== "unknown";
      return { name, key: name.toLowerCase(), ...(isKnown && { schema: contract.resolve(`${pointer}/schema`) }) };
    }),
  ),
);

function problemsOf(
  { name, key, schema }: DeclaredHeader,
  headers: ReadResponse["headers"],
  validate: Validate,
): readonly Problem[] {
  const text = headers[key];
  if (text === undefined) return [];
  const actual = `${name}: ${text}`;
  // Forms that are not published are not required: a Retry-After may also be a date, as in HTTP.
  if (!schema) {
    const isWrong = name === RETRY_AFTER.name && !isRetryAfter(text);
    return isWrong ? [{ expected: `${name}: a number of seconds or an HTTP date`, actual }] : [];
  }
  const value = schema.value["type"] === "integer" ? numberIn(name, text) : text;
  return validate(schema, value).map(({ expected, line }) => ({ expected: `${name}: ${expected}`, actual, line }));
}

/** Returns a header's number, or its text if it is not a number. A proxy may repeat Retry-After. */
function numberIn(name: string, text: string): number | string {
  const wait = name === RETRY_AFTER.name ? readRetryAfter({ "retry-after": text }, 0) : undefined;
  if (wait && !wait.isDate) return wait.ms / 1000;
  return /^-?\d+$/.test(text) ? Number(text) : text;
}

export const undocumentedHeader: Rule = {
  id: "undocumented-header",
  sentence: "No response has an API header that the contract does not know.",
  severity: "drift",
  evidence: "live",
  next: "Nothing breaks. Update this kit, which may know the header by now; if it does not, report it to the kit with the recording.",
  judge: ({ contract, exchanges }) => {
    const known = declaredHeaders(contract);
    return exchanges.flatMap(({ index, operation, response }) => {
      if (operation === undefined || !response) return [];
      const unknown = Object.entries(response.headers).filter(
        ([name]) => OF_THE_API.test(name) && !known.has(name) && !INFRASTRUCTURE.test(name),
      );
      const problems = unknown.map(([name, value]) => ({
        expected: "a header of the contract",
        actual: `${name}: ${value}`,
      }));
      return [verdict(index, ...problems)];
    });
  },
};

/** Headers of an API itself, or by which it announces a change. */
const OF_THE_API = /^(x-|ratelimit|deprecation$|sunset$)/;

/** Headers of proxies, traces and browsers, and of this kit's mock: they show nothing about the API. */
const INFRASTRUCTURE =
  /^x-(mock-|evy-|envoy-|trace|request-id|b3-|amzn?-|cache|served-by|timer|powered-by|robots-tag|content-type-options|frame-options|xss-protection|permitted-cross-domain|download-options|dns-prefetch|ua-compatible|forwarded|real-ip|via)/;

/** In lower case; a header that is declared for some responses is not unknown in others. */
const declaredHeaders = /* @__PURE__ */ oncePer((contract: ContractDocument): ReadonlySet<string> => {
  const names = [...contract.operations.values()].flatMap(({ pointer, value }) => {
    const statuses = isObject(value["responses"]) ? Object.keys(value["responses"]) : [];
    return statuses.flatMap((status) => keysAt(contract.resolve(`${pointer}/responses/${status}`), "headers"));
  });
  return new Set(names.map((name) => name.toLowerCase()));
});

export const schema: Rule = {
  id: "schema",
  sentence: "Each body matches the contract's schema for its operation, status and state.",
  severity: "violation",
  evidence: "documented",
  next: "Try your client with this response (mock --replay). Look for the change in HubSpot's changelog: if it is there, update this kit; if not, report it to HubSpot with the recording.",
  judge: (recording, validate) => {
    const deleted = new Set(recording.tasks.flatMap(pollsOfDeletedFile));
    return withContent(recording).flatMap(({ index, response, declared }) => {
      const schemas = bodySchemasIn(recording.contract)(declared);
      // A body with a wrong type is judged as the right type, if it is valid as that.
      const type = schemas.has(response.mediaType) ? response.mediaType : "application/json";
      const isJson = type === "application/json";
      const at = schemas.get(type);
      if (!at || (isJson && !("json" in response))) return [];
      const problems = validate(at, isJson ? response.json : response.body);
      return [verdict(index, ...(deleted.has(index) ? problems.filter((problem) => !isAboutFile(problem)) : problems))];
    });
  },
};

/** Returns the polls that may show a task whose file is deleted: whether they show it, and how, is an open question. */
function pollsOfDeletedFile(task: TaskRecord): readonly number[] {
  return task.polls.filter((poll) => isPerhapsDeleted(poll, task)).map(({ index }) => index);
}

/** Without its file, a body as a whole does not match: COMPLETE requires a file or errors. */
function isAboutFile({ pointer = "" }: Problem): boolean {
  return pointer === "" || /^\/result\b/.test(pointer);
}

export const undocumentedProperty: Rule = {
  id: "undocumented-property",
  sentence: "No body has a property that the contract does not know.",
  severity: "drift",
  evidence: "documented",
  next: "Nothing breaks. Update this kit, which may know the property by now; if it does not, report it to the kit with the recording.",
  judge: (recording) =>
    withContent(recording).flatMap(({ index, response, declared }) => {
      const at = bodySchemasIn(recording.contract)(declared).get("application/json");
      if (!("json" in response) || !at) return [];
      const { undocumented } = walk(recording.contract, at, response.json);
      const problems = undocumented.map((pointer) => ({
        pointer,
        expected: "a property of the contract",
        actual: shown(valueAt(response.json, pointer)),
        line: recording.contract.lineOf(at.pointer),
      }));
      return [verdict(index, ...problems)];
    }),
};
