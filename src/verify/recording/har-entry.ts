import { base64ToUint8Array } from "uint8array-extras";
import { isObject } from "../../contract/document.js";
import { matchOperation } from "../../contract/operation.js";
import { apiPath } from "../read-exchange.js";
import { type HarHeader, type HarResponse, readEntry } from "./har-shape.js";
import type { RecordedExchange } from "./recording.js";

/**
 * The exchange of an entry; none for a request of something else than the contract's operations, whatever is wrong with it.
 *
 * @param place of the entry, such as `log.entries[3]`
 * @throws UserError `recording-file`, with the place of what is wrong
 */
export function exchangesOf(entry: unknown, place: string): readonly RecordedExchange[] {
  if (!isOfContract(entry)) return [];
  const { startedDateTime, time, request, response, _importKit: notes = {} } = readEntry(entry, place);
  const { purpose, tokenId, flaw, failure } = notes;
  const answer = failure ? undefined : answerOf(response, flaw);
  const body = request.postData?.text;
  return [
    {
      startedAt: Date.parse(startedDateTime),
      durationMs: Math.max(0, time ?? 0),
      ...(purpose && { purpose }),
      request: {
        method: request.method.toUpperCase(),
        url: request.url,
        headers: headersOf(request.headers),
        ...(body !== undefined && { body }),
        ...(tokenId !== undefined && { tokenId }),
      },
      ...(answer ? { response: answer } : { failure: failure ?? NO_ANSWER }),
    },
  ];
}

const NO_ANSWER = { kind: "unreachable", message: "no answer was recorded" } as const;

/** Of this kit's own entries, also what was asked for elsewhere. */
function isOfContract(entry: unknown): boolean {
  if (!isObject(entry) || !isObject(entry["request"])) return false;
  if (isObject(entry["_importKit"]) && "purpose" in entry["_importKit"]) return true;
  const { method, url } = entry["request"];
  if (typeof method !== "string" || typeof url !== "string" || !URL.canParse(url)) return false;
  return matchOperation(method.toUpperCase(), apiPath(url)).operation !== undefined;
}

type Answer = NonNullable<RecordedExchange["response"]>;

function answerOf(response: HarResponse | null | undefined, flaw: Answer["flaw"]): Answer | undefined {
  const { status, headers, content = {} } = response ?? {};
  if (typeof status !== "number" || status <= 0) return undefined;
  const read = bodyOf(status, content);
  const found = flaw ?? read.flaw;
  return { status, headers: headersOf(headers), body: read.body, ...(found && { flaw: found }) };
}

function bodyOf(
  status: number,
  { size, text, encoding }: NonNullable<HarResponse["content"]>,
): Pick<Answer, "body" | "flaw"> {
  // A browser leaves bodies out where nobody asked it to keep them.
  const isEmpty = size === 0 || status === 204 || status === 304;
  if (text === undefined) return isEmpty ? { body: "" } : { body: "", flaw: "not-recorded" };
  if (encoding !== "base64") return { body: text };
  const bytes = base64ToUint8Array(text);
  try {
    return { body: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { body: new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes), flaw: "not-utf-8" };
  }
}

function headersOf(headers: readonly HarHeader[] = []): Readonly<Record<string, string>> {
  const values = new Map<string, string>();
  for (const { name, value } of headers) {
    const key = name.toLowerCase();
    const before = values.get(key);
    values.set(key, before === undefined ? value : `${before}, ${value}`);
  }
  return Object.fromEntries(values);
}
