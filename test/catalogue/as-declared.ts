import { expect } from "vitest";
import type { RawAnswer } from "../raw-request.js";
import { type Declared, type DeclaredFault, inMs } from "./declared.js";
import { type Expected, stateOf } from "./oracle.js";

type Body = Record<string, unknown> & { readonly links?: { readonly status?: string } };

/** Holds what came over the wire against what a file declares. @param answer undefined where none ever comes */
export function expectAsDeclared(answer: RawAnswer | undefined, expected: Expected, declared: Declared): void {
  const { fault } = expected;
  if (fault?.wire === "black-hole") expect(answer).toBeUndefined();
  else if (!answer) throw new Error("no answer came");
  else expectAnswer(answer, expected, declared);
}

function expectAnswer(answer: RawAnswer, expected: Expected, declared: Declared): void {
  const { fault, policy, status } = expected;
  expect(answer.ending).toBe(fault?.wire?.startsWith("reset") ? "reset" : "closed");
  expect(answer.status).toBe(fault?.wire === "reset" ? Number.NaN : status);
  if (fault?.retryAfter) expect(answer.headers["retry-after"]).toBe(`${Math.ceil(inMs(fault.retryAfter) / 1000)}`);
  for (const [name, value] of Object.entries(fault?.headers ?? {})) {
    expect(answer.headers[name.toLowerCase()]).toBe(value);
  }
  if (fault?.wire === "reset") expect(answer.text).toBe("");
  else if (policy) expectLimit(answer, policy, declared);
  else if (fault?.page) expectPage(answer, fault.page);
  else if (fault?.error) expect(JSON.parse(answer.text)).toMatchObject({ status: "error" });
  else if (fault?.wire === "reset-mid-body") expect(unchunked(answer)).toMatch(/^\{"(taskId|id)":"[^}]*$/);
  else expectTold(bodyOf(answer, fault), expected, declared);
}

function expectLimit({ text, headers }: RawAnswer, policyName: string, { limits = {} }: Declared): void {
  expect(JSON.parse(text)).toMatchObject({ errorType: "RATE_LIMIT", policyName });
  const left = {
    SECONDLY: [headers["x-hubspot-ratelimit-secondly"], headers["x-hubspot-ratelimit-secondly-remaining"]],
    TEN_SECONDLY_ROLLING: [headers["x-hubspot-ratelimit-max"], headers["x-hubspot-ratelimit-remaining"]],
    DAILY: [headers["x-hubspot-ratelimit-daily"], headers["x-hubspot-ratelimit-daily-remaining"]],
  }[policyName];
  expect(left).toEqual([`${limits.secondly ?? limits.tenSecondly ?? limits.daily}`, "0"]);
}

function expectPage({ text, headers }: RawAnswer, status: number): void {
  expect(headers["content-type"]).toBe("text/html;charset=utf-8");
  expect(text).toContain(`<title>${status} `);
}

/** The body that a patient reader would make of the bytes, with what is declared to be wrong about them undone. */
function bodyOf(answer: RawAnswer, fault: DeclaredFault | undefined): Body | undefined {
  const { text, headers } = answer;
  const length = Number(headers["content-length"]);
  const size = Buffer.byteLength(text);
  const type = fault?.body === "wrong-type" ? "text/plain;charset=utf-8" : "application/json;charset=utf-8";
  expect(headers["content-type"]).toBe(type);
  if (fault?.body !== "too-long-length" && fault?.body !== "too-short-length" && "content-length" in headers)
    expect(length).toBe(size);
  switch (fault?.body) {
    case "truncated":
      expect(() => JSON.parse(text)).toThrow();
      return undefined;
    case "empty":
      expect(text).toBe("");
      return undefined;
    case "malformed":
      expect(() => JSON.parse(text)).toThrow();
      return JSON.parse(text.replace(/,\}$/, "}"));
    case "byte-order-mark":
      expect(text.startsWith("\uFEFF")).toBe(true);
      return JSON.parse(text.slice(1));
    case "too-long-length":
      expect(length).toBeGreaterThan(size);
      return JSON.parse(text);
    case "too-short-length":
      expect(length).toBeLessThan(size);
      return JSON.parse(text);
    default:
      return JSON.parse(unchunked(answer));
  }
}

function expectTold(body: Body | undefined, { fault, step, status, began }: Expected, declared: Declared): void {
  if (!body) return;
  const alter = fault?.alter ?? [];
  const isAltered = (pointer: string) => alter.some((one) => (one.set ?? one.remove)?.startsWith(pointer));
  for (const one of alter) expectAltered(body, one, began);
  if (status === 202) return;
  const isSuccess = step?.state === "COMPLETE";
  const errors = step?.state === "FAILURE" ? 1 : (step?.errors ?? 0);
  const hasFile = step?.result ?? (isSuccess && errors === 0);
  if (!isAltered("/status")) expect(body["status"]).toBe(stateOf(step));
  if (!isAltered("/numErrors")) expect(body["numErrors"] ?? 0).toBe(errors);
  if (!isAltered("/result")) expect("result" in body).toBe(hasFile);
  const messages = (body["errors"] as readonly { readonly message: string }[] | undefined)?.map((one) => one.message);
  if (step?.error?.message) expect(messages).toEqual(Array(errors).fill(step.error.message));
  if (hasFile && !isAltered("/result")) expectFile(body["result"] as Record<string, unknown>, body, declared);
}

function expectFile(result: Record<string, unknown>, body: Body, { file = {} }: Declared): void {
  if (file.name !== undefined) {
    expect(String(result["path"]).endsWith(`/${file.name}`)).toBe(true);
    expect(new URL(String(result["url"])).href.endsWith(`/${encodeURIComponent(file.name)}`)).toBe(true);
  }
  if (file.size !== undefined) expect(result["size"]).toBe(file.size);
  if (file.createdAgo !== undefined) {
    const age = Date.parse(String(body["completedAt"])) - Date.parse(String(result["createdAt"]));
    expect(age).toBeGreaterThanOrEqual(inMs(file.createdAgo));
  }
}

function expectAltered(body: Body, one: NonNullable<DeclaredFault["alter"]>[number], began = 0): void {
  const at = (pointer: string) =>
    pointer
      .split("/")
      .slice(1)
      .reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], body);
  if (one.set) expect(at(one.set)).toEqual(one.to);
  if (one.remove) expect(at(one.remove)).toBeUndefined();
  if (one.rehost) {
    const { hostname } = new URL(String(at(one.rehost)));
    expect(hostname).toBe(one.to === "other-loopback" ? "localhost" : one.to);
  }
  // Of its other dates only the mock knows what they were before.
  if (one.shift === "/requestedAt") expect(Date.parse(String(at(one.shift))) - began).toBe(inMs(one.by ?? ""));
}

function unchunked({ text, headers }: RawAnswer): string {
  if (headers["transfer-encoding"] !== "chunked") return text;
  return text
    .split("\r\n")
    .filter((_, index) => index % 2 === 1)
    .join("");
}
