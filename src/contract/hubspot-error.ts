import { isoDate } from "../time.js";
import type { HubspotError, OperationId } from "./contract.js";

/** The errors that a scenario can respond with, by name. */
export type ErrorName =
  | "expired-token"
  | "missing-scopes"
  | "gated"
  | "banned"
  | "not-found"
  | "locked"
  | "rate-limited"
  | "secondly-limit"
  | "daily-limit"
  | "migration"
  | "internal-error"
  | "bad-gateway"
  | "service-unavailable"
  | "gateway-timeout";

/** An error without its correlation id: the HTTP status and the rest of the body. */
export interface ErrorAnswer {
  readonly status: number;
  readonly body: Omit<HubspotError, "correlationId" | "status">;
}

/** The context of an error: some contain a time, or the scopes that would be sufficient. */
export interface ErrorSite {
  readonly operation: OperationId;
  /** Epoch milliseconds. */
  readonly now: number;
}

const SCOPES_PAGE = "https://developers.hubspot.com/scopes";
const EXPIRED_SINCE_SECONDS = 75;

/** Any one of these scopes is sufficient. */
const SCOPES: Readonly<Record<OperationId, string[]>> = {
  importFromUrl: ["files", "files.write", "files.ui_hidden.write"],
  checkImportStatus: ["files", "files.read", "files.ui_hidden.read"],
  deleteFile: ["files.delete"],
};

/**
 * Returns HubSpot's error of that name.
 *
 * @see spec/openapi.yaml#/components/examples
 * @example namedError("not-found", { operation: "checkImportStatus", now: 0 }).status; // 404
 */
export function namedError(name: ErrorName, { operation, now }: ErrorSite): ErrorAnswer {
  switch (name) {
    case "expired-token":
      return {
        status: 401,
        body: {
          message: `The OAuth token used to make this call expired ${EXPIRED_SINCE_SECONDS} second(s) ago.`,
          context: { "expire time": [isoDate(now - EXPIRED_SINCE_SECONDS * 1000)] },
          category: "EXPIRED_AUTHENTICATION",
        },
      };
    case "missing-scopes":
      return {
        status: 403,
        body: {
          message: `This app hasn't been granted all required scopes to make this call. Read more about required scopes here: ${SCOPES_PAGE}.`,
          errors: [
            {
              message: "One or more of the following scopes are required.",
              context: { requiredGranularScopes: SCOPES[operation] },
            },
          ],
          links: { scopes: SCOPES_PAGE },
          category: "MISSING_SCOPES",
        },
      };
    case "gated":
      return {
        status: 403,
        body: { message: "This account does not have access to this feature.", category: "GATED" },
      };
    case "banned":
      return { status: 403, body: { message: "This app is blocked from making this call.", category: "BANNED" } };
    case "not-found":
      return { status: 404, body: { message: "resource not found" } };
    case "locked":
      return { status: 423, body: { message: "The resource is locked. Wait at least 2 seconds and try again." } };
    case "rate-limited":
      return rateLimit("ten_secondly_rolling");
    case "secondly-limit":
      return rateLimit("secondly");
    case "daily-limit":
      return rateLimit("daily");
    case "migration":
      return {
        status: 477,
        body: { message: "This account is being migrated. Try again later.", category: "MIGRATION_IN_PROGRESS" },
      };
    case "internal-error":
      return { status: 500, body: { message: "internal error" } };
    case "bad-gateway":
      return { status: 502, body: { message: "bad gateway" } };
    case "service-unavailable":
      return { status: 503, body: { message: "service unavailable" } };
    case "gateway-timeout":
      return { status: 504, body: { message: "gateway timeout" } };
  }
}

/** The error for an invalid part of the request. @param detail what is wrong, and the name of that part as `in` */
export function invalidInput(
  detail: NonNullable<ErrorAnswer["body"]["errors"]>[number] & { readonly message: string; readonly code: MockError },
): ErrorAnswer {
  return { status: 400, body: { message: detail.message, errors: [detail], category: "VALIDATION_ERROR" } };
}

/** The error for a request without a token. */
export const noToken: ErrorAnswer = {
  status: 401,
  body: {
    message:
      "Authentication credentials not found. This API supports OAuth 2.0 authentication and you can find more details at https://developers.hubspot.com/docs/methods/auth/oauth-overview",
    category: "INVALID_AUTHENTICATION",
  },
};

/** The error for a path whose id cannot have been issued. */
export function undecodableId(id: string): ErrorAnswer {
  return {
    status: 400,
    body: {
      message: "Provided ID could not be decoded.",
      context: { id: [id.length > 100 ? `${id.slice(0, 100)}…` : id] },
      category: "VALIDATION_ERROR",
    },
  };
}

/**
 * Returns a complete body, with its keys in HubSpot's order.
 *
 * @example errorBody({ message: "resource not found" }, "01a0…").status; // "error"
 */
export function errorBody(body: ErrorAnswer["body"], correlationId: string): HubspotError {
  const { message, errorType, ...rest } = body;
  return { status: "error", message, ...(errorType !== undefined && { errorType }), correlationId, ...rest };
}

/** Returns the body in the form of HubSpot's document: with a category, and without unlisted properties. */
export function publishedErrorBody({ status, body }: ErrorAnswer, correlationId: string): HubspotError {
  const { message, category = categoryOf(status), context, errors, links, subCategory } = body;
  return {
    message,
    correlationId,
    ...(errors && { errors }),
    ...(context && { context }),
    ...(links && { links }),
    category,
    ...(subCategory !== undefined && { subCategory }),
  };
}

/** For errors that were observed without a category. */
function categoryOf(status: number): string {
  if (status >= 500) return "INTERNAL_ERROR";
  return { 404: "OBJECT_NOT_FOUND", 423: "LOCKED", 429: "RATE_LIMITS" }[status] ?? "VALIDATION_ERROR";
}

function rateLimit(policy: string): ErrorAnswer {
  return {
    status: 429,
    body: {
      message: `You have reached your ${policy} limit.`,
      errorType: "RATE_LIMIT",
      policyName: policy.toUpperCase(),
    },
  };
}

/**
 * The mock's own 400 errors, by code: the request's instructions to the mock are invalid. HubSpot has no scenarios and
 * no sessions, so it has none of these errors.
 */
export const MOCK_ERRORS = [
  "INVALID_SESSION",
  "INVALID_CLOCK",
  "INVALID_SEED",
  "UNKNOWN_SCENARIO",
  "UNKNOWN_PARAMETER",
  "INVALID_PARAMETER",
  "UNKNOWN_TASK",
] as const;

export type MockError = (typeof MOCK_ERRORS)[number];

/** The default message of a failed task's error. */
export const TASK_ERROR = {
  category: "VALIDATION_ERROR",
  message: "The file could not be fetched from its url.",
} as const;
