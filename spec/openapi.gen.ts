// Generated from spec/openapi.yaml by `npm run generate`. Do not edit.
export interface paths {
    "/files/v3/files/import-from-url/async": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start the import of a file from a URL.
         * @description Queues a task that fetches `url` and stores it as a file. The response names the task; its progress is read
         *     with the status request. Needs one of the scopes `files`, `files.write` or `files.ui_hidden.write`.
         */
        post: operations["importFromUrl"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/files/v3/files/import-from-url/async/tasks/{taskId}/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the state of an import.
         * @description Returns the state of a task and, once it is stored, the file. There is no FAILED state: an import
         *     that ends without a file is CANCELED. Needs one of the scopes `files`, `files.read` or
         *     `files.ui_hidden.read`.
         */
        get: operations["checkImportStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/files/v3/files/{fileId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete a file.
         * @description Moves a file to the trash. Needs the scope `files.delete`.
         */
        delete: operations["deleteFile"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * @description Who may see the file, and whether search engines may list it.
         * @enum {string}
         */
        Access: "PUBLIC_INDEXABLE" | "PUBLIC_NOT_INDEXABLE" | "HIDDEN_INDEXABLE" | "HIDDEN_NOT_INDEXABLE" | "HIDDEN_PRIVATE" | "HIDDEN_SENSITIVE" | "PRIVATE" | "SENSITIVE";
        /** @description What to import. Exactly one of `folderId` and `folderPath` says where to put it. */
        ImportRequest: {
            /** @description Who may see the imported file. */
            access: components["schemas"]["Access"];
            /** @description Where HubSpot fetches the file. */
            url: string;
            /** @description The file's name in HubSpot; without it, the last part of the url's path. */
            name?: string;
            /** @description Id of the folder for the file. Cannot be combined with folderPath. */
            folderId?: string;
            /** @description Path of the folder for the file; created if it does not exist. Cannot be combined with folderId. */
            folderPath?: string;
            /** @description Whether a file of the same name in the folder is deleted first; the new one gets a new id. */
            overwrite?: boolean;
            /**
             * Format: duration
             * @description How long the file is kept, as an ISO 8601 period from one day (P1D) to one year (P1Y).
             */
            ttl?: string;
            /**
             * Format: date-time
             * @description When HubSpot deletes the file automatically.
             */
            expiresAt?: string;
            /**
             * @description What happens when an identical file exists already.
             * @enum {string}
             */
            duplicateValidationStrategy?: "NONE" | "REJECT" | "RETURN_EXISTING";
            /**
             * @description Where HubSpot looks for an identical file.
             * @enum {string}
             */
            duplicateValidationScope?: "ENTIRE_PORTAL" | "EXACT_FOLDER";
        } & ({
            /** @description Id of the folder for the file. */
            folderId: string;
        } | {
            /** @description Path of the folder for the file; created if it does not exist. */
            folderPath: string;
        });
        /** @description Names a task and says where to request its progress. */
        TaskLocator: {
            /** @description The task's id. Opaque; neither a UUID nor a number. */
            id: string;
            /** @description URLs by name. The one named `status` returns the task's progress and also needs the token. */
            links: {
                /**
                 * Format: uri
                 * @description URL of the task's status. Its host may differ from the host of the request, but is HubSpot's.
                 */
                status: string;
            } & {
                [key: string]: string;
            };
        };
        /** @description A task in one of its four states. Each state's schema describes the properties in that state. */
        TaskStatus: components["schemas"]["TaskPending"] | components["schemas"]["TaskProcessing"] | components["schemas"]["TaskComplete"] | components["schemas"]["TaskCanceled"];
        /** @description A task that has not ended. */
        TaskInFlight: components["schemas"]["TaskPending"] | components["schemas"]["TaskProcessing"];
        /** @description The properties that a task has in every state. */
        TaskBase: {
            /** @description The id from the request. */
            taskId: string;
            /**
             * Format: date-time
             * @description When the import was requested. The same in every response.
             */
            requestedAt?: string;
            /** @description URLs by name, among them the URL of this status. */
            links?: {
                [key: string]: string;
            };
        };
        /** @description Queued; the import has not started. No result and no errors yet. */
        TaskPending: {
            /**
             * @description Queued, not started.
             * @constant
             */
            status: "PENDING";
            /**
             * Format: date-time
             * @description Not meaningful yet. Whether it is absent, null or filled is not published.
             */
            startedAt?: string | null;
            /**
             * Format: date-time
             * @description Not meaningful yet. Whether it is absent, null or filled is not published.
             */
            completedAt?: string | null;
            /**
             * Format: int32
             * @description Absent or zero in flight.
             * @constant
             */
            numErrors?: 0;
            /** @description Absent or empty in flight. */
            errors?: components["schemas"]["StandardError"][];
            /** @description Never present; only a COMPLETE task has a file. */
            result?: null;
        } & (components["schemas"]["TaskBase"] & {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            status: "PENDING";
        });
        /** @description The file is being fetched and stored. No result and no errors yet. */
        TaskProcessing: {
            /**
             * @description The file is being fetched and stored.
             * @constant
             */
            status: "PROCESSING";
            /**
             * Format: date-time
             * @description When the import left the queue. Whether it may be absent or null is not published.
             */
            startedAt?: string | null;
            /**
             * Format: date-time
             * @description Not meaningful yet. Whether it is absent, null or filled is not published.
             */
            completedAt?: string | null;
            /**
             * Format: int32
             * @description Absent or zero in flight.
             * @constant
             */
            numErrors?: 0;
            /** @description Absent or empty in flight. */
            errors?: components["schemas"]["StandardError"][];
            /** @description Never present; only a COMPLETE task has a file. */
            result?: null;
        } & (components["schemas"]["TaskBase"] & {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            status: "PROCESSING";
        });
        /** @description Ended, with a file or with errors that explain why there is no file. */
        TaskComplete: {
            /**
             * @description Ended.
             * @constant
             */
            status: "COMPLETE";
            /**
             * Format: date-time
             * @description When the import left the queue.
             */
            startedAt: string;
            /**
             * Format: date-time
             * @description When the import ended. The same in every later response.
             */
            completedAt: string;
        } & (components["schemas"]["TaskBase"] & {
            /** @description The file that was created. */
            result?: components["schemas"]["File"];
            /**
             * Format: int32
             * @description How many errors the task has.
             */
            numErrors?: number;
            /** @description What went wrong, one entry for each error. */
            errors?: components["schemas"]["StandardError"][];
        } & ({
            /** @description The file that was created. */
            result: components["schemas"]["File"];
        } | {
            /** @description At least one error explains why there is no file. */
            numErrors: number;
        } | {
            /** @description The same without numErrors. */
            errors: components["schemas"]["StandardError"][];
        }) & {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            status: "COMPLETE";
        });
        /** @description Ended without a file. This is how an import fails; a FAILED state does not exist. */
        TaskCanceled: {
            /**
             * @description Ended without a file.
             * @constant
             */
            status: "CANCELED";
            /**
             * Format: date-time
             * @description When the import left the queue; may be missing if it never did.
             */
            startedAt?: string | null;
            /**
             * Format: date-time
             * @description When the import ended. The same in every later response.
             */
            completedAt?: string;
            /**
             * Format: int32
             * @description How many errors the task has. Whether a canceled task always has one is not published.
             */
            numErrors?: number;
            /** @description What went wrong, one entry for each error. */
            errors?: components["schemas"]["StandardError"][];
            /** @description Never present; only a COMPLETE task has a file. */
            result?: null;
        } & (components["schemas"]["TaskBase"] & {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            status: "CANCELED";
        });
        /** @description A stored file. Properties that do not apply are absent, so a document has no width. */
        File: {
            /**
             * @description The file's id, a number written as a string.
             * @example 187340915526
             */
            id: string;
            /**
             * Format: date-time
             * @description When the file was created.
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When the file last changed; never before createdAt.
             */
            updatedAt: string;
            /** @description Whether the file is in the trash. */
            archived: boolean;
            /**
             * Format: date-time
             * @description When the file was moved to the trash.
             */
            archivedAt?: string;
            /** @description Id of the folder that contains the file. */
            parentFolderId?: string;
            /** @description The file's name without its extension. */
            name?: string;
            /**
             * @description The file's place in the file manager, from "/" to the extension.
             * @example /library/cats/cat.png
             */
            path?: string;
            /**
             * Format: int64
             * @description Size in bytes.
             */
            size?: number;
            /**
             * Format: int32
             * @description Height in pixels; images only.
             */
            height?: number;
            /**
             * Format: int32
             * @description Width in pixels; images only.
             */
            width?: number;
            /** @description How the pixels are encoded, such as png; images only. */
            encoding?: string;
            /** @description Kind of content, such as IMG, DOCUMENT, AUDIO, MOVIE or OTHER. The list may grow. */
            type?: string;
            /** @description The part of the file's name after its last dot; empty if the name has no dot. */
            extension?: string;
            /**
             * Format: uri
             * @description Where HubSpot serves the file.
             */
            defaultHostingUrl?: string;
            /**
             * Format: uri
             * @description Where the file is served. For a private file it returns 404 unless the URL is signed.
             */
            url?: string;
            /**
             * @description MD5 of the content, 32 hexadecimal digits.
             * @example 5f2b9c0d7ae14c6b9e3f70a2d1c84e96
             */
            fileMd5?: string;
            /** @description Whether pages and e-mails may use the file. */
            isUsableInContent?: boolean;
            /**
             * Format: int64
             * @description When HubSpot deletes the file automatically, in epoch milliseconds.
             */
            expiresAt?: number;
            /**
             * @description Which part of HubSpot the file came from.
             * @enum {string}
             */
            sourceGroup?: "CONTENT" | "CONVERSATIONS" | "FORMS" | "UI_EXTENSIONS" | "UNKNOWN";
            /** @description Who may see the file. */
            access: components["schemas"]["Access"];
        };
        /** @description One error of a task. */
        StandardError: {
            /** @description The word "error". */
            status: string;
            /** @description Identifies this error. */
            id?: string;
            /** @description Kind of error, such as VALIDATION_ERROR. */
            category: string;
            /** @description A more precise kind. Published as an object here and as a string elsewhere. */
            subCategory?: string | Record<string, never>;
            /** @description What went wrong, for people. */
            message: string;
            /** @description Values that belong to the message. */
            context?: components["schemas"]["ErrorContext"];
            /** @description URLs of helpful pages. */
            links?: {
                [key: string]: string;
            };
            /** @description Details. */
            errors?: components["schemas"]["ErrorDetail"][];
        };
        /** @description A detail of an error, often about one field. */
        ErrorDetail: {
            /** @description What went wrong, for people. */
            message: string;
            /** @description What went wrong, for programs. */
            code?: string;
            /** @description Name of the field or parameter that the detail is about. */
            in?: string;
            /** @description A more precise kind. */
            subCategory?: string | Record<string, never>;
            /** @description Values that belong to the message. */
            context?: components["schemas"]["ErrorContext"];
        };
        /** @description Values by name, each a list of strings. */
        ErrorContext: {
            [key: string]: string[];
        };
        /** @description The body of a response that is not a success. */
        Error: {
            /** @description The word "error". */
            status?: string;
            /** @description What went wrong, for people. */
            message: string;
            /**
             * Format: uuid
             * @description Identifies the request in HubSpot's logs; equals the X-HubSpot-Correlation-Id header.
             */
            correlationId: string;
            /** @description Kind of error, such as VALIDATION_ERROR. Often absent, although published as required. */
            category?: string;
            /** @description A more precise kind. */
            subCategory?: string;
            /** @description The word RATE_LIMIT on a 429. */
            errorType?: string;
            /** @description Which rate limit was reached, such as TEN_SECONDLY_ROLLING or DAILY. */
            policyName?: string;
            /** @description Which group of requests the rate limit applies to. */
            groupName?: string;
            /** @description Identifies the request, on some 429 responses. */
            requestId?: string;
            /** @description Values that belong to the message. */
            context?: components["schemas"]["ErrorContext"];
            /** @description URLs of helpful pages. */
            links?: {
                [key: string]: string;
            };
            /** @description Details. */
            errors?: components["schemas"]["ErrorDetail"][];
        };
        /** @description An HTML page from the edge in front of HubSpot. It has no machine-readable error. */
        EdgePage: string;
    };
    responses: {
        /** @description The token is missing, wrong or expired. */
        Unauthorized: {
            headers: {
                "X-HubSpot-Correlation-Id": components["headers"]["CorrelationId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The token lacks a scope, or the account may not use this operation. */
        Forbidden: {
            headers: {
                "X-HubSpot-Correlation-Id": components["headers"]["CorrelationId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The resource is locked at the moment. Wait two seconds or more, then try again. */
        Locked: {
            headers: {
                "X-HubSpot-Correlation-Id": components["headers"]["CorrelationId"];
                "Retry-After": components["headers"]["RetryAfterUnproven"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description A rate limit is reached. Wait, then try again. */
        TooManyRequests: {
            headers: {
                "X-HubSpot-Correlation-Id": components["headers"]["CorrelationId"];
                "X-HubSpot-RateLimit-Max": components["headers"]["RateLimitMax"];
                "X-HubSpot-RateLimit-Remaining": components["headers"]["RateLimitRemaining"];
                "X-HubSpot-RateLimit-Interval-Milliseconds": components["headers"]["RateLimitInterval"];
                "Retry-After": components["headers"]["RetryAfterUnproven"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The account is being moved to another data centre. Try again after Retry-After seconds, up to a day. */
        MigrationInProgress: {
            headers: {
                "X-HubSpot-Correlation-Id": components["headers"]["CorrelationId"];
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description Something failed inside HubSpot. */
        InternalError: {
            headers: {
                "X-HubSpot-Correlation-Id": components["headers"]["CorrelationId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
                "text/html": components["schemas"]["EdgePage"];
            };
        };
        /** @description The edge could not reach HubSpot. Try again. */
        BadGateway: {
            headers: {
                "Retry-After": components["headers"]["RetryAfterUnproven"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
                "text/html": components["schemas"]["EdgePage"];
            };
        };
        /** @description HubSpot is overloaded or in maintenance. Try again. */
        ServiceUnavailable: {
            headers: {
                "Retry-After": components["headers"]["RetryAfterUnproven"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
                "text/html": components["schemas"]["EdgePage"];
            };
        };
        /** @description HubSpot did not respond to the edge in time. Try again. */
        GatewayTimeout: {
            headers: {
                "Retry-After": components["headers"]["RetryAfterUnproven"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
                "text/html": components["schemas"]["EdgePage"];
            };
        };
        /** @description The edge could not reach HubSpot (521, 523) or waited too long for it (524). Try again. */
        EdgeFailure: {
            headers: {
                "Retry-After": components["headers"]["RetryAfterUnproven"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
                "text/html": components["schemas"]["EdgePage"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: {
        /** @description Identifies this request in HubSpot's logs; an error's body repeats it. */
        CorrelationId: string;
        /** @description Requests allowed per interval. */
        RateLimitMax: number;
        /** @description Requests left in the current interval. */
        RateLimitRemaining: number;
        /** @description Length of the interval in milliseconds. */
        RateLimitInterval: number;
        /** @description Requests allowed per second. */
        RateLimitSecondly: number;
        /** @description Requests left in the current second. */
        RateLimitSecondlyRemaining: number;
        /** @description Requests allowed per day; absent for OAuth apps. */
        RateLimitDaily: number;
        /** @description Requests left today; absent for OAuth apps. */
        RateLimitDailyRemaining: number;
        /** @description Seconds to wait before the next attempt. Not documented for this status. */
        RetryAfterUnproven: number;
        /** @description Seconds to wait before the next attempt. */
        RetryAfter: number;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    importFromUrl: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description What to import, where to put it and who may see it. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["ImportRequest"];
            };
        };
        responses: {
            /** @description The import is queued; the locator says where to request its progress. */
            202: {
                headers: {
                    "X-HubSpot-Correlation-Id": components["headers"]["CorrelationId"];
                    "X-HubSpot-RateLimit-Max": components["headers"]["RateLimitMax"];
                    "X-HubSpot-RateLimit-Remaining": components["headers"]["RateLimitRemaining"];
                    "X-HubSpot-RateLimit-Interval-Milliseconds": components["headers"]["RateLimitInterval"];
                    "X-HubSpot-RateLimit-Secondly": components["headers"]["RateLimitSecondly"];
                    "X-HubSpot-RateLimit-Secondly-Remaining": components["headers"]["RateLimitSecondlyRemaining"];
                    "X-HubSpot-RateLimit-Daily": components["headers"]["RateLimitDaily"];
                    "X-HubSpot-RateLimit-Daily-Remaining": components["headers"]["RateLimitDailyRemaining"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskLocator"];
                };
            };
            /** @description The body is not JSON, lacks a field, or a field's value is not allowed. */
            400: {
                headers: {
                    "X-HubSpot-Correlation-Id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description The folder named by `folderId` does not exist. */
            404: {
                headers: {
                    "X-HubSpot-Correlation-Id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The request body is too large. No limit is published; the status is our reading of HTTP. */
            413: {
                headers: {
                    "X-HubSpot-Correlation-Id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The request's Content-Type is not JSON. The status is our reading of HTTP. */
            415: {
                headers: {
                    "X-HubSpot-Correlation-Id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            423: components["responses"]["Locked"];
            429: components["responses"]["TooManyRequests"];
            477: components["responses"]["MigrationInProgress"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
            504: components["responses"]["GatewayTimeout"];
            521: components["responses"]["EdgeFailure"];
            523: components["responses"]["EdgeFailure"];
            524: components["responses"]["EdgeFailure"];
        };
    };
    checkImportStatus: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The task's id, as the import's response gave it. Opaque; neither a UUID nor a number. */
                taskId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The task, in any of its states. */
            200: {
                headers: {
                    "X-HubSpot-Correlation-Id": components["headers"]["CorrelationId"];
                    "X-HubSpot-RateLimit-Max": components["headers"]["RateLimitMax"];
                    "X-HubSpot-RateLimit-Remaining": components["headers"]["RateLimitRemaining"];
                    "X-HubSpot-RateLimit-Interval-Milliseconds": components["headers"]["RateLimitInterval"];
                    "X-HubSpot-RateLimit-Secondly": components["headers"]["RateLimitSecondly"];
                    "X-HubSpot-RateLimit-Secondly-Remaining": components["headers"]["RateLimitSecondlyRemaining"];
                    "X-HubSpot-RateLimit-Daily": components["headers"]["RateLimitDaily"];
                    "X-HubSpot-RateLimit-Daily-Remaining": components["headers"]["RateLimitDailyRemaining"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskStatus"];
                };
            };
            /**
             * @description The task, still in flight. Unproven: whether HubSpot returns 200 or 202 before the end is not published,
             *     so a client must accept both.
             */
            202: {
                headers: {
                    "X-HubSpot-Correlation-Id": components["headers"]["CorrelationId"];
                    "X-HubSpot-RateLimit-Max": components["headers"]["RateLimitMax"];
                    "X-HubSpot-RateLimit-Remaining": components["headers"]["RateLimitRemaining"];
                    "X-HubSpot-RateLimit-Interval-Milliseconds": components["headers"]["RateLimitInterval"];
                    "X-HubSpot-RateLimit-Secondly": components["headers"]["RateLimitSecondly"];
                    "X-HubSpot-RateLimit-Secondly-Remaining": components["headers"]["RateLimitSecondlyRemaining"];
                    "X-HubSpot-RateLimit-Daily": components["headers"]["RateLimitDaily"];
                    "X-HubSpot-RateLimit-Daily-Remaining": components["headers"]["RateLimitDailyRemaining"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskInFlight"];
                };
            };
            /** @description The id in the path is not one that HubSpot could have issued. */
            400: {
                headers: {
                    "X-HubSpot-Correlation-Id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description The id is well formed, but no task has it. */
            404: {
                headers: {
                    "X-HubSpot-Correlation-Id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            423: components["responses"]["Locked"];
            429: components["responses"]["TooManyRequests"];
            477: components["responses"]["MigrationInProgress"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
            504: components["responses"]["GatewayTimeout"];
            521: components["responses"]["EdgeFailure"];
            523: components["responses"]["EdgeFailure"];
            524: components["responses"]["EdgeFailure"];
        };
    };
    deleteFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The file's id, from the result of its import. */
                fileId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file is deleted. */
            204: {
                headers: {
                    "X-HubSpot-Correlation-Id": components["headers"]["CorrelationId"];
                    "X-HubSpot-RateLimit-Max": components["headers"]["RateLimitMax"];
                    "X-HubSpot-RateLimit-Remaining": components["headers"]["RateLimitRemaining"];
                    "X-HubSpot-RateLimit-Interval-Milliseconds": components["headers"]["RateLimitInterval"];
                    "X-HubSpot-RateLimit-Secondly": components["headers"]["RateLimitSecondly"];
                    "X-HubSpot-RateLimit-Secondly-Remaining": components["headers"]["RateLimitSecondlyRemaining"];
                    "X-HubSpot-RateLimit-Daily": components["headers"]["RateLimitDaily"];
                    "X-HubSpot-RateLimit-Daily-Remaining": components["headers"]["RateLimitDailyRemaining"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The id in the path is not a file id. */
            400: {
                headers: {
                    "X-HubSpot-Correlation-Id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description No file has this id. */
            404: {
                headers: {
                    "X-HubSpot-Correlation-Id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            423: components["responses"]["Locked"];
            429: components["responses"]["TooManyRequests"];
            477: components["responses"]["MigrationInProgress"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
            504: components["responses"]["GatewayTimeout"];
            521: components["responses"]["EdgeFailure"];
            523: components["responses"]["EdgeFailure"];
            524: components["responses"]["EdgeFailure"];
        };
    };
}
