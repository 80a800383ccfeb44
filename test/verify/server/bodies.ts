import type { Answer, Context, Json, Refusal, Task, Twist } from "./twist.js";

export const ACCESS = [
  "HIDDEN_INDEXABLE",
  "HIDDEN_NOT_INDEXABLE",
  "HIDDEN_PRIVATE",
  "HIDDEN_SENSITIVE",
  "PRIVATE",
  "PUBLIC_INDEXABLE",
  "PUBLIC_NOT_INDEXABLE",
  "SENSITIVE",
];

/** What a server that keeps the contract answers. @param onBody changes its JSON before it is written */
export function answer(context: Context, onBody: Twist["onBody"]): Answer {
  const { request, now, kind, refusal, missing = ["url"] } = context;
  const correlationId = `01a09f40-b241-7c31-9b5e-${String(request).padStart(12, "0")}`;
  const headers = {
    Date: new Date(now).toUTCString(),
    "X-HubSpot-Correlation-Id": correlationId,
    "X-HubSpot-RateLimit-Max": "100",
    "X-HubSpot-RateLimit-Remaining": "97",
    "X-HubSpot-RateLimit-Interval-Milliseconds": "10000",
    "X-HubSpot-RateLimit-Daily": "250000",
    "X-HubSpot-RateLimit-Daily-Remaining": "249997",
  };
  if (kind === "nowhere") {
    return { status: 404, headers: { ...headers, "Content-Type": "text/html" }, body: "<h1>Not found</h1>" };
  }
  if (kind === "delete") return { status: 204, headers, body: "" };
  const json = kind === "refusal" ? refusalBody(refusal ?? "no-token", { correlationId, missing }) : bodyOf(context);
  const body = JSON.stringify(onBody ? onBody(json, context) : json);
  return { status: statusOf(context), headers: { ...headers, "Content-Type": "application/json;charset=utf-8" }, body };
}

/** Ids of files are numbers in text. */
export function fileId({ serial }: Task): string {
  return String(187_340_915_500 + serial);
}

function statusOf({ kind, refusal }: Context): number {
  if (kind === "accept") return 202;
  if (kind !== "refusal") return 200;
  if (refusal === "no-token" || refusal === "wrong-token") return 401;
  return ["unknown-id", "unknown-file", "other-account"].includes(refusal ?? "") ? 404 : 400;
}

function bodyOf({ kind, task, now, origin }: Context): Json {
  if (!task) throw new Error(`There is no ${kind} without a task.`);
  const { id, requestedAt, startedAt, completedAt, isFailing } = task;
  const path = `/files/v3/files/import-from-url/async/tasks/${encodeURIComponent(id)}/status`;
  const links = { status: `${origin}${path}` };
  if (kind === "accept") return { id, links };
  const base = { taskId: id, requestedAt: iso(requestedAt), links };
  if (now < startedAt) return { ...base, status: "PENDING" };
  if (now < completedAt) return { ...base, status: "PROCESSING", startedAt: iso(startedAt) };
  const ended = { ...base, startedAt: iso(startedAt), completedAt: iso(completedAt) };
  if (isFailing) return { ...ended, status: "CANCELED", numErrors: 1, errors: [taskError()] };
  return { ...ended, status: "COMPLETE", result: image(task) };
}

/** An error of a task, in the form of a batch API's. */
export function taskError(): Json {
  return {
    status: "error",
    category: "VALIDATION_ERROR",
    message: "The file could not be fetched from its url.",
    context: { url: ["https://import-kit.invalid/missing.png"] },
  };
}

/** A file with everything that an image has. */
function image(task: Task): Json {
  const { completedAt, name, folderPath, access } = task;
  const path = `${folderPath}/${name}.png`;
  const url = `https://8812345.fs1.hubspotusercontent-na1.net/hubfs/8812345${encodeURI(path)}`;
  return {
    id: fileId(task),
    createdAt: iso(completedAt - 200),
    updatedAt: iso(completedAt - 100),
    archived: false,
    parentFolderId: "184402117764",
    name,
    path,
    size: 48213,
    height: 48,
    width: 72,
    encoding: "png",
    type: "IMG",
    extension: "png",
    defaultHostingUrl: url,
    url,
    fileMd5: "5f2b9c0d7ae14c6b9e3f70a2d1c84e96",
    isUsableInContent: true,
    expiresAt: completedAt + 86_400_000,
    sourceGroup: "CONTENT",
    access,
  };
}

/** The keys come in HubSpot's order: status, message, correlationId, then errors, context, links, category. */
function refusalBody(
  refusal: Refusal,
  { correlationId, missing }: { readonly correlationId: string; readonly missing: readonly string[] },
): Json {
  const error = (message: string, rest: Json = {}) => ({ status: "error", message, correlationId, ...rest });
  switch (refusal) {
    case "no-token":
    case "wrong-token":
      return error(
        "Authentication credentials not found. This API supports OAuth 2.0 authentication and you can find more details at https://developers.hubspot.com/docs/methods/auth/oauth-overview",
        { category: "INVALID_AUTHENTICATION" },
      );
    case "bad-json":
      return error("Invalid input JSON on line 1, column 1: Unexpected end-of-input");
    case "missing-fields":
      return error(
        `Invalid input JSON on line 1, column 2. Some required fields were not set: [${missing.join(", ")}]`,
      );
    case "wrong-enum":
      return error("Invalid input: access is not one of the allowed values", {
        errors: [
          {
            message: "EVERYBODY is not allowed",
            code: "INVALID_VALUE",
            in: "access",
            context: { access: ["EVERYBODY"] },
          },
        ],
        category: "VALIDATION_ERROR",
      });
    case "undecodable-id":
      return error("Provided ID could not be decoded.", {
        context: { id: ["!not-a-task-id!"] },
        category: "VALIDATION_ERROR",
      });
    case "unknown-id":
    case "other-account":
    case "unknown-file":
      return error("resource not found");
  }
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
