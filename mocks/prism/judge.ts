import type { Exchange } from "../../src/exchange.js";
import type { Body } from "../../src/simulator/read-body.js";
import type { RequestHead } from "../../src/simulator/request-head.js";
import { createPrism } from "./components.js";
import type { Found } from "./defects.js";
import { readableType } from "./media-type.js";
import { prismOperations } from "./operations.js";
import { prismRequest } from "./request.js";
import { asViolation } from "./violation.js";

/**
 * What Prism finds wrong with an exchange.
 *
 * @param prefix what the address has before the API's path
 * @returns undefined where it knows no such operation
 */
export async function findViolations(
  request: RequestHead,
  body: Body,
  exchange: Exchange,
  prefix?: string,
): Promise<Found> {
  const input = prismRequest(request, body, prefix);
  const output = prismResponse(exchange);
  const result = await createPrism(() => output).request(input, await prismOperations())();
  if (result._tag === "Left") return undefined;
  const { input: ofRequest, output: ofResponse } = result.right.validations;
  const isJudged = request.method !== "HEAD" && exchange.response.status !== 0;
  return {
    request: ofRequest.map((diagnostic) => asViolation("request", diagnostic, input.body)),
    response: isJudged ? ofResponse.map((diagnostic) => asViolation("response", diagnostic, output.body)) : [],
  };
}

function prismResponse({ response }: Exchange) {
  const { status, headers, body } = response;
  const readable = Object.entries(headers).map(([name, value]) => [
    name,
    name.toLowerCase() === "content-type" ? readableType(value) : value,
  ]);
  return { statusCode: status, headers: Object.fromEntries(readable), body: parsed(body, headers["Content-Type"]) };
}

function parsed(body: string, contentType: string | undefined): unknown {
  if (contentType === undefined) return undefined;
  if (!contentType.startsWith("application/json")) return body;
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
