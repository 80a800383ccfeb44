// Generated from spec/control.openapi.yaml by `npm run generate`. Do not edit.
export interface paths {
    "/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the entry points.
         * @description URLs of the mock and of the default session. The path works with and without the slash at its end.
         */
        get: operations["readIndex"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Check that the process responds.
         * @description For a liveness probe. It does not say whether the mock works correctly.
         */
        get: operations["readHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Check that the mock serves requests.
         * @description For a readiness probe. The mock listens only after its validators are compiled, so any response means that it is ready.
         */
        get: operations["readReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.yaml": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read this document as it was written.
         * @description The document that defines the routes and validates their requests.
         */
        get: operations["readDocument"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read this document as JSON.
         * @description The same document, for tools that cannot read YAML.
         */
        get: operations["readJsonDocument"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the counters of the mock.
         * @description In Prometheus' text format, counted since the mock started. A reset does not change them.
         */
        get: operations["readMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow exchanges as they happen.
         * @description Server-sent events, one `exchange` for each request from now on, with an `Exchange` as its data. A
         *     comment every 15 seconds makes proxies keep the connection. A client that reconnects sends the last id that it
         *     received, as `EventSource` does by itself, and gets what it has missed of the last thousand exchanges. If it missed
         *     more, an event `lost` comes first. Its data has a `message` and, if known, the number of lost `exchanges`. An event
         *     `change` says that a session, or with no `session` in its data the whole mock, was changed through this API.
         */
        get: operations["followEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/scenarios": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List all scenarios.
         * @description The catalogue, including your own scenarios.
         */
        get: operations["listScenarios"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/scenarios/{scenario}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one scenario.
         * @description Its steps and its faults.
         */
        get: operations["readScenario"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reset the whole mock.
         * @description Removes all sessions with their tasks, clocks and journals. The default session starts again with the settings that the mock was started with.
         */
        post: operations["resetMock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/snapshot": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export all sessions.
         * @description Lets another mock continue where this one is. Journals are not included.
         */
        get: operations["exportMock"];
        /**
         * Import all sessions.
         * @description Sessions that the snapshot lacks are removed. An invalid snapshot changes nothing.
         */
        put: operations["importMock"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the sessions.
         * @description In the order of their last use, the last used one at the end. At a thousand sessions, a new one evicts the least recently used.
         */
        get: operations["listSessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/{session}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's name; `default` for requests that name none. */
                session: components["parameters"]["Session"];
            };
            cookie?: never;
        };
        /**
         * Read one session.
         * @description Its settings, its clock, and how a client selects it.
         */
        get: operations["readSession"];
        /**
         * Create a session, or change some of its settings.
         * @description A new session takes settings that are left out from the mock's start. An existing session keeps
         *     settings that are left out. Its running tasks keep the settings that they started with.
         */
        put: operations["putSession"];
        post?: never;
        /**
         * Delete a session.
         * @description The default session is reset instead.
         */
        delete: operations["deleteSession"];
        options?: never;
        head?: never;
        /**
         * Change some settings of an existing session.
         * @description Settings that are left out stay the same. Running tasks keep the settings that they started with.
         */
        patch: operations["configureSession"];
        trace?: never;
    };
    "/sessions/{session}/reset": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's name; `default` for requests that name none. */
                session: components["parameters"]["Session"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reset a session.
         * @description Its tasks, clock, journal and settings are as when the mock started.
         */
        post: operations["resetSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/{session}/snapshot": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's name; `default` for requests that name none. */
                session: components["parameters"]["Session"];
            };
            cookie?: never;
        };
        /**
         * Export a session.
         * @description Lets another mock continue where this session is. The journal is not included.
         */
        get: operations["exportSession"];
        /**
         * Import a session.
         * @description Creates the session if it does not exist. An invalid snapshot changes nothing.
         */
        put: operations["importSession"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/{session}/tasks": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's name; `default` for requests that name none. */
                session: components["parameters"]["Session"];
            };
            cookie?: never;
        };
        /**
         * List a session's tasks.
         * @description The tasks that were started or polled, in the order of their start. Beyond 10,000 tasks, the least recently used one is evicted.
         */
        get: operations["listTasks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/{session}/tasks/{task}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's name; `default` for requests that name none. */
                session: components["parameters"]["Session"];
                /** @description The task's id or short name: `3`, `%233` (`#3`), `rate-limited%233`, or `last` for the newest. */
                task: components["parameters"]["Task"];
            };
            cookie?: never;
        };
        /**
         * Read a task with its timeline.
         * @description Its past and future states, and its exchanges that are still in the journal. Under pace polls, the task is as its last poll showed it.
         */
        get: operations["readTask"];
        put?: never;
        post?: never;
        /**
         * Delete a task.
         * @description A later request for its id starts it again. A scenario's name alone is a 409 if that scenario has other tasks too: a URL with NAME#3 arrives as NAME when `#` is not encoded.
         */
        delete: operations["deleteTask"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/{session}/tasks/{task}/state": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's name; `default` for requests that name none. */
                session: components["parameters"]["Session"];
                /** @description The task's id or short name: `3`, `%233` (`#3`), `rate-limited%233`, or `last` for the newest. */
                task: components["parameters"]["Task"];
            };
            cookie?: never;
        };
        get?: never;
        /**
         * Put a task into a state.
         * @description It stays in that state until another is forced. A final state never changes, and no task goes back to PENDING.
         */
        put: operations["forceState"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/{session}/tasks/{task}/answers": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's name; `default` for requests that name none. */
                session: components["parameters"]["Session"];
                /** @description The task's id or short name: `3`, `%233` (`#3`), `rate-limited%233`, or `last` for the newest. */
                task: components["parameters"]["Task"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Inject responses to the next polls of a task.
         * @description Each injected response replaces the task's own response once, or as often as `times` says, in the order of injection.
         */
        post: operations["injectAnswer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/{session}/tasks/{task}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's name; `default` for requests that name none. */
                session: components["parameters"]["Session"];
                /** @description The task's id or short name: `3`, `%233` (`#3`), `rate-limited%233`, or `last` for the newest. */
                task: components["parameters"]["Task"];
            };
            cookie?: never;
        };
        /**
         * Read what a poll would get.
         * @description The response that a poll would get at another moment. Nothing happens by it; no poll is counted, and the journal does not have it.
         */
        get: operations["previewPoll"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/{session}/tasks/{task}/next": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's name; `default` for requests that name none. */
                session: components["parameters"]["Session"];
                /** @description The task's id or short name: `3`, `%233` (`#3`), `rate-limited%233`, or `last` for the newest. */
                task: components["parameters"]["Task"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Move a task to its next step.
         * @description Only has an effect under pace manual. A task that has ended, or whose state was forced, does not move.
         */
        post: operations["moveTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/{session}/next": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's name; `default` for requests that name none. */
                session: components["parameters"]["Session"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Move all tasks to their next step.
         * @description Only has an effect under pace manual. Tasks that have ended, or whose state was forced, do not move.
         */
        post: operations["moveTasks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/{session}/clock": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's name; `default` for requests that name none. */
                session: components["parameters"]["Session"];
            };
            cookie?: never;
        };
        /**
         * Read a session's clock.
         * @description Its time, its rate, and whether it is frozen.
         */
        get: operations["readClock"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/{session}/clock/freeze": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's name; `default` for requests that name none. */
                session: components["parameters"]["Session"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Freeze a session's clock.
         * @description It stays frozen until it is resumed, even after it is advanced or set.
         */
        post: operations["freezeClock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/{session}/clock/resume": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's name; `default` for requests that name none. */
                session: components["parameters"]["Session"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resume a session's clock.
         * @description It runs on from its current time, at its current rate.
         */
        post: operations["resumeClock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/{session}/clock/advance": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's name; `default` for requests that name none. */
                session: components["parameters"]["Session"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Advance a session's clock, or turn it back.
         * @description The change is immediate, however large it is.
         */
        post: operations["advanceClock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/{session}/clock/set": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's name; `default` for requests that name none. */
                session: components["parameters"]["Session"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set a session's clock.
         * @description A frozen clock stays at that instant; a running clock runs on from it.
         */
        post: operations["setClock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/{session}/clock/rate": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's name; `default` for requests that name none. */
                session: components["parameters"]["Session"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change the rate of a session's clock.
         * @description From what it shows.
         */
        post: operations["setClockRate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/{session}/clock/to-next-change": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's name; `default` for requests that name none. */
                session: components["parameters"]["Session"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Advance a session's clock to a task's next change.
         * @description Exactly to that change. A task that time does not change is a 409.
         */
        post: operations["advanceToNextChange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/{session}/journal": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's name; `default` for requests that name none. */
                session: components["parameters"]["Session"];
            };
            cookie?: never;
        };
        /**
         * List a session's exchanges.
         * @description The oldest first. The journal holds the last thousand, without tokens and other secrets.
         */
        get: operations["listExchanges"];
        put?: never;
        post?: never;
        /**
         * Empty a session's journal.
         * @description Numbering continues. Tasks, clock and coverage stay.
         */
        delete: operations["clearJournal"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/{session}/journal.har": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's name; `default` for requests that name none. */
                session: components["parameters"]["Session"];
            };
            cookie?: never;
        };
        /**
         * Export a session's exchanges as HAR.
         * @description HAR 1.2, which browsers' developer tools open, `verify --recording` judges and `mock --replay` replays.
         */
        get: operations["exportJournal"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/{session}/report.html": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's name; `default` for requests that name none. */
                session: components["parameters"]["Session"];
            };
            cookie?: never;
        };
        /**
         * Show what a session's clients did, as one page.
         * @description For each task its timeline with the polls that broke a rule, the rules, each request as a curl command, and the
         *     session's HAR as a download. The page has no script and loads nothing, so it can be mailed.
         */
        get: operations["readReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/{session}/journal/{exchange}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's name; `default` for requests that name none. */
                session: components["parameters"]["Session"];
                /** @description The exchange's number in its session, from 1. */
                exchange: components["parameters"]["Exchange"];
            };
            cookie?: never;
        };
        /**
         * Read one exchange.
         * @description The request, its response, and the reason for it.
         */
        get: operations["readExchange"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/{session}/journal/{exchange}/curl": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's name; `default` for requests that name none. */
                session: components["parameters"]["Session"];
                /** @description The exchange's number in its session, from 1. */
                exchange: components["parameters"]["Exchange"];
            };
            cookie?: never;
        };
        /**
         * Read one request as a curl command.
         * @description For a POSIX shell. The token is written as `$HUBSPOT_ACCESS_TOKEN`, because the mock never keeps it.
         */
        get: operations["readCurl"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/{session}/verifications": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's name; `default` for requests that name none. */
                session: components["parameters"]["Session"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check how often a request was sent.
         * @description Without a number, at least once. A failed expectation is a 200 with `passed` false, not an error.
         */
        post: operations["verifyJournal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/{session}/conduct": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's name; `default` for requests that name none. */
                session: components["parameters"]["Session"];
            };
            cookie?: never;
        };
        /**
         * Read how the client behaved.
         * @description The rules of docs/conduct.md, judged from the journal.
         */
        get: operations["readConduct"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/{session}/coverage": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's name; `default` for requests that name none. */
                session: components["parameters"]["Session"];
            };
            cookie?: never;
        };
        /**
         * Read what the session has covered.
         * @description Which of all scenarios, states and faults were used. Unlike the journal, this never evicts anything.
         */
        get: operations["readCoverage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/conduct": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read how all clients behaved.
         * @description The rules of docs/conduct.md, judged from the journals of all sessions.
         */
        get: operations["readConductOfAll"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/coverage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read what all sessions have covered.
         * @description Which of all scenarios, states and faults were used since the mock started. A reset does not change it.
         */
        get: operations["readCoverageOfAll"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description A problem in the form of RFC 9457. */
        Problem: {
            /** @description The kind of problem, as in docs/errors.md. */
            type: string;
            /** @description The kind in a few words. */
            title: string;
            /** @description The HTTP status. */
            status: number;
            /** @description What happened, to what, and what to do. */
            detail: string;
            /** @description Each mistake in the request's form; empty if the form is right. */
            errors: {
                /** @description Where, such as `/body/state` or `/query/limit`. */
                pointer: string;
                /** @description What is wrong there. */
                message: string;
            }[];
        };
        /**
         * @description JSON, or a table for people.
         * @enum {string}
         */
        TableFormat: "json" | "text";
        /**
         * @description JSON, or a report for people.
         * @enum {string}
         */
        ReportFormat: "json" | "text" | "markdown" | "html";
        /** @description 1 to 64 letters, digits, dots, underscores and hyphens; the first a letter or digit. */
        SessionName: string;
        /** @description A task's id, or its short name: `#3` or `3` for the session's third task, `rate-limited#3`, or `last` for the newest. A task with exactly this id wins over a short name. */
        TaskId: string;
        /** @description A scenario's name, with any parameters that differ from their defaults: `rate-limited;retryAfter=5s`. */
        ScenarioName: string;
        /**
         * @description An operation of the contract.
         * @enum {string}
         */
        Operation: "importFromUrl" | "checkImportStatus" | "deleteFile";
        /**
         * @description An HTTP method.
         * @enum {string}
         */
        Method: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS";
        /** @description An HTTP status. */
        HttpStatus: number;
        /** @description A state in a response; a scenario can show one that the contract does not have. */
        ShownState: string;
        /** @description The version of the API in the request's path, such as v3 or 2026-09. */
        ApiVersion: string;
        /**
         * @description A state of a task.
         * @enum {string}
         */
        State: "PENDING" | "PROCESSING" | "COMPLETE" | "CANCELED";
        /**
         * @description A state of a task; FAILURE is the end that the setting `failure` selects.
         * @enum {string}
         */
        StepState: "PENDING" | "PROCESSING" | "COMPLETE" | "CANCELED" | "FAILURE";
        /**
         * @description What moves tasks.
         * @enum {string}
         */
        Pace: "time" | "polls" | "manual" | "immediate";
        /** @description A duration such as `90s` or `1.5d`; a bare number means seconds. */
        Duration: string | number;
        /** @description A duration such as `90s`, `-1h` or `1.5d`; a bare number means seconds. */
        SignedDuration: string | number;
        /** @description An instant in milliseconds since 1970. */
        Epoch: number;
        /** @description The seed of all random values. */
        Seed: number;
        /**
         * @description Who may see a file.
         * @enum {string}
         */
        Access: "HIDDEN_INDEXABLE" | "HIDDEN_NOT_INDEXABLE" | "HIDDEN_PRIVATE" | "HIDDEN_SENSITIVE" | "PRIVATE" | "PUBLIC_INDEXABLE" | "PUBLIC_NOT_INDEXABLE" | "SENSITIVE";
        Index: {
            /** @description The version of hubspot-import-kit. */
            version: string;
            /** @description Absolute URLs. */
            links: {
                /** @description This document. */
                document: string;
                /** @description The sessions. */
                sessions: string;
                /** @description The tasks of the default session. */
                tasks: string;
                /** @description The exchanges of the default session. */
                journal: string;
                /** @description How the clients behaved. */
                conduct: string;
                /** @description All scenarios. */
                scenarios: string;
                /** @description Exchanges as they happen. */
                events: string;
                /** @description A check that the process responds. */
                health: string;
                /** @description The counters of the mock. */
                metrics: string;
            };
        };
        Health: {
            /**
             * @description Always ok.
             * @constant
             */
            status: "ok";
            /** @description The version of hubspot-import-kit. */
            version: string;
        };
        ScenarioSummary: {
            name: components["schemas"]["ScenarioName"];
            /** @description What it does. */
            summary: string;
            /** @description What a good client does. */
            client?: string;
            /** @description Its topics. */
            tags: string[];
            /** @description The checks that its responses fail. */
            breaks?: string[];
            /** @description The parameters that may follow its name, as in `rate-limited;burst=3`. */
            parameters?: {
                /** @description Its name. */
                name: string;
                /**
                 * @description The type of its value.
                 * @enum {string}
                 */
                type: "duration" | "integer" | "string" | "enum";
                /** @description Its default value. */
                default: string;
                /** @description The allowed values, in words. */
                allowed: string;
                /** @description The allowed values, if they are a list. */
                values?: string[];
                /** @description What the parameter does. */
                description?: string;
            }[];
        };
        ScenarioList: {
            /** @description By name. */
            scenarios: components["schemas"]["ScenarioSummary"][];
        };
        Scenario: {
            /** @description Its states in their order. */
            steps: {
                state: components["schemas"]["StepState"];
                /** @description How long the state lasts under pace time; absent for the last state. */
                forMs?: number;
                /** @description How many polls see the state under pace polls. */
                polls?: number;
            }[];
            /** @description The faults. `polls` and `imports` are the first and the last request that a fault applies to; the last is null if there is none. */
            faults: {
                [key: string]: unknown;
            }[];
        } & components["schemas"]["ScenarioSummary"];
        /** @description How many requests succeed in a session; more get a 429. A limit that is left out does not apply. */
        Limits: {
            /** @description In one second. */
            secondly?: number;
            /** @description In ten seconds. */
            tenSecondly?: number;
            /** @description In one day. */
            daily?: number;
        };
        /** @description Settings of a session; a setting that is left out does not change. */
        SettingsChange: {
            scenario?: components["schemas"]["ScenarioName"];
            seed?: components["schemas"]["Seed"];
            pace?: components["schemas"]["Pace"];
            /** @description By which factor tasks move faster under pace time. */
            speed?: number;
            /**
             * @description The HTTP status before the end.
             * @enum {integer}
             */
            inFlightStatus?: 200 | 202;
            /**
             * @description How dates are written that do not apply yet.
             * @enum {string}
             */
            inFlightDates?: "omit" | "null" | "filled";
            /**
             * @description How a failed import ends.
             * @enum {string}
             */
            failure?: "canceled" | "complete" | "silent";
            /** @description Whether responses also match HubSpot's published document; dates are filled then. */
            asPublished?: boolean;
            /**
             * @description Whether an import in a dated version must have the fields that only the published documents of those versions require.
             * @enum {string}
             */
            datedRequired?: "accept" | "enforce";
            /**
             * @description Which version links to a task's status name.
             * @enum {string}
             */
            statusLink?: "v3" | "requested";
            limits?: components["schemas"]["Limits"];
        };
        /** @description All settings of a session. */
        Settings: {
            scenario: components["schemas"]["ScenarioName"];
            seed: components["schemas"]["Seed"];
            pace: components["schemas"]["Pace"];
            /** @description By which factor tasks move faster under pace time. */
            speed: number;
            /**
             * @description The HTTP status before the end.
             * @enum {integer}
             */
            inFlightStatus: 200 | 202;
            /**
             * @description How dates are written that do not apply yet.
             * @enum {string}
             */
            inFlightDates: "omit" | "null" | "filled";
            /**
             * @description How a failed import ends.
             * @enum {string}
             */
            failure: "canceled" | "complete" | "silent";
            /** @description Whether responses also match HubSpot's published document. */
            asPublished?: boolean;
            /**
             * @description Whether an import in a dated version must have the fields that only the published documents of those versions require.
             * @enum {string}
             */
            datedRequired?: "accept" | "enforce";
            /**
             * @description Which version links to a task's status name.
             * @enum {string}
             */
            statusLink?: "v3" | "requested";
            limits: components["schemas"]["Limits"];
        };
        Session: {
            name: components["schemas"]["SessionName"];
            /** @description The bearer token that selects it. */
            token: string;
            /** @description The base URL that selects it. */
            baseUrl: string;
            /** @description How many tasks it has. */
            tasks: number;
            /** @description How many exchanges its journal holds. */
            exchanges: number;
            settings: components["schemas"]["Settings"];
            clock: components["schemas"]["Clock"];
        };
        SessionList: {
            /** @description In the order of their last use. */
            sessions: components["schemas"]["Session"][];
        };
        TaskName: {
            id: components["schemas"]["TaskId"];
            /** @description Its short name, such as `rate-limited#3`. */
            name: string;
        };
        TaskSummary: {
            id: components["schemas"]["TaskId"];
            /** @description Its short name; `rate-limited#3` is the session's third task. */
            name: string;
            status: components["schemas"]["State"];
            /** @description Its scenario. */
            scenario: string;
            /** @description How often it was polled. */
            polls: number;
            /**
             * Format: date-time
             * @description When it was started.
             */
            requestedAt: string;
            draft: components["schemas"]["Draft"];
            /**
             * Format: date-time
             * @description When a person last chose its state, on the session's clock; absent if nobody did.
             */
            forcedAt?: string;
            timeline?: components["schemas"]["Timeline"];
        };
        /** @description Its past and future states. */
        Timeline: {
            state: components["schemas"]["State"];
            /** @description Whether the task has reached it. */
            isReached: boolean;
            /**
             * Format: date-time
             * @description When the state began or will begin; absent if only a poll or a person can start it.
             */
            at?: string;
        }[];
        Preview: {
            /**
             * Format: date-time
             * @description The moment.
             */
            at: string;
            /** @description The reason for the response, in one sentence. */
            reason: string;
            state?: components["schemas"]["ShownState"];
            /** @description The fault that changed the response, such as error rate-limited or wire reset. */
            effect?: string;
            response: components["schemas"]["SentResponse"];
        };
        TaskList: {
            /** @description In the order of their first request. */
            tasks: components["schemas"]["TaskSummary"][];
        };
        Task: {
            timeline: components["schemas"]["Timeline"];
            /** @description How many injected responses wait for its next polls. */
            injected: number;
            /** @description Its exchanges that are still in the journal. */
            exchanges: components["schemas"]["Exchange"][];
        } & WithRequired<components["schemas"]["TaskSummary"], "timeline">;
        /** @description A state and, for CANCELED, its error. */
        ForcedState: {
            state: components["schemas"]["State"];
            error?: components["schemas"]["ErrorWords"];
        };
        /** @description Properties of a task's error; those that are left out have their usual values. */
        ErrorWords: {
            /** @description The word error. */
            status?: string;
            /** @description Identifies the error. */
            id?: string;
            /** @description The kind of error. */
            category?: string;
            /** @description A more precise kind. */
            subCategory?: string | Record<string, never>;
            /** @description What went wrong. */
            message?: string;
            /** @description Details. */
            errors?: components["schemas"]["DetailWords"][];
            /** @description Values that belong to the message. */
            context?: {
                [key: string]: string[];
            };
            /** @description URLs of helpful pages. */
            links?: {
                [key: string]: string;
            };
        };
        /** @description A detail of a task's error. */
        DetailWords: {
            /** @description What went wrong. */
            message: string;
            /** @description The kind of detail. */
            code?: string;
            /** @description The field or parameter that it is about. */
            in?: string;
            /** @description A more precise kind. */
            subCategory?: string | Record<string, never>;
            /** @description Values that belong to the message. */
            context?: {
                [key: string]: string[];
            };
        };
        /**
         * @description The response that replaces the task's own response to a poll: one of error, page, body, wire, alter, headers and answer,
         *     as in a fault of a scenario (docs/scenarios.md).
         */
        InjectedAnswer: {
            /** @description An error of HubSpot's, such as rate-limited. */
            error?: string;
            /** @description An HTML page of HubSpot's edge, by its status. */
            page?: number;
            /** @description A flaw in the body of the task's own response, such as truncated. */
            body?: string;
            /** @description A fault of the connection, such as reset. */
            wire?: string;
            /** @description Changes to the response's JSON. */
            alter?: {
                [key: string]: unknown;
            }[];
            /** @description Headers that are added to the response. */
            headers?: {
                [key: string]: string;
            };
            /** @description A response of your own. */
            answer?: {
                /** @description The HTTP status. */
                status: number;
                /** @description The headers. */
                headers?: {
                    [key: string]: string;
                };
                /** @description A string, or any JSON. */
                body?: unknown;
            };
            retryAfter?: components["schemas"]["Duration"];
            /** @description The number of pieces that a drip sends the body in. */
            chunks?: number;
            pause?: components["schemas"]["Duration"];
            /** @description How many polls get this response; default 1. */
            times?: number;
            /** @description How many polls get the task's own response first, after all responses that were injected before; default 0. */
            after?: number;
        };
        Moved: {
            /** @description How many tasks moved. */
            moved: number;
        };
        Clock: {
            /**
             * Format: date-time
             * @description Its time.
             */
            now: string;
            /** @description Whether it is frozen. */
            isFrozen: boolean;
            /** @description By which factor it runs faster than the mock's clock. */
            rate: number;
            /** @description By how much it was advanced in total. */
            advancedMs: number;
        };
        /** @description The duration; a negative one turns the clock back. */
        Advance: {
            by: components["schemas"]["SignedDuration"];
        };
        /** @description An instant. */
        SetTo: {
            /**
             * Format: date-time
             * @description An instant with its time zone.
             */
            to: string;
        };
        /** @description A rate. */
        Rate: {
            /** @description Milliseconds of the session's clock per millisecond of the mock's. */
            factor: number;
        };
        /** @description A task. */
        NextChange: {
            taskId: components["schemas"]["TaskId"];
        };
        /** @description One request with its response and the reason for it. */
        Exchange: {
            /** @description Its number in the session, from 1. */
            id: number;
            session: components["schemas"]["SessionName"];
            /**
             * Format: date-time
             * @description The time of the session's clock.
             */
            at: string;
            /** @description The reason for the response, in one sentence. */
            reason: string;
            operation?: components["schemas"]["Operation"];
            version?: components["schemas"]["ApiVersion"];
            /** @description The task that was started or polled. */
            taskId?: string;
            /** @description Its short name, such as `rate-limited#3`; absent if the task was evicted or deleted. */
            task?: string;
            state?: components["schemas"]["ShownState"];
            /** @description The fault that changed the response, such as error rate-limited or wire reset. */
            effect?: string;
            /**
             * @description Present if the response was injected.
             * @constant
             */
            isInjected?: true;
            /** @description The number of the exchange whose connection was reset; the client's transport sent its request again by itself, as this one. */
            repeatOf?: number;
            /** @description The scenario, and where its name came from. */
            scenario?: {
                /** @description Its name. */
                name: string;
                /** @description Where the name came from. */
                why: string;
            };
            /** @description Where the request breaks the contract. */
            violations: {
                /** @description The place in the request, as a JSON pointer. */
                pointer: string;
                /** @description The schema keyword that it breaks. */
                keyword: string;
                /** @description What is wrong. */
                message: string;
            }[];
            /** @description The request, without its secrets. */
            request: {
                /** @description The HTTP method. */
                method: string;
                /** @description The URL. */
                url: string;
                /** @description The headers; names are in lower case. */
                headers: {
                    [key: string]: string;
                };
                /** @description The body; shortened if it is very long. */
                body?: string;
                /** @description Distinguishes the session's tokens without showing them. */
                tokenId?: string;
            };
            response: components["schemas"]["SentResponse"];
        };
        /** @description The response. */
        SentResponse: {
            /** @description The HTTP status; absent if no response was sent (wire reset, wire black-hole). */
            status?: number;
            /** @description The headers as they were sent. */
            headers: {
                [key: string]: string;
            };
            /** @description The body, empty if there is none; complete even if the connection fault cut it off. */
            body: string;
            /** @description The fault of the connection. With reset and black-hole, no response was sent; with reset-mid-body, the status, the headers and half of the body were. */
            wire?: string;
        };
        Journal: {
            /** @description The oldest first. */
            exchanges: components["schemas"]["Exchange"][];
            /** @description How many older exchanges the journal has evicted. */
            forgotten: number;
        };
        /** @description A HAR 1.2 document. */
        Har: {
            /** @description The recording. */
            log: {
                [key: string]: unknown;
            };
        };
        /** @description Which exchanges are counted, and how many are expected. */
        Expectation: {
            operation?: components["schemas"]["Operation"];
            method?: components["schemas"]["Method"];
            taskId?: components["schemas"]["TaskId"];
            status?: components["schemas"]["HttpStatus"];
            state?: components["schemas"]["ShownState"];
            scenario?: components["schemas"]["ScenarioName"];
            version?: components["schemas"]["ApiVersion"];
            /** @description The minimum count. */
            atLeast?: number;
            /** @description The maximum count. */
            atMost?: number;
            /** @description The exact count. */
            exactly?: number;
        };
        Verified: {
            /** @description Whether the count is as expected. */
            passed: boolean;
            /** @description How many exchanges matched. */
            count: number;
            /** @description What was expected and what was seen, in one sentence. */
            message: string;
            /** @description The numbers of these exchanges. */
            exchanges: number[];
            /** @description How many older exchanges the journal has evicted. */
            forgotten: number;
        };
        /**
         * @description Whether the client kept a rule; not-exercised if no exchange was relevant to it.
         * @enum {string}
         */
        ConductResult: "pass" | "fail" | "not-exercised";
        /** @description Numbers in the session's journal. */
        ExchangeIds: number[];
        Conduct: {
            result: components["schemas"]["ConductResult"];
            /** @description By session and client. */
            clients: components["schemas"]["ClientConduct"][];
        };
        ClientConduct: {
            session: components["schemas"]["SessionName"];
            /** @description Its X-Mock-Client, else its User-Agent, else unnamed. */
            client: string;
            /** @description How many older exchanges were evicted before they were judged. */
            forgotten: number;
            result: components["schemas"]["ConductResult"];
            /** @description Each rule. */
            checks: components["schemas"]["ConductCheck"][];
            /** @description The rules for each task. */
            tasks: components["schemas"]["TaskConduct"][];
            /** @description Tasks that did not move and were still polled when the client was judged. Whether the client would stop is unknown. */
            stillPolled: string[];
            /** @description The versions of the API that the client called; absent from the conduct towards one task. */
            versions?: {
                version: components["schemas"]["ApiVersion"];
                /** @description How many requests it sent. */
                requests: number;
                /** @description The month in which HubSpot stops supporting it, such as 2027-09. */
                supportedUntil?: string;
                /** @description The header Deprecation of a response. */
                deprecation?: string;
                /** @description The header Sunset of a response. */
                sunset?: string;
                afterNotice: components["schemas"]["ExchangeIds"];
            }[];
        };
        ConductCheck: {
            /** @description The rule. */
            id: string;
            /** @description What holds if the rule is kept. */
            sentence: string;
            /** @description How serious a violation is. */
            severity: string;
            /** @description The evidence that the rule rests on. */
            evidence: string;
            result: components["schemas"]["ConductResult"];
            /** @description How many things were judged. */
            judged: number;
            /** @description What to do if it fails. */
            next: string;
            exchanges: components["schemas"]["ExchangeIds"];
            /** @description What is wrong. */
            findings: {
                /** @description The rule. */
                rule: string;
                /** @description How serious it is. */
                severity: string;
                /** @description What was expected. */
                expected: string;
                /** @description What was seen. */
                actual: string;
                exchanges: components["schemas"]["ExchangeIds"];
                /** @description The requests by which the client broke the rule. */
                guilty?: number[];
            }[];
        };
        TaskConduct: {
            /** @description The task. */
            id: string;
            /** @description Each rule with its result for this task. */
            checks: {
                /** @description The rule. */
                id: string;
                result: components["schemas"]["ConductResult"];
                /** @description How many things were judged. */
                judged: number;
                exchanges: components["schemas"]["ExchangeIds"];
            }[];
        };
        Share: {
            /** @description What was used. */
            met: string[];
            /** @description What was not used. */
            missed: string[];
        };
        Coverage: {
            /** @description The used share of all that is listed. */
            percent: number;
            scenarios: components["schemas"]["Share"];
            states: components["schemas"]["Share"];
            faults: components["schemas"]["Share"];
        };
        /** @description The file's properties that the import request decides. */
        Draft: {
            /** @description The file's name with its extension. */
            fileName: string;
            access: components["schemas"]["Access"];
            /** @description The folder's path. */
            folderPath?: string;
            /** @description The folder's id. */
            folderId?: string;
            /** @description When it is deleted, in milliseconds since 1970. */
            expiresAt?: number;
            /**
             * @description Present if nothing can be fetched from the file's URL.
             * @constant
             */
            isUnreachable?: true;
        };
        /** @description All sessions, by name. */
        MockSnapshot: {
            version?: components["schemas"]["SnapshotVersion"];
            /** @description The default session is among them. */
            sessions: {
                default: components["schemas"]["Snapshot"];
            } & {
                [key: string]: components["schemas"]["Snapshot"];
            };
        };
        /**
         * @description The snapshot's format; 1 if it is left out. Exports have format 3; imports accept all formats.
         * @enum {integer}
         */
        SnapshotVersion: 1 | 2 | 3;
        /** @description The whole state of a session except its journal and coverage. Instants are milliseconds since 1970. */
        Snapshot: {
            version?: components["schemas"]["SnapshotVersion"];
            settings: components["schemas"]["Settings"];
            /** @description The clock's time, its rate, and whether it is frozen. */
            clock: {
                shows: components["schemas"]["Epoch"];
                /** @description By which factor it runs faster. */
                rate: number;
                /** @description Whether it is frozen. */
                isFrozen: boolean;
                /** @description By how much it was advanced in total. */
                advancedMs: number;
                /** @description The time of the mock's own clock; since format 2. */
                base?: number;
            };
            /** @description The session's counters. */
            counters: {
                serial: components["schemas"]["Seed"];
                answers: components["schemas"]["Count"];
                tasks?: components["schemas"]["TaskNumber"];
            };
            /** @description The tasks. */
            tasks: components["schemas"]["KeptTask"][];
            /** @description Ids of files that can be deleted. */
            files: string[];
            /** @description How many imports got a response, by scenario, if the scenario counts them. */
            imports: {
                [key: string]: components["schemas"]["Count"];
            };
            /** @description Digests of the tokens that faults applied to first. */
            metTokens: {
                [key: string]: number;
            };
            /** @description How much of the rate limits is used up; since format 2. */
            spent?: {
                session: components["schemas"]["Spent"];
                /** @description The used part of scenarios' limits, by scenario. */
                scenarios: {
                    [key: string]: components["schemas"]["Spent"];
                };
            };
        };
        /** @description Requests that the rate limits allowed. */
        Spent: {
            secondly?: components["schemas"]["CallsAt"];
            /** @description The oldest first. */
            tenSecondly: components["schemas"]["CallsAt"][];
            daily?: components["schemas"]["CallsAt"];
        };
        /** @description Requests at an instant, or in the second or day that starts at it. */
        CallsAt: {
            at: components["schemas"]["Epoch"];
            calls: components["schemas"]["Count"];
        };
        /** @description A count. */
        Count: number;
        /** @description A task's number in its session, from 1, or how many tasks the session has had; since format 3. */
        TaskNumber: number;
        /** @description A task of a snapshot. */
        KeptTask: {
            id: components["schemas"]["TaskId"];
            requestedAt: components["schemas"]["Epoch"];
            seed: components["schemas"]["Seed"];
            scenario: components["schemas"]["ScenarioName"];
            draft: components["schemas"]["Draft"];
            pace: components["schemas"]["Pace"];
            /** @description By which factor it moves faster. */
            speed: number;
            /** @description When a person moved it to its next step. */
            moves: components["schemas"]["Epoch"][];
            forced?: components["schemas"]["KeptForce"];
            number?: components["schemas"]["TaskNumber"];
            polls: components["schemas"]["Count"];
            /** @description How many polls found it in each state. */
            inState?: {
                PENDING?: components["schemas"]["Count"];
                PROCESSING?: components["schemas"]["Count"];
                COMPLETE?: components["schemas"]["Count"];
                CANCELED?: components["schemas"]["Count"];
            };
            answered: components["schemas"]["Count"];
            settled?: components["schemas"]["KeptEnd"];
            /** @description The file that its responses have shown; since format 2. */
            file?: {
                /** @description Its id. */
                id: string;
                /**
                 * @description Present if the file was deleted.
                 * @constant
                 */
                isDeleted?: true;
            };
            /** @description Injected responses for its next polls, in the form of their injection; since format 2. */
            injected?: {
                [key: string]: unknown;
            }[];
        };
        /** @description The final state that a client has seen, which never changes; since format 2. */
        KeptEnd: {
            /** @description Its final state. */
            end: {
                /**
                 * @description The state.
                 * @enum {string}
                 */
                state: "COMPLETE" | "CANCELED";
                /** @description How many errors it reports. */
                errors: number;
                /** @description Properties of its errors. */
                error?: {
                    [key: string]: unknown;
                };
                /** @description Whether it shows a file; by default, COMPLETE without errors does. */
                result?: boolean;
            };
            /** @description When it began, in milliseconds since 1970. */
            startedAt: number;
            /** @description When it ended, in milliseconds since 1970. */
            completedAt: number;
            /** @description The file's properties that the scenario decided. */
            file?: {
                /** @description Its name. */
                name?: string;
                /** @description Its size in bytes. */
                size?: number;
                /** @description How long before the end the file was created. */
                createdAgoMs?: number;
            };
        };
        /** @description The state that a person chose for a task. */
        KeptForce: {
            /**
             * @description Not started.
             * @constant
             */
            state: "PENDING";
            at: components["schemas"]["Epoch"];
        } | {
            /**
             * @description The file is being fetched and stored.
             * @constant
             */
            state: "PROCESSING";
            at: components["schemas"]["Epoch"];
            startedAt: components["schemas"]["Epoch"];
        } | {
            /**
             * @description Ended.
             * @enum {string}
             */
            state: "COMPLETE" | "CANCELED";
            at: components["schemas"]["Epoch"];
            startedAt: components["schemas"]["Epoch"];
            error?: components["schemas"]["ErrorWords"];
        };
    };
    responses: {
        /** @description The mock responds. */
        Health: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Health"];
            };
        };
        /** @description Done. */
        Done: {
            headers: {
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description The session. */
        Session: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Session"];
            };
        };
        /** @description The task. */
        Task: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Task"];
                "text/plain": string;
            };
        };
        /** @description How many tasks moved. */
        Moved: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Moved"];
            };
        };
        /** @description The clock. */
        Clock: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Clock"];
            };
        };
        /**
         * @description Why the request was rejected, and what to do. 400: the request does not match this document; 401: the token is missing or wrong;
         *     403: the request's host, page or proxy may not control the mock; 404: no such route, session, task,
         *     scenario or exchange; 405: no such method; 409: the task's state does not allow it; 413: the body is over 10 MB, or a snapshot over 200 MB; 415: it is not
         *     application/json.
         */
        Problem: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        /** @description The session's name; `default` for requests that name none. */
        Session: components["schemas"]["SessionName"];
        /** @description The task's id or short name: `3`, `%233` (`#3`), `rate-limited%233`, or `last` for the newest. */
        Task: components["schemas"]["TaskId"];
        /** @description The exchange's number in its session, from 1. */
        Exchange: number;
    };
    requestBodies: {
        /** @description The settings. */
        Settings: {
            content: {
                "application/json": components["schemas"]["SettingsChange"];
            };
        };
    };
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    readIndex: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The URLs. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Index"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    readHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Health"];
            default: components["responses"]["Problem"];
        };
    };
    readReadiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Health"];
            default: components["responses"]["Problem"];
        };
    };
    readDocument: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description This document. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/yaml": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    readJsonDocument: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description This document. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    readMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The metrics. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    followEvents: {
        parameters: {
            query?: {
                /** @description Only the exchanges of this session. */
                session?: components["schemas"]["SessionName"];
            };
            header?: {
                /** @description The last id that the client received. */
                "Last-Event-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The events, until the client disconnects. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listScenarios: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All scenarios, by name. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScenarioList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    readScenario: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The scenario's name. */
                scenario: components["schemas"]["ScenarioName"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The scenario. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Scenario"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    resetMock: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["Done"];
            default: components["responses"]["Problem"];
        };
    };
    exportMock: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The mock as data. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MockSnapshot"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    importMock: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description An exported snapshot. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["MockSnapshot"];
            };
        };
        responses: {
            204: components["responses"]["Done"];
            default: components["responses"]["Problem"];
        };
    };
    listSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All sessions. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    readSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's name; `default` for requests that name none. */
                session: components["parameters"]["Session"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Session"];
            default: components["responses"]["Problem"];
        };
    };
    putSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's name; `default` for requests that name none. */
                session: components["parameters"]["Session"];
            };
            cookie?: never;
        };
        requestBody: components["requestBodies"]["Settings"];
        responses: {
            200: components["responses"]["Session"];
            default: components["responses"]["Problem"];
        };
    };
    deleteSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's name; `default` for requests that name none. */
                session: components["parameters"]["Session"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["Done"];
            default: components["responses"]["Problem"];
        };
    };
    configureSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's name; `default` for requests that name none. */
                session: components["parameters"]["Session"];
            };
            cookie?: never;
        };
        requestBody: components["requestBodies"]["Settings"];
        responses: {
            200: components["responses"]["Session"];
            default: components["responses"]["Problem"];
        };
    };
    resetSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's name; `default` for requests that name none. */
                session: components["parameters"]["Session"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["Done"];
            default: components["responses"]["Problem"];
        };
    };
    exportSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's name; `default` for requests that name none. */
                session: components["parameters"]["Session"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session as data. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Snapshot"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    importSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's name; `default` for requests that name none. */
                session: components["parameters"]["Session"];
            };
            cookie?: never;
        };
        /** @description An exported snapshot. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Snapshot"];
            };
        };
        responses: {
            204: components["responses"]["Done"];
            default: components["responses"]["Problem"];
        };
    };
    listTasks: {
        parameters: {
            query?: {
                /** @description Whether each task comes with its past and future states. */
                timeline?: boolean;
                /** @description At most this many tasks, those that were started last. */
                limit?: number;
                /** @description The format of the response; it overrides Accept. */
                format?: components["schemas"]["TableFormat"];
            };
            header?: never;
            path: {
                /** @description The session's name; `default` for requests that name none. */
                session: components["parameters"]["Session"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The tasks. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskList"];
                    "text/plain": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    readTask: {
        parameters: {
            query?: {
                /** @description The format of the response; it overrides Accept. */
                format?: components["schemas"]["TableFormat"];
            };
            header?: never;
            path: {
                /** @description The session's name; `default` for requests that name none. */
                session: components["parameters"]["Session"];
                /** @description The task's id or short name: `3`, `%233` (`#3`), `rate-limited%233`, or `last` for the newest. */
                task: components["parameters"]["Task"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Task"];
            default: components["responses"]["Problem"];
        };
    };
    deleteTask: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's name; `default` for requests that name none. */
                session: components["parameters"]["Session"];
                /** @description The task's id or short name: `3`, `%233` (`#3`), `rate-limited%233`, or `last` for the newest. */
                task: components["parameters"]["Task"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The task that was deleted. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskName"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    forceState: {
        parameters: {
            query?: {
                /** @description The format of the response; it overrides Accept. */
                format?: components["schemas"]["TableFormat"];
            };
            header?: never;
            path: {
                /** @description The session's name; `default` for requests that name none. */
                session: components["parameters"]["Session"];
                /** @description The task's id or short name: `3`, `%233` (`#3`), `rate-limited%233`, or `last` for the newest. */
                task: components["parameters"]["Task"];
            };
            cookie?: never;
        };
        /** @description The state. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["ForcedState"];
            };
        };
        responses: {
            200: components["responses"]["Task"];
            default: components["responses"]["Problem"];
        };
    };
    injectAnswer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's name; `default` for requests that name none. */
                session: components["parameters"]["Session"];
                /** @description The task's id or short name: `3`, `%233` (`#3`), `rate-limited%233`, or `last` for the newest. */
                task: components["parameters"]["Task"];
            };
            cookie?: never;
        };
        /** @description The response. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["InjectedAnswer"];
            };
        };
        responses: {
            204: components["responses"]["Done"];
            default: components["responses"]["Problem"];
        };
    };
    previewPoll: {
        parameters: {
            query?: {
                /** @description The moment, of the session's clock. Default is now. */
                at?: string;
                /** @description How many other polls come before it. Default 0. */
                after?: number;
            };
            header?: never;
            path: {
                /** @description The session's name; `default` for requests that name none. */
                session: components["parameters"]["Session"];
                /** @description The task's id or short name: `3`, `%233` (`#3`), `rate-limited%233`, or `last` for the newest. */
                task: components["parameters"]["Task"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The response and its reason. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Preview"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    moveTask: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's name; `default` for requests that name none. */
                session: components["parameters"]["Session"];
                /** @description The task's id or short name: `3`, `%233` (`#3`), `rate-limited%233`, or `last` for the newest. */
                task: components["parameters"]["Task"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Moved"];
            default: components["responses"]["Problem"];
        };
    };
    moveTasks: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's name; `default` for requests that name none. */
                session: components["parameters"]["Session"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Moved"];
            default: components["responses"]["Problem"];
        };
    };
    readClock: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's name; `default` for requests that name none. */
                session: components["parameters"]["Session"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Clock"];
            default: components["responses"]["Problem"];
        };
    };
    freezeClock: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's name; `default` for requests that name none. */
                session: components["parameters"]["Session"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Clock"];
            default: components["responses"]["Problem"];
        };
    };
    resumeClock: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's name; `default` for requests that name none. */
                session: components["parameters"]["Session"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Clock"];
            default: components["responses"]["Problem"];
        };
    };
    advanceClock: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's name; `default` for requests that name none. */
                session: components["parameters"]["Session"];
            };
            cookie?: never;
        };
        /** @description The duration. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Advance"];
            };
        };
        responses: {
            200: components["responses"]["Clock"];
            default: components["responses"]["Problem"];
        };
    };
    setClock: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's name; `default` for requests that name none. */
                session: components["parameters"]["Session"];
            };
            cookie?: never;
        };
        /** @description The instant. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetTo"];
            };
        };
        responses: {
            200: components["responses"]["Clock"];
            default: components["responses"]["Problem"];
        };
    };
    setClockRate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's name; `default` for requests that name none. */
                session: components["parameters"]["Session"];
            };
            cookie?: never;
        };
        /** @description The rate. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Rate"];
            };
        };
        responses: {
            200: components["responses"]["Clock"];
            default: components["responses"]["Problem"];
        };
    };
    advanceToNextChange: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's name; `default` for requests that name none. */
                session: components["parameters"]["Session"];
            };
            cookie?: never;
        };
        /** @description The task. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["NextChange"];
            };
        };
        responses: {
            200: components["responses"]["Clock"];
            default: components["responses"]["Problem"];
        };
    };
    listExchanges: {
        parameters: {
            query?: {
                /** @description Only exchanges of this operation. */
                operation?: components["schemas"]["Operation"];
                /** @description Only exchanges with this HTTP method. */
                method?: components["schemas"]["Method"];
                /** @description Only exchanges about this task. */
                taskId?: components["schemas"]["TaskId"];
                /** @description A shorter name for `taskId`, as in `?task=last`. */
                task?: components["schemas"]["TaskId"];
                /** @description Only exchanges with this HTTP status; an exchange without a response has none. */
                status?: components["schemas"]["HttpStatus"];
                /** @description Only exchanges whose response showed this state. */
                state?: components["schemas"]["ShownState"];
                /** @description Only exchanges under this scenario. */
                scenario?: components["schemas"]["ScenarioName"];
                /** @description Only exchanges of this version of the API. */
                version?: components["schemas"]["ApiVersion"];
                /** @description Only exchanges with a greater number than this. */
                since?: number;
                /** @description At most this many exchanges, the last ones. */
                limit?: number;
                /** @description The format of the response; it overrides Accept. */
                format?: components["schemas"]["TableFormat"];
            };
            header?: never;
            path: {
                /** @description The session's name; `default` for requests that name none. */
                session: components["parameters"]["Session"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The exchanges. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Journal"];
                    "text/plain": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    clearJournal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's name; `default` for requests that name none. */
                session: components["parameters"]["Session"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["Done"];
            default: components["responses"]["Problem"];
        };
    };
    exportJournal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's name; `default` for requests that name none. */
                session: components["parameters"]["Session"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The recording. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Har"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    readReport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's name; `default` for requests that name none. */
                session: components["parameters"]["Session"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    readExchange: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's name; `default` for requests that name none. */
                session: components["parameters"]["Session"];
                /** @description The exchange's number in its session, from 1. */
                exchange: components["parameters"]["Exchange"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The exchange. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Exchange"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    readCurl: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's name; `default` for requests that name none. */
                session: components["parameters"]["Session"];
                /** @description The exchange's number in its session, from 1. */
                exchange: components["parameters"]["Exchange"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The command. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    verifyJournal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's name; `default` for requests that name none. */
                session: components["parameters"]["Session"];
            };
            cookie?: never;
        };
        /** @description Which exchanges are counted, and how many are expected. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Expectation"];
            };
        };
        responses: {
            /** @description The result. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Verified"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    readConduct: {
        parameters: {
            query?: {
                /** @description The format of the response; it overrides Accept. */
                format?: components["schemas"]["ReportFormat"];
            };
            header?: never;
            path: {
                /** @description The session's name; `default` for requests that name none. */
                session: components["parameters"]["Session"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Each rule with its result and the exchanges that prove it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conduct"];
                    "text/plain": string;
                    "text/markdown": string;
                    "text/html": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    readCoverage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's name; `default` for requests that name none. */
                session: components["parameters"]["Session"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was used, and what was not. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Coverage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    readConductOfAll: {
        parameters: {
            query?: {
                /** @description The format of the response; it overrides Accept. */
                format?: components["schemas"]["ReportFormat"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Each client of each session. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conduct"];
                    "text/plain": string;
                    "text/markdown": string;
                    "text/html": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    readCoverageOfAll: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was used, and what was not. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Coverage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
}
type WithRequired<T, K extends keyof T> = T & {
    [P in K]-?: T[P];
};
