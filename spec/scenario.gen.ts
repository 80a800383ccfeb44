// Generated from spec/scenario.schema.json by `npm run generate`. Do not edit.
export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * A scenario of hubspot-import-kit
         * @description What an import task does, step by step, and what goes wrong on the way. The file's name is the scenario's name.
         */
        readonly scenario: {
            /** @description One line for people: what this scenario does. */
            readonly summary: string;
            /** @description What a good client does, in one sentence. */
            readonly client?: string;
            /** @description What the scenario is about. */
            readonly tags?: readonly ("lifecycle" | "http" | "auth" | "limits" | "network" | "payload" | "drift" | "results" | "submit")[];
            /** @description The scenario's parameters, by name. Any value of this file may be written $name. Every scenario also has queued, stored, message and category, if it has such steps. */
            readonly parameters?: {
                readonly [key: string]: {
                    /**
                     * @description The parameter's type. Default string. Not needed together with values.
                     * @enum {unknown}
                     */
                    readonly type?: "duration" | "integer" | "string";
                    readonly default: string | number;
                    readonly description?: string;
                    /** @description The smallest allowed integer. */
                    readonly minimum?: number;
                    /** @description The greatest allowed integer. */
                    readonly maximum?: number;
                    /** @description All allowed values. */
                    readonly values?: readonly (string | number)[];
                };
            };
            /** @description The checks of the contract check (`verify`) that the responses fail. Absent if the responses keep the contract. */
            readonly breaks?: readonly ("http" | "status-declared" | "content-type" | "body-complete" | "body-json" | "schema" | "headers" | "correlation-id" | "task-known" | "task-id" | "status-link" | "state-order" | "terminal-state" | "requested-at" | "date-order" | "no-future" | "end-fixed" | "versions-agree" | "error-count" | "ends-in-time" | "availability" | "refusal-no-token" | "refusal-wrong-token" | "refusal-undecodable-id" | "refusal-unknown-id" | "refusal-missing-url" | "refusal-wrong-enum" | "other-account" | "undocumented-property" | "undocumented-header" | "correlation-header" | "result-as-asked" | "open-question")[];
            /** @description The states in their order. Each state but the last ends after a while; the last one stays. */
            readonly steps: readonly {
                /** @description FAILURE ends as the mock's failure option says; HubSpot has no such state. */
                readonly state: ("PENDING" | "PROCESSING" | "COMPLETE" | "CANCELED" | "FAILURE") | components["schemas"]["parameter"];
                readonly for?: components["schemas"]["duration"] | components["schemas"]["parameter"];
                /** @description How many polls see this state under pace polls. Default 1. */
                readonly polls?: number | components["schemas"]["parameter"];
                /** @description How many errors an ended task reports. Default 0. */
                readonly errors?: number | components["schemas"]["parameter"];
                /** @description What each of its errors says, if not the usual text. */
                readonly error?: {
                    readonly category?: string;
                    readonly message?: string;
                    readonly status?: string;
                    readonly id?: string;
                    readonly subCategory?: Record<string, unknown>;
                    readonly context?: {
                        readonly [key: string]: readonly string[];
                    };
                    readonly links?: {
                        readonly [key: string]: string;
                    };
                    readonly errors?: readonly Record<string, unknown>[];
                };
                /** @description Whether an ended task shows a file. Default: COMPLETE without errors does. */
                readonly result?: boolean;
            }[];
            /** @description Responses that replace or change the task's own, and when. The first fault whose conditions all hold applies. A response that hides the task does not move it. */
            readonly faults?: readonly (components["schemas"]["effect"] & {
                /** @description The operations that the fault applies to. Default: checkImportStatus. */
                readonly on?: readonly ("importFromUrl" | "checkImportStatus" | "deleteFile")[];
                /** @description The versions of the API that the fault applies to. Default: all. */
                readonly versions?: readonly string[];
                /** @description Which polls of the task the fault applies to, counted from 1: one, the first and the last, { first, count }, or { after: N } for all but the first N. With during, polls that find the task in another state do not count. Default: all. Only for checkImportStatus. */
                readonly polls?: components["schemas"]["range"];
                /** @description Which imports under this scenario the fault applies to, counted from 1 in a session: one, the first and the last, { first, count }, or { after: N } for all but the first N. Default: all. Only with on: [importFromUrl]. */
                readonly imports?: components["schemas"]["range"];
                /** @description The states in which the fault applies. Default: any. */
                readonly during?: readonly ("PENDING" | "PROCESSING" | "COMPLETE" | "CANCELED")[];
                /** @description How long after the task's end the fault begins to apply. */
                readonly afterEnd?: components["schemas"]["duration"] | components["schemas"]["parameter"];
                /** @description How long after the task's import the fault begins to apply. */
                readonly afterImport?: components["schemas"]["duration"] | components["schemas"]["parameter"];
                /**
                 * @description new-token: the fault applies only to requests with the first token that it applied to.
                 * @enum {unknown}
                 */
                readonly until?: "new-token";
            })[];
            /** @description Properties of the result that replace what the import requested. */
            readonly file?: {
                /** @description The file's name with its extension, which decides its type. */
                readonly name?: string | components["schemas"]["parameter"];
                /** @description The file's size in bytes. */
                readonly size?: number | components["schemas"]["parameter"];
                /** @description How long before the import's end the file was created. A duplicate is an older file. */
                readonly createdAgo?: components["schemas"]["duration"] | components["schemas"]["parameter"];
            };
            /** @description How many requests under this scenario succeed in a session. More get HubSpot's 429 until the window has passed. */
            readonly limits?: {
                /** @description Requests in ten seconds: TEN_SECONDLY_ROLLING. */
                readonly tenSecondly?: number | components["schemas"]["parameter"];
                /** @description Requests in one second: SECONDLY. */
                readonly secondly?: number | components["schemas"]["parameter"];
                /** @description Requests in one day: DAILY. */
                readonly daily?: number | components["schemas"]["parameter"];
            };
        };
        /**
         * duration
         * @description Write a number with a unit, such as 500ms, 2s or 1m.
         */
        readonly duration: string;
        /**
         * duration
         * @description Write 2s, -2s or 2000ms.
         */
        readonly signedDuration: string;
        /**
         * header's name
         * @description Write letters, digits and hyphens.
         */
        readonly headerName: unknown;
        /**
         * header's value
         * @description Write printable ASCII.
         */
        readonly headerValue: string;
        /**
         * JSON pointer
         * @description Write /status or /links/status.
         */
        readonly pointer: string;
        /**
         * parameter
         * @description A parameter's value: $name.
         */
        readonly parameter: `$${string}`;
        /** Which of several */
        readonly range: number | readonly [
            number | components["schemas"]["parameter"],
            number | components["schemas"]["parameter"]
        ] | {
            readonly first: number | components["schemas"]["parameter"];
            readonly count: number | components["schemas"]["parameter"];
        } | {
            readonly after: number | components["schemas"]["parameter"];
        } | components["schemas"]["parameter"];
        /**
         * Effect on a response
         * @description One of error, page, body, wire, alter, headers and answer, as in a fault.
         */
        readonly effect: {
            /** @description The error that is returned, with HubSpot's status and body. */
            readonly error?: ("expired-token" | "missing-scopes" | "gated" | "banned" | "not-found" | "locked" | "rate-limited" | "secondly-limit" | "daily-limit" | "migration" | "internal-error" | "bad-gateway" | "service-unavailable" | "gateway-timeout") | components["schemas"]["parameter"];
            /** @description The status of an HTML page that HubSpot's edge returns. */
            readonly page?: (404 | 405 | 502 | 503 | 504 | 521 | 523 | 524) | components["schemas"]["parameter"];
            /** @description The value of Retry-After in an error or a page. */
            readonly retryAfter?: components["schemas"]["duration"] | components["schemas"]["parameter"];
            /** @description What is wrong with the response's body: it is cut off in the middle, has one comma too many, is empty, begins with a byte order mark, has the content type of text, or has a Content-Length that is too long or too short. */
            readonly body?: ("truncated" | "malformed" | "empty" | "byte-order-mark" | "wrong-type" | "too-long-length" | "too-short-length") | components["schemas"]["parameter"];
            /** @description What is wrong with the connection: it is reset before the response or in the middle of its body, the body arrives in pieces, or no response ever arrives. */
            readonly wire?: ("reset" | "reset-mid-body" | "drip" | "black-hole") | components["schemas"]["parameter"];
            /** @description The number of pieces in which a drip sends the body. Default 5. */
            readonly chunks?: number | components["schemas"]["parameter"];
            /** @description How long a drip waits before each piece except the first. Default 500ms. */
            readonly pause?: components["schemas"]["duration"] | components["schemas"]["parameter"];
            /** @description Changes to the response's JSON, in their order. A pointer that finds nothing changes nothing. */
            readonly alter?: readonly ({
                /** @description The pointer of the value that becomes `to`; a missing property is added. */
                readonly set: components["schemas"]["pointer"];
                /** @description Any JSON for `set`, a host for `rehost`. */
                readonly to: unknown;
            } | {
                /** @description The pointer of the value that is removed. */
                readonly remove: components["schemas"]["pointer"];
            } | {
                /** @description The pointer of the date that moves by `by`; a negative `by` moves it back. */
                readonly shift: components["schemas"]["pointer"];
                readonly by: components["schemas"]["signedDuration"] | components["schemas"]["parameter"];
            } | {
                /** @description The pointer of the URL that gets the host `to`; other-loopback swaps localhost and 127.0.0.1. */
                readonly rehost: components["schemas"]["pointer"];
                /** @description Any JSON for `set`, a host for `rehost`. */
                readonly to: string;
            })[];
            /** @description Headers that are added to the response, or replace its own. */
            readonly headers?: {
                readonly [key: string]: components["schemas"]["headerValue"];
            };
            /** @description A response of your own. A body that is not a string is sent as JSON. */
            readonly answer?: {
                readonly status: number;
                readonly headers?: {
                    readonly [key: string]: components["schemas"]["headerValue"];
                };
                /** @description A string, or any JSON. */
                readonly body?: unknown;
            };
            /** @description The import is accepted, although its response does not say so. Only on importFromUrl, with error, page, wire: reset or wire: black-hole. */
            readonly accepted?: boolean;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;

/** The words of each kind of effect that a word names. */
export const effectWords = {
    "error": [
        "expired-token",
        "missing-scopes",
        "gated",
        "banned",
        "not-found",
        "locked",
        "rate-limited",
        "secondly-limit",
        "daily-limit",
        "migration",
        "internal-error",
        "bad-gateway",
        "service-unavailable",
        "gateway-timeout"
    ],
    "page": [
        404,
        405,
        502,
        503,
        504,
        521,
        523,
        524
    ],
    "body": [
        "truncated",
        "malformed",
        "empty",
        "byte-order-mark",
        "wrong-type",
        "too-long-length",
        "too-short-length"
    ],
    "wire": [
        "reset",
        "reset-mid-body",
        "drip",
        "black-hole"
    ]
} as const;
