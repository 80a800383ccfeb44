import { at, type Change, get, type Json, post, properties } from "./change.js";
import type { Loose } from "./published.js";

/** What may change around the bodies of an operation. */
export const operationChanges: readonly Change[] = [
  [
    "an error's status that is declared",
    (d) =>
      (at(get(d) as unknown as Loose, "responses")["404"] = at(get(d) as unknown as Loose, "responses", "default")),
    [
      "not breaking status checkImportStatus error: 404, default / 400, 401, 403, 404, 423, 429, 477, 500, 502, 503, 504, 521, 523, 524",
    ],
  ],
  [
    "another body of an error",
    (d) => delete properties(d, "Problem")["correlationId"],
    ["importFromUrl", "checkImportStatus", "deleteFile"].map(
      (id) => `breaking property ${id} error correlationId: absent / string, required`,
    ),
  ],
  [
    "a success fewer",
    (d) => delete at(post(d) as unknown as Loose, "responses")["202"],
    ["breaking status importFromUrl 202: absent / declared"],
  ],
  [
    "a success more",
    (d) => (at(post(d) as unknown as Loose, "responses")["201"] = { description: "Done at once." }),
    ["breaking status importFromUrl 201: declared / absent"],
  ],
  [
    "an answer without a body",
    (d) => (at(get(d) as unknown as Loose, "responses")["200"] = { description: "Nothing." }),
    ["breaking media type checkImportStatus 200: none / application/json"],
  ],
  [
    "a request in another form",
    (d) => {
      const content = at(post(d) as unknown as Loose, "requestBody", "content");
      content["application/hal+json"] = content["application/json"];
      delete content["application/json"];
    },
    ["breaking media type importFromUrl request: application/hal+json / application/json"],
  ],
  [
    "a request that may be left out",
    (d) => delete at(post(d) as unknown as Loose, "requestBody")["required"],
    ["not breaking required importFromUrl request: optional / required"],
  ],
  [
    "a parameter more that has to be sent",
    (d) =>
      (get(d)["parameters"] as unknown[]).push({
        name: "portalId",
        in: "query",
        required: true,
        schema: { type: "integer" },
      }),
    ["breaking property checkImportStatus query portalId: integer, required / absent"],
  ],
  [
    "another type of a parameter",
    (d) => Object.assign((get(d)["parameters"] as Json[])[0] as Json, { schema: { type: "integer" } }),
    ["breaking type checkImportStatus path {1}: integer / string"],
  ],
  [
    "another security scheme",
    (d) => (at(d, "components", "securitySchemes")["oauth"] = { type: "mutualTLS" }),
    ["importFromUrl", "checkImportStatus", "deleteFile"].map(
      (id) => `breaking security ${id} security: mutualTLS / http bearer`,
    ),
  ],
  [
    "another key",
    (d) => (at(d, "components", "securitySchemes")["oauth"] = { type: "apiKey", name: "public-app", in: "header" }),
    ["importFromUrl", "checkImportStatus", "deleteFile"].map(
      (id) => `breaking security ${id} security: apiKey public-app / http bearer`,
    ),
  ],
  [
    "a scope more that will do",
    (d) => (get(d)["security"] as Json[]).push({ oauth: ["files.list"] }),
    [
      "not breaking scopes checkImportStatus security: files, files.list, files.read, files.ui_hidden.read / files, files.read, files.ui_hidden.read",
    ],
  ],
  [
    "a scope that will not do any more",
    (d) => (get(d)["security"] = [{ oauth: ["files"] }, { oauth: ["files.read"] }]),
    ["breaking scopes checkImportStatus security: files, files.read / files, files.read, files.ui_hidden.read"],
  ],
  [
    "a form more of a request",
    (d) => Object.assign(at(post(d) as unknown as Loose, "requestBody", "content"), { "application/xml": {} }),
    ["not breaking media type importFromUrl request: application/json, application/xml / application/json"],
  ],
  [
    "a form more of an error",
    (d) => Object.assign(at(get(d) as unknown as Loose, "responses", "default", "content"), { "text/plain": {} }),
    ["not breaking media type checkImportStatus error: */*, text/plain / application/json, text/html"],
  ],
  [
    "an error with a body of its own",
    (d) => {
      const body = { content: { "*/*": { schema: { type: "object", properties: { reason: { type: "string" } } } } } };
      at(get(d) as unknown as Loose, "responses")["4XX"] = body;
    },
    [
      "breaking required checkImportStatus error message: sometimes required / required",
      "breaking required checkImportStatus error correlationId: sometimes required / required",
      "not breaking status checkImportStatus error: 4XX, default / 400, 401, 403, 404, 423, 429, 477, 500, 502, 503, 504, 521, 523, 524",
      "not breaking required checkImportStatus error category: sometimes required / optional",
      "not breaking property checkImportStatus error reason: string / absent",
    ],
  ],
  [
    "no security at all",
    (d) => (get(d)["security"] = []),
    [
      "breaking security checkImportStatus security: none / http bearer",
      "not breaking scopes checkImportStatus security: none / files, files.read, files.ui_hidden.read",
    ],
  ],
  [
    "an operation fewer",
    (d) => delete (d["paths"] as unknown as Json)["/files/v3/files/{fileId}"],
    ["breaking operation deleteFile: absent / declared"],
  ],
];
