import { ACCESS, taskError } from "../server/bodies.js";
import type { Context, Json } from "../server/twist.js";
import { json, places, value, withValue } from "../twists.js";
import { type UnusualServer, unusual } from "./unusual-server.js";

const UNKNOWN = ["open-question"];

const optional: readonly UnusualServer[] = [
  unusual(
    "no optional field",
    {
      onBody: (body, context) => required(body, context),
      onAnswer: ({ headers, ...answer }) => ({ ...answer, headers: only(headers) }),
    },
    ["correlation-header", ...UNKNOWN],
  ),
  unusual(
    "no request date",
    json(places.status, ({ requestedAt: _, ...body }) => body),
  ),
  unusual(
    "no links in polls",
    json(places.status, ({ links: _, ...body }) => body),
  ),
  unusual(
    "more links",
    json(
      ({ kind }) => kind !== "refusal",
      (body) => withValue(body, "/links/self", "any text"),
    ),
  ),
  unusual(
    "errors that are not counted",
    json(places.canceled, ({ numErrors: _, ...body }) => body),
  ),
  unusual(
    "errors that are counted alone",
    json(places.canceled, ({ errors: _, ...body }) => body),
  ),
  unusual(
    "zero errors wherever there are none",
    json(places.status, (body) => ({ numErrors: 0, errors: [], ...body })),
  ),
  ...["toString", "valueOf", "constructor", "hasOwnProperty"].map((name) =>
    unusual(
      `an error whose context names ${name}`,
      value(places.canceled, "/errors/0/context", () => ({ [name]: ["b"] })),
    ),
  ),
  unusual(
    "more errors than a page holds",
    json(places.canceled, (body) => ({ ...body, numErrors: 8000, errors: Array.from({ length: 8000 }, taskError) })),
  ),
  unusual(
    "two errors",
    json(places.canceled, (body) => ({ ...body, numErrors: 2, errors: [taskError(), taskError()] })),
  ),
  unusual(
    "an error with everything",
    json(places.canceled, (body) => ({
      ...body,
      errors: [
        {
          ...taskError(),
          id: "d7f4",
          subCategory: { name: "FETCH" },
          links: { help: "https://example.com" },
          errors: [{ message: "no host", code: "HOST", in: "url", subCategory: "DNS", context: {} }],
        },
      ],
    })),
  ),
  unusual(
    "refusals without category and status",
    json(places.refusal, ({ category: _, status: __, ...body }) => body),
  ),
  unusual(
    "refusals with everything",
    json(places.refusal, (body) => ({
      ...body,
      errorType: "VALIDATION",
      policyName: "NONE",
      groupName: "files",
      requestId: "1",
      subCategory: "x",
      category: "OTHER",
      context: { a: [] },
      links: {},
      errors: [],
    })),
  ),
  unusual(
    "correlation ids in capitals",
    value(places.refusal, "/correlationId", (id) => String(id).toUpperCase()),
  ),
  unusual(
    "properties that nobody knows",
    value(places.complete, "/result/altText", () => "A cat"),
    ["undocumented-property"],
  ),
  unusual(
    "a locator that says more",
    json(places.locator, (body) => ({ ...body, createdAt: null })),
    ["undocumented-property"],
  ),
  unusual(
    "details that nobody knows",
    value(places.canceled, "/errors/0/severity", () => 3),
    ["undocumented-property"],
  ),
];

const files: readonly UnusualServer[] = [
  unusual(
    "a document, which has no width",
    json(places.complete, ({ result, ...body }) => {
      const { width: _, height: __, encoding: ___, ...file } = result as Json;
      return { ...body, result: { ...file, type: "DOCUMENT", extension: "" } };
    }),
  ),
  ...ACCESS.map((access) =>
    unusual(
      `a file that is ${access}`,
      value(places.complete, "/result/access", () => access),
      access === "PRIVATE" ? [] : ["result-as-asked"],
    ),
  ),
  unusual(
    "a file of another group",
    value(places.complete, "/result/sourceGroup", () => "UNKNOWN"),
  ),
  unusual(
    "a file of a type of its own",
    value(places.complete, "/result/type", () => "MODEL_3D"),
  ),
  unusual(
    "an empty file",
    value(places.complete, "/result/size", () => 0),
  ),
  unusual(
    "a file of two gigabytes",
    value(places.complete, "/result/size", () => 2_147_483_648),
  ),
  unusual(
    "an MD5 in capitals",
    value(places.complete, "/result/fileMd5", (md5) => String(md5).toUpperCase()),
  ),
  unusual(
    "an archived file",
    json(places.complete, (body) =>
      withValue(withValue(body, "/result/archived", true), "/result/archivedAt", body["completedAt"]),
    ),
  ),
  unusual(
    "a name in Greek",
    json(places.complete, (body) =>
      withValue(withValue(body, "/result/name", "γάτα 🐈"), "/result/path", "/import-kit/γάτα 🐈.png"),
    ),
  ),
  unusual(
    "a file in a folder of another",
    value(places.complete, "/result/path", () => "/library/cat.png"),
    ["result-as-asked"],
  ),
  unusual(
    "a folder in capitals",
    value(places.complete, "/result/path", () => "/Import-Kit/cat.png"),
  ),
];

/** Bodies that are rarely seen, and have the shape that the contract gives. */
export const unusualBodies: readonly UnusualServer[] = [...optional, ...files];

/** A body with what the contract requires in its state alone. */
function required(body: Json, { kind }: Context): Json {
  const pick = (from: Json, names: readonly string[]) => Object.fromEntries(names.map((name) => [name, from[name]]));
  if (kind === "refusal") return pick(body, ["message", "correlationId"]);
  if (kind === "accept") return body;
  if (body["status"] !== "COMPLETE") return pick(body, ["taskId", "status"]);
  const result = pick(body["result"] as Json, ["id", "createdAt", "updatedAt", "archived", "access"]);
  return { ...pick(body, ["taskId", "status", "startedAt", "completedAt"]), result };
}

function only(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const type = headers["Content-Type"];
  return type === undefined ? {} : { "Content-Type": type };
}
