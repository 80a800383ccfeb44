import { type ContractDocument, isObject, keysAt } from "../../contract/document.js";
import { type Rule, verdict } from "../rule.js";

export const headers: Rule = {
  id: "headers",
  sentence: "Each header that the contract declares has its declared form.",
  severity: "violation",
  evidence: "live",
  next: "Compare the line of the contract with the header.",
  judge: ({ contract, exchanges }, validate) =>
    exchanges.flatMap(({ index, response }) => {
      if (!response?.declared) return [];
      const { declared } = response;
      const problems = keysAt(declared, "headers").map((name) => {
        const text = response.headers[name.toLowerCase()];
        const at = contract.resolve(`${declared.pointer}/headers/${name}`);
        // What nobody has published is not asserted: a Retry-After may be a date there, as in HTTP.
        if (text === undefined || at.value["x-evidence"] === "unknown") return [];
        const schema = contract.resolve(`${at.pointer}/schema`);
        const isNumber = schema.value["type"] === "integer" && /^-?\d+$/.test(text);
        return validate(schema, isNumber ? Number(text) : text).map(({ expected, line }) => ({
          expected: `${name}: ${expected}`,
          actual: `${name}: ${text}`,
          line,
        }));
      });
      return [verdict(index, ...problems.flat())];
    }),
};

export const undocumentedHeader: Rule = {
  id: "undocumented-header",
  sentence: "No answer has a header of the API's own that the contract does not know.",
  severity: "drift",
  evidence: "live",
  next: "Add the header to the contract, as optional, with `x-evidence: live`.",
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

/** Headers that an API makes its own, or by which it says that it is about to change. */
const OF_THE_API = /^(x-|ratelimit|deprecation$|sunset$)/;

/** Headers of proxies, traces and browsers, and of this kit's mock: they say nothing about the API. */
const INFRASTRUCTURE =
  /^x-(mock-|evy-|envoy-|trace|request-id|b3-|amzn?-|cache|served-by|timer|powered-by|robots-tag|content-type-options|frame-options|xss-protection|permitted-cross-domain|download-options|dns-prefetch|ua-compatible|forwarded|real-ip|via)/;

/** In lower case; one that is declared for some answers is no news on another. */
function declaredHeaders(contract: ContractDocument): ReadonlySet<string> {
  const names = [...contract.operations.values()].flatMap(({ pointer, value }) => {
    const statuses = isObject(value["responses"]) ? Object.keys(value["responses"]) : [];
    return statuses.flatMap((status) => keysAt(contract.resolve(`${pointer}/responses/${status}`), "headers"));
  });
  return new Set(names.map((name) => name.toLowerCase()));
}
