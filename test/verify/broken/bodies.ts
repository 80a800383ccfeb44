import { taskError } from "../server/bodies.js";
import { json, type Place, type PlaceName, places, refusing, value } from "../twists.js";
import type { BrokenServer } from "./broken-server.js";

const later: Place = (context) => places.complete(context) && places.laterLook(context);

/** Bodies that lack what the contract requires. */
const MISSING: readonly (readonly [PlaceName, readonly string[]])[] = [
  ["locator", ["/id", "/links", "/links/status"]],
  ["pending", ["/taskId", "/status"]],
  ["processing", ["/taskId", "/status"]],
  ["complete", ["/taskId", "/status", "/startedAt", "/completedAt"]],
  ["complete", ["/result/id", "/result/createdAt", "/result/updatedAt", "/result/archived", "/result/access"]],
  ["canceled", ["/taskId", "/status", "/errors/0/status", "/errors/0/category", "/errors/0/message"]],
  ["refusal", ["/message", "/correlationId"]],
];

/** Bodies with a value that the contract does not admit in its place. */
const WRONG: readonly (readonly [PlaceName, string, readonly unknown[]])[] = [
  ["locator", "", [null, [], "AAAAEqTIHz0"]],
  ["locator", "/id", [75676812386, "", null]],
  ["locator", "/links", [null, ["https://api-na1.hubspot.com/x"]]],
  ["locator", "/links/status", ["/files/v3/files/import-from-url/async/tasks/x/status", null]],
  ["locator", "/links/other", [5]],
  ["pending", "", [null, [], "PENDING"]],
  ["pending", "/status", ["FAILED", "pending", "QUEUED", 1, null]],
  ["pending", "/taskId", [5, "", null]],
  ["pending", "/requestedAt", [1789387200000, "2026-09-14T12:00:00", "2026-09-14", "14.09.2026 12:00", null]],
  ["pending", "/startedAt", ["", 0]],
  ["pending", "/completedAt", [false]],
  ["pending", "/numErrors", [1, "0", null]],
  ["pending", "/errors", [[taskError()], null]],
  ["pending", "/result", [null, {}]],
  ["pending", "/links", [["x"]]],
  ["processing", "/status", ["IN_PROGRESS"]],
  ["processing", "/result", [{ id: "1" }]],
  ["processing", "/numErrors", [3]],
  ["processing", "/startedAt", ["2026-09-14T12:00:01.000+0000", "2026-09-14 12:00:01Z", "2026-09-14T12:00Z"]],
  ["complete", "/status", ["COMPLETED", "complete"]],
  ["complete", "/startedAt", [null, 1789387201000]],
  [
    "complete",
    "/completedAt",
    [null, "2026-09-14T25:00:00Z", "2026-02-30T12:00:00Z", "Mon, 14 Sep 2026 12:00:03 GMT", "2026-09-14T11:59:60Z"],
  ],
  ["complete", "/result", [null, [], {}]],
  ["complete", "/numErrors", [-1, 1.5, "0", 2147483648]],
  ["complete", "/errors", [{}, ["it failed"]]],
  ["complete", "/result/id", [187340915501, "cat", "", null]],
  ["complete", "/result/createdAt", ["2026-09-14", 1789387202800]],
  ["complete", "/result/updatedAt", [null]],
  ["complete", "/result/archived", ["false", null]],
  ["complete", "/result/archivedAt", [null]],
  ["complete", "/result/access", ["PUBLIC", "private", null]],
  ["complete", "/result/path", ["library/cat.png"]],
  ["complete", "/result/name", [null]],
  ["complete", "/result/size", ["48213", -1, 1.5]],
  ["complete", "/result/width", [2147483648, "72", null]],
  ["complete", "/result/fileMd5", ["5f2b9c0d"]],
  ["complete", "/result/url", ["cat.png", "https://example.com/a cat.png", "https://example.com:abc/cat.png"]],
  ["complete", "/result/defaultHostingUrl", ["https://example.com/kätzchen.png"]],
  ["complete", "/result/isUsableInContent", ["true"]],
  ["complete", "/result/expiresAt", ["2026-09-15T12:00:00Z"]],
  ["complete", "/result/sourceGroup", ["OTHER"]],
  ["complete", "/result/parentFolderId", [184402117764]],
  ["canceled", "/status", ["FAILED", "CANCELLED"]],
  ["canceled", "/completedAt", [null]],
  ["canceled", "/result", [null, { id: "1" }]],
  ["canceled", "/errors/0", ["it failed"]],
  ["canceled", "/errors/0/status", [400]],
  ["canceled", "/errors/0/message", [null]],
  ["canceled", "/errors/0/context", [{ url: "https://example.com" }, "{url=[https://example.com]}"]],
  ["canceled", "/errors/0/subCategory", [5]],
  ["canceled", "/errors/0/errors", [[{ code: "X" }]]],
  ["refusal", "", [[], "no", null]],
  ["refusal", "/status", [401]],
  ["refusal", "/message", [null, ["no"]]],
  ["refusal", "/correlationId", ["not-a-uuid", null, "urn:uuid:01a0fbc6-7a6b-7c3d-8e4f-5a6b7c8d9e0f"]],
  ["refusal", "/category", [null]],
  ["refusal", "/subCategory", [{}]],
  ["refusal", "/context", [{ id: "x" }, "{id=[x]}"]],
  ["refusal", "/errors", [{}, ["no"], [{}]]],
  ["refusal", "/links", [{ scopes: 5 }]],
];

/** Servers whose JSON has another shape than the contract gives. */
export const brokenBodies: readonly BrokenServer[] = [
  ...MISSING.flatMap(([place, pointers]) => pointers.map((at) => misshapen(place, at, undefined))),
  ...WRONG.flatMap(([place, at, values]) => values.map((wrong) => misshapen(place, at, wrong))),
  reshaped("complete with neither file nor errors", places.complete, "", ({ result: _, ...body }) => body),
  reshaped("complete with no file and zero errors", places.complete, "", ({ result: _, ...body }) => ({
    ...body,
    numErrors: 0,
  })),
  reshaped("complete with an empty list of errors", places.canceled, "", ({ numErrors: _, ...body }) => ({
    ...body,
    status: "COMPLETE",
    errors: [],
  })),
  reshaped("a file that is not shown again", later, "", ({ result: _, ...body }) => body),
  reshaped("an end whose date is a number later", later, "/completedAt", (body) => ({ ...body, completedAt: 0 })),
  reshaped("pending with an error that is counted and not told", places.pending, "/numErrors", (body) => ({
    ...body,
    numErrors: 1,
    errors: [],
  })),
  reshaped("complete with less than no errors", places.complete, "/numErrors", (body) => ({
    ...body,
    numErrors: -1,
    errors: [],
  })),
  reshaped("every refusal as an OAuth error", places.refusal, "/correlationId", () => ({ error: "invalid_token" })),
  {
    name: "a detail without a message",
    twist: value(refusing("wrong-enum"), "/errors/0/message", () => undefined),
    fails: ["schema"],
    at: "/errors/0/message",
  },
];

function misshapen(place: PlaceName, at: string, wrong: unknown): BrokenServer {
  const what = wrong === undefined ? `without ${at}` : `with ${at || "a body"} ${JSON.stringify(wrong)}`;
  return { name: `${place} ${what}`, twist: value(places[place], at, () => wrong), fails: ["schema"], at };
}

function reshaped(name: string, place: Place, at: string, change: Parameters<typeof json>[1]): BrokenServer {
  return { name, twist: json(place, change), fails: ["schema"], at };
}
