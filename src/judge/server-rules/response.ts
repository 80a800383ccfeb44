import { keysAt } from "../../contract/document.js";
import { isJson } from "../../json.js";
import { oncePer } from "../../once-per.js";
import { MAX_DEPTH, type ReadExchange, type ReadResponse } from "../read-exchange.js";
import type { Recording } from "../recording.js";
import { type Rule, verdict } from "../rule.js";
import { shown } from "../schema.js";

export const http: Rule = {
  id: "http",
  sentence: "Each response is valid HTTP.",
  severity: "violation",
  evidence: "http",
  next: "No client can read this response. Send the request again without any proxy; if it stays, report it to HubSpot with the recording.",
  judge: ({ exchanges }) => {
    // If no response was HTTP, this is another server, and there is nothing to judge.
    if (!exchanges.some(({ response }) => response)) return [];
    return exchanges.flatMap(({ index, exchange: { failure }, response }) => {
      if (response) return [verdict(index)];
      return failure?.kind === "not-http" ? [verdict(index, { expected: "HTTP", actual: failure.message })] : [];
    });
  },
};

export const statusDeclared: Rule = {
  id: "status-declared",
  sentence: "Each response has a status that the contract declares for its operation.",
  severity: "violation",
  evidence: "documented",
  next: "Look for the status in HubSpot's changelog. If it is announced, update this kit; if not, report it to HubSpot with the recording.",
  judge: ({ contract, exchanges }) =>
    exchanges.flatMap(({ index, exchange, operation, response }) => {
      const declaration = operation && contract.operations.get(operation);
      // Whether a rejection has the right status is judged by its own check.
      if (!declaration || !response || response.isOfWebsite || exchange.step?.part === "rejection") return [];
      if (response.declared) return [verdict(index)];
      const expected = `one of ${keysAt(declaration, "responses").join(", ")}`;
      const line = contract.lineOf(`${declaration.pointer}/responses`);
      return [verdict(index, { expected, actual: String(response.status), line })];
    }),
};

export const contentType: Rule = {
  id: "content-type",
  sentence: "Each response with a body has a content type that the contract declares; JSON is in UTF-8.",
  severity: "violation",
  evidence: "live",
  next: "See who sent the response: a page instead of JSON often comes from a proxy. If there is no proxy, report it to HubSpot with the recording.",
  judge: (recording) =>
    withContent(recording).flatMap(({ index, exchange, response, declared }) => {
      // No server responds without any header; some tools leave them out.
      if (exchange.step === undefined && Object.keys(response.headers).length === 0) return [];
      const types = keysAt(declared, "content");
      const header = response.headers["content-type"];
      const broken = (expected: string) => {
        const line = recording.contract.lineOf(`${declared.pointer}/content`);
        return verdict(index, { expected, actual: header ?? "no Content-Type", line });
      };
      if (!types.includes(response.mediaType)) return broken(types.join(" or "));
      const charset = /charset\s*=\s*"?([^\s;"]+)/i.exec(header ?? "")?.[1];
      // The pages of the edge come from other software, and may have any charset.
      if (response.mediaType !== JSON_TYPE || charset === undefined || /^utf-?8$/i.test(charset)) return verdict(index);
      return broken("charset=utf-8");
    }),
};

export const bodyComplete: Rule = {
  id: "body-complete",
  sentence: "Each body arrives completely, up to its announced end; a 204 has no body.",
  severity: "violation",
  evidence: "http",
  next: "Send the request again without a proxy or load balancer, which may cut responses off. If it stays, report it to HubSpot with the recording.",
  judge: ({ contract, exchanges }) =>
    exchanges.flatMap(({ index, operation, response, exchange }) => {
      if (operation === undefined || !response) return [];
      const { body, declared, isComplete, headers } = response;
      if (!isComplete) {
        const isDecodable = exchange.response?.flaw !== "undecodable";
        const actual = isDecodable
          ? `${body.length} characters, then the end`
          : `bytes that do not decode as ${headers["content-encoding"] ?? "their Content-Encoding"}`;
        return [verdict(index, { expected: "a whole body", actual })];
      }
      if (!declared || "content" in declared.value || body === "") return [verdict(index)];
      return [verdict(index, { expected: "no body", actual: shown(body), line: contract.lineOf(declared.pointer) })];
    }),
};

export const bodyJson: Rule = {
  id: "body-json",
  sentence: "Each body that is declared as JSON is valid JSON, in UTF-8, without a byte order mark.",
  severity: "violation",
  evidence: "http",
  next: "Read the body in the recording, or repeat the request with the command below. If it does not come from a proxy, report it to HubSpot with the recording.",
  judge: (recording) =>
    withContent(recording).flatMap(({ index, exchange, response }) => {
      if (response.mediaType !== JSON_TYPE) return [];
      if ("json" in response) return [verdict(index)];
      return [verdict(index, { expected: "JSON", actual: whyNotJson(response.body, exchange.response?.flaw) })];
    }),
};

export const correlationId: Rule = {
  id: "correlation-id",
  sentence: "An error's correlationId equals the X-HubSpot-Correlation-Id header.",
  severity: "violation",
  evidence: "live",
  next: "Report both ids to HubSpot with the recording: one of them cannot be found in its logs. Only a client that shows the id is affected.",
  judge: ({ contract, exchanges }, validate) =>
    exchanges.flatMap(({ index, operation, response }) => {
      const header = response?.headers["x-hubspot-correlation-id"];
      const body = response && response.status >= 400 ? response.json : undefined;
      const id = (body as { readonly correlationId?: unknown } | null | undefined)?.correlationId;
      if (operation === undefined || header === undefined || typeof id !== "string") return [];
      // If one of the two is not an id, only that is reported, for the header or the body.
      const form = contract.resolve("/components/headers/CorrelationId/schema");
      if ([id, header.trim()].some((one) => validate(form, one).length > 0)) return [];
      if (id.toLowerCase() === header.trim().toLowerCase()) return [verdict(index)];
      return [verdict(index, { pointer: "/correlationId", expected: `${header}, as in the header`, actual: id })];
    }),
};

export const correlationHeader: Rule = {
  id: "correlation-header",
  sentence: "Each error in JSON has the header X-HubSpot-Correlation-Id.",
  severity: "drift",
  evidence: "live",
  next: "Nothing breaks. A client that shows the id to people can take it from the body.",
  judge: (recording) =>
    withContent(recording).flatMap(({ index, response }) => {
      if (response.status < 400 || response.mediaType !== JSON_TYPE) return [];
      const isThere = "x-hubspot-correlation-id" in response.headers;
      return [verdict(index, ...(isThere ? [] : [{ expected: "X-HubSpot-Correlation-Id", actual: "no such header" }]))];
    }),
};

const JSON_TYPE = "application/json";

type WithContent = ReadExchange & {
  readonly response: ReadResponse;
  readonly declared: NonNullable<ReadResponse["declared"]>;
};

/**
 * Complete responses whose status is declared with a body. Incomplete ones are judged for that alone, bodies that are
 * not recorded not at all.
 */
export const withContent = /* @__PURE__ */ oncePer(({ exchanges }: Recording): readonly WithContent[] =>
  exchanges.flatMap((one) => {
    const { response } = one;
    if (!response?.declared || !response.isComplete || !response.isRecorded) return [];
    if (!("content" in response.declared.value)) return [];
    return [{ ...one, response, declared: response.declared }];
  }),
);

function whyNotJson(body: string, flaw: string | undefined): string {
  if (flaw === "not-utf-8") return "bytes that are not UTF-8";
  if (body === "") return "an empty body";
  if (body.startsWith("\uFEFF")) return "a byte order mark before the body";
  if (/^[[{\s]/.test(body) && isJson(body)) return `JSON nested more than ${MAX_DEPTH} deep`;
  return defectOf(body) ?? shown(body);
}

/**
 * Renders where a body stops being JSON, as far as the runtime's parser reports it. The start of the body does not show
 * a defect far behind it.
 */
function defectOf(body: string): string | undefined {
  try {
    JSON.parse(body);
    return undefined;
  } catch (error) {
    const { message } = error as SyntaxError;
    const position = Number(/ at position (\d+)/.exec(message)?.[1] ?? 0);
    if (/^(Unexpected end|Unterminated string)/.test(message) || position >= body.length) {
      return `it ends after ${body.length} characters: …${body.slice(-2 * AROUND)}`;
    }
    if (position === 0) return undefined;
    const around = body.slice(Math.max(0, position - AROUND), position + AROUND);
    return `not JSON at character ${position + 1} of ${body.length}: …${around}…`;
  }
}

/** The number of characters to show before and after a defect. */
const AROUND = 20;
