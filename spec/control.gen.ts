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
         * Find what there is.
         * @description Addresses to begin with, of the mock and of the default session. The same without the slash at the end.
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
         * Tell that the process answers.
         * @description For a liveness probe. It says nothing of whether the mock is right.
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
         * Tell that the mock answers calls.
         * @description For a readiness probe. The mock listens only once its validators are compiled, so this follows from being reached.
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
         * @description The document from which the routes are made and requests are validated.
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
         * @description The same document, for tools that read no YAML.
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
         * @description In Prometheus' text format, since the mock was started. A reset leaves them.
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
         * @description Server-sent events, one `exchange` for each call that is answered from now on, with an `Exchange` as its data. A
         *     comment comes every 15 seconds, so that a proxy keeps the connection. A client that comes back sends the last id that it
         *     was given, as `EventSource` does by itself, and gets what it has missed of the last thousand exchanges; where there was
         *     more, an event `lost` comes first, whose data has a `message`, and in `exchanges` how many are lost where that is known.
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
         * List what tasks can do.
         * @description The catalogue with the scenarios of your own.
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
         * Read what one scenario does.
         * @description Its steps and what goes wrong on the way.
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
         * Forget everything.
         * @description The sessions, their tasks, clocks and journals. The default session begins anew, as the mock was started.
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
         * @description What was seen in one mock goes on in another. Journals are not part of it.
         */
        get: operations["exportMock"];
        /**
         * Import all sessions.
         * @description Sessions that the snapshot lacks are forgotten. It is taken whole or not at all.
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
         * @description The one that was used last stands at the end. The least recently used of a thousand makes room for a new one.
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
                /** @description The session's name; `default` for calls that name none. */
                session: components["parameters"]["Session"];
            };
            cookie?: never;
        };
        /**
         * Read one session.
         * @description Its settings, its clock, and how a client chooses it.
         */
        get: operations["readSession"];
        /**
         * Make a session, or change some of its settings.
         * @description A new session has the settings that the mock was started with, where none are given; of one that is there, settings
         *     that are left out stay. Its tasks go on as they began.
         */
        put: operations["putSession"];
        post?: never;
        /**
         * Forget a session.
         * @description The default one begins anew.
         */
        delete: operations["deleteSession"];
        options?: never;
        head?: never;
        /**
         * Change some settings of a session that is there.
         * @description Settings that are left out stay. Its tasks go on as they began.
         */
        patch: operations["configureSession"];
        trace?: never;
    };
    "/sessions/{session}/reset": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's name; `default` for calls that name none. */
                session: components["parameters"]["Session"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let a session begin anew.
         * @description Its tasks, clock, journal and settings are as the mock was started.
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
                /** @description The session's name; `default` for calls that name none. */
                session: components["parameters"]["Session"];
            };
            cookie?: never;
        };
        /**
         * Export a session.
         * @description What was seen in one mock goes on in another. The journal is not part of it.
         */
        get: operations["exportSession"];
        /**
         * Import a session.
         * @description Makes the session if there is none of that name. The snapshot is taken whole or not at all.
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
                /** @description The session's name; `default` for calls that name none. */
                session: components["parameters"]["Session"];
            };
            cookie?: never;
        };
        /**
         * List a session's tasks.
         * @description The tasks that were started or polled, in the order in which they began; of more than 10,000 the least recently used is forgotten.
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
                /** @description The session's name; `default` for calls that name none. */
                session: components["parameters"]["Session"];
                /** @description The task's id or short name: `3`, `%233` (`#3`), `rate-limited%233`, or `last` for the newest. */
                task: components["parameters"]["Task"];
            };
            cookie?: never;
        };
        /**
         * Read a task with its timeline.
         * @description The states that it went through and those to come, and its exchanges that the journal remembers. Under pace polls it is told as its last poll showed it.
         */
        get: operations["readTask"];
        put?: never;
        post?: never;
        /**
         * Forget a task.
         * @description Its id begins it anew. A scenario's name alone, where other tasks of that scenario are there too, is a 409: an address that was meant as NAME#3 arrives so.
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
                /** @description The session's name; `default` for calls that name none. */
                session: components["parameters"]["Session"];
                /** @description The task's id or short name: `3`, `%233` (`#3`), `rate-limited%233`, or `last` for the newest. */
                task: components["parameters"]["Task"];
            };
            cookie?: never;
        };
        get?: never;
        /**
         * Put a task into a state.
         * @description It stays there until another is forced. An end never changes, and no task goes back to PENDING.
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
                /** @description The session's name; `default` for calls that name none. */
                session: components["parameters"]["Session"];
                /** @description The task's id or short name: `3`, `%233` (`#3`), `rate-limited%233`, or `last` for the newest. */
                task: components["parameters"]["Task"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Decide what the next polls of a task are answered.
         * @description What is injected is given once, or so many times, in the order in which it came, in place of the task's own answer.
         */
        post: operations["injectAnswer"];
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
                /** @description The session's name; `default` for calls that name none. */
                session: components["parameters"]["Session"];
                /** @description The task's id or short name: `3`, `%233` (`#3`), `rate-limited%233`, or `last` for the newest. */
                task: components["parameters"]["Task"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Move a task on by one step.
         * @description Counts under pace manual. A task that has ended, or is held in a state by force, is not moved.
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
                /** @description The session's name; `default` for calls that name none. */
                session: components["parameters"]["Session"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Move all tasks on by one step.
         * @description Counts under pace manual. Tasks that have ended, or are held in a state by force, are not moved.
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
                /** @description The session's name; `default` for calls that name none. */
                session: components["parameters"]["Session"];
            };
            cookie?: never;
        };
        /**
         * Read a session's clock.
         * @description What it shows, and how it runs.
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
                /** @description The session's name; `default` for calls that name none. */
                session: components["parameters"]["Session"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop a session's clock.
         * @description It stands still until it is resumed; advanced or set, it stands there.
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
                /** @description The session's name; `default` for calls that name none. */
                session: components["parameters"]["Session"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let a session's clock run on.
         * @description From what it shows, at the rate that it has.
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
                /** @description The session's name; `default` for calls that name none. */
                session: components["parameters"]["Session"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Advance a session's clock, or turn it back.
         * @description At once; a day takes no longer than a second.
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
                /** @description The session's name; `default` for calls that name none. */
                session: components["parameters"]["Session"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set a session's clock.
         * @description Frozen, it stands there; otherwise it runs on from there.
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
                /** @description The session's name; `default` for calls that name none. */
                session: components["parameters"]["Session"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let a session's clock run faster or slower.
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
                /** @description The session's name; `default` for calls that name none. */
                session: components["parameters"]["Session"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Advance a session's clock to a task's next change.
         * @description Not a millisecond further. A task that no time changes is told as a conflict.
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
                /** @description The session's name; `default` for calls that name none. */
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
         * Forget a session's exchanges.
         * @description Numbers go on. Tasks, clock and coverage stay.
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
                /** @description The session's name; `default` for calls that name none. */
                session: components["parameters"]["Session"];
            };
            cookie?: never;
        };
        /**
         * Export a session's exchanges as HAR.
         * @description HAR 1.2, which a browser's tools open, `verify --recording` judges and `mock --replay` does again.
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
    "/sessions/{session}/journal/{exchange}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's name; `default` for calls that name none. */
                session: components["parameters"]["Session"];
                /** @description The exchange's number in its session, from 1. */
                exchange: components["parameters"]["Exchange"];
            };
            cookie?: never;
        };
        /**
         * Read one exchange.
         * @description What came, what went back, and why.
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
                /** @description The session's name; `default` for calls that name none. */
                session: components["parameters"]["Session"];
                /** @description The exchange's number in its session, from 1. */
                exchange: components["parameters"]["Exchange"];
            };
            cookie?: never;
        };
        /**
         * Read one request as a curl command.
         * @description For a POSIX shell. The token stands as `$HUBSPOT_ACCESS_TOKEN`, for it is never kept.
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
                /** @description The session's name; `default` for calls that name none. */
                session: components["parameters"]["Session"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask whether calls came as often as expected.
         * @description Without a number, at least once. An expectation that is not met is an answer, not an error.
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
                /** @description The session's name; `default` for calls that name none. */
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
                /** @description The session's name; `default` for calls that name none. */
                session: components["parameters"]["Session"];
            };
            cookie?: never;
        };
        /**
         * Read what the session has met.
         * @description Which scenarios, states and faults, of all that there are. A full journal forgets; this does not.
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
         * Read what all sessions have met.
         * @description Which scenarios, states and faults, of all that there are, since the mock was started. A reset leaves it.
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
        /** @description RFC 9457. */
        Problem: {
            /** @description Names the kind of problem, as in docs/errors.md. */
            type: string;
            /** @description The kind in a few words. */
            title: string;
            /** @description The HTTP status. */
            status: number;
            /** @description What happened, to what, and what to do. */
            detail: string;
            /** @description Each thing that is wrong with the request; empty where it is not the request's form. */
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
        /** @description A task's id, or its short name: `#3` or `3` for the session's third task, `rate-limited#3`, or `last` for the newest. A task of that very id comes first. */
        TaskId: string;
        /** @description A scenario's name, with parameters where some are not to have their defaults: `rate-limited;retryAfter=5s`. */
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
        /** @description A state that an answer showed; a scenario can show one that the contract does not have. */
        ShownState: string;
        /**
         * @description A state of a task.
         * @enum {string}
         */
        State: "PENDING" | "PROCESSING" | "COMPLETE" | "CANCELED";
        /**
         * @description A state of a task; FAILURE ends as the setting `failure` says.
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
        /** @description What random values follow from. */
        Seed: number;
        /**
         * @description Who may see a file.
         * @enum {string}
         */
        Access: "HIDDEN_INDEXABLE" | "HIDDEN_NOT_INDEXABLE" | "HIDDEN_PRIVATE" | "HIDDEN_SENSITIVE" | "PRIVATE" | "PUBLIC_INDEXABLE" | "PUBLIC_NOT_INDEXABLE" | "SENSITIVE";
        Index: {
            /** @description The version of hubspot-import-kit. */
            version: string;
            /** @description Absolute addresses. */
            links: {
                /** @description This document. */
                document: string;
                /** @description The sessions. */
                sessions: string;
                /** @description The tasks of the default session. */
                tasks: string;
                /** @description The exchanges of the default session. */
                journal: string;
                /** @description How clients behaved. */
                conduct: string;
                /** @description What tasks can do. */
                scenarios: string;
                /** @description Exchanges as they happen. */
                events: string;
                /** @description Tells that the process answers. */
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
            /** @description What it is about. */
            tags: string[];
            /** @description The checks that its answers fail. */
            breaks?: string[];
            /** @description What can be chosen behind its name, as in `rate-limited;burst=3`. */
            parameters?: {
                /** @description Its name. */
                name: string;
                /**
                 * @description What kind of value it takes.
                 * @enum {string}
                 */
                type: "duration" | "integer" | "string" | "enum";
                /** @description What applies where nothing is chosen. */
                default: string;
                /** @description What it may be, for people. */
                allowed: string;
                /** @description All that it may be, where that is a list. */
                values?: string[];
                /** @description What it decides. */
                description?: string;
            }[];
        };
        ScenarioList: {
            /** @description By name. */
            scenarios: components["schemas"]["ScenarioSummary"][];
        };
        Scenario: {
            /** @description Its states, one after the other. */
            steps: {
                state: components["schemas"]["StepState"];
                /** @description How long under pace time; absent where it is kept. */
                forMs?: number;
                /** @description How many polls see it under pace polls. */
                polls?: number;
            }[];
            /** @description What goes wrong on the way. `polls` and `imports` are the first and the last that meet it, null where there is no last. */
            faults: {
                [key: string]: unknown;
            }[];
        } & components["schemas"]["ScenarioSummary"];
        /** @description How many calls a session may make; more are answered 429. What is left out has no limit. */
        Limits: {
            /** @description In a second. */
            secondly?: number;
            /** @description In ten seconds. */
            tenSecondly?: number;
            /** @description In a day. */
            daily?: number;
        };
        /** @description Settings of a session; what is left out is not changed. */
        SettingsChange: {
            scenario?: components["schemas"]["ScenarioName"];
            seed?: components["schemas"]["Seed"];
            pace?: components["schemas"]["Pace"];
            /** @description How many times faster tasks move under pace time. */
            speed?: number;
            /**
             * @description The HTTP status before the end.
             * @enum {integer}
             */
            inFlightStatus?: 200 | 202;
            /**
             * @description How dates stand that do not apply yet.
             * @enum {string}
             */
            inFlightDates?: "omit" | "null" | "filled";
            /**
             * @description How a failed import ends.
             * @enum {string}
             */
            failure?: "canceled" | "complete" | "silent";
            /** @description Whether answers satisfy HubSpot's published document, too; then dates are filled. */
            asPublished?: boolean;
            limits?: components["schemas"]["Limits"];
        };
        /** @description How a session works. */
        Settings: {
            scenario: components["schemas"]["ScenarioName"];
            seed: components["schemas"]["Seed"];
            pace: components["schemas"]["Pace"];
            /** @description How many times faster tasks move under pace time. */
            speed: number;
            /**
             * @description The HTTP status before the end.
             * @enum {integer}
             */
            inFlightStatus: 200 | 202;
            /**
             * @description How dates stand that do not apply yet.
             * @enum {string}
             */
            inFlightDates: "omit" | "null" | "filled";
            /**
             * @description How a failed import ends.
             * @enum {string}
             */
            failure: "canceled" | "complete" | "silent";
            /** @description Whether answers satisfy HubSpot's published document, too. */
            asPublished?: boolean;
            limits: components["schemas"]["Limits"];
        };
        Session: {
            name: components["schemas"]["SessionName"];
            /** @description The bearer token that chooses it. */
            token: string;
            /** @description The address that chooses it. */
            baseUrl: string;
            /** @description How many tasks it has. */
            tasks: number;
            /** @description How many exchanges its journal holds. */
            exchanges: number;
            settings: components["schemas"]["Settings"];
            clock: components["schemas"]["Clock"];
        };
        SessionList: {
            /** @description The last used one at the end. */
            sessions: components["schemas"]["Session"][];
        };
        TaskName: {
            id: components["schemas"]["TaskId"];
            /** @description What people call it, such as `rate-limited#3`. */
            name: string;
        };
        TaskSummary: {
            id: components["schemas"]["TaskId"];
            /** @description What people call it, such as `rate-limited#3`: the session's third task. */
            name: string;
            status: components["schemas"]["State"];
            /** @description The scenario that its import chose. */
            scenario: string;
            /** @description How often it was polled. */
            polls: number;
            /**
             * Format: date-time
             * @description When it was started.
             */
            requestedAt: string;
            draft: components["schemas"]["Draft"];
        };
        TaskList: {
            /** @description In the order of their first call. */
            tasks: components["schemas"]["TaskSummary"][];
        };
        Task: {
            /** @description The states that it went through, and those to come. */
            timeline: {
                state: components["schemas"]["State"];
                /** @description Whether it has come. */
                isReached: boolean;
                /**
                 * Format: date-time
                 * @description When it began or will begin; absent where a poll or a person has to bring it.
                 */
                at?: string;
            }[];
            /** @description Its calls that the journal remembers. */
            exchanges: components["schemas"]["Exchange"][];
        } & components["schemas"]["TaskSummary"];
        /** @description A state, and for CANCELED the words of its error. */
        ForcedState: {
            state: components["schemas"]["State"];
            error?: components["schemas"]["ErrorWords"];
        };
        /** @description What a task's error says; the rest is as in any other. */
        ErrorWords: {
            /** @description The word error. */
            status?: string;
            /** @description Names the error. */
            id?: string;
            /** @description The kind of error. */
            category?: string;
            /** @description A finer kind. */
            subCategory?: string | Record<string, never>;
            /** @description What went wrong. */
            message?: string;
            /** @description Details. */
            errors?: components["schemas"]["DetailWords"][];
            /** @description Values that belong to the message. */
            context?: {
                [key: string]: string[];
            };
            /** @description Addresses that help. */
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
            /** @description What it is about. */
            in?: string;
            /** @description A finer kind. */
            subCategory?: string | Record<string, never>;
            /** @description Values that belong to the message. */
            context?: {
                [key: string]: string[];
            };
        };
        /**
         * @description What a poll is answered in place of the task's own answer: one of error, page, body, wire, alter and answer, as in a
         *     fault of a scenario (docs/scenarios.md).
         */
        InjectedAnswer: {
            /** @description An error of HubSpot's, such as rate-limited. */
            error?: string;
            /** @description A page of HubSpot's edge, by its status. */
            page?: number;
            /** @description A flaw of the task's own answer, such as truncated. */
            body?: string;
            /** @description What goes wrong on the way, such as reset. */
            wire?: string;
            /** @description Changes of the answer's JSON. */
            alter?: {
                [key: string]: unknown;
            }[];
            /** @description An answer in your own words. */
            answer?: {
                /** @description The HTTP status. */
                status: number;
                /** @description The headers. */
                headers?: {
                    [key: string]: string;
                };
                /** @description A text, or any JSON. */
                body?: unknown;
            };
            retryAfter?: components["schemas"]["Duration"];
            /** @description Into how many pieces a drip cuts the body. */
            chunks?: number;
            pause?: components["schemas"]["Duration"];
            /** @description How many polls are answered so; one where it is left out. */
            times?: number;
            /** @description How many polls pass first, once what waits already is used up; none where it is left out. */
            after?: number;
        };
        Moved: {
            /** @description How many tasks were moved. */
            moved: number;
        };
        Clock: {
            /**
             * Format: date-time
             * @description What it shows.
             */
            now: string;
            /** @description Whether it stands still. */
            isFrozen: boolean;
            /** @description How many times faster it runs than the mock's own. */
            rate: number;
            /** @description How far it was advanced by hand. */
            advancedMs: number;
        };
        /** @description By how much; less than nothing turns the clock back. */
        Advance: {
            by: components["schemas"]["SignedDuration"];
        };
        /** @description An instant. */
        SetTo: {
            /**
             * Format: date-time
             * @description With its zone.
             */
            to: string;
        };
        /** @description A rate. */
        Rate: {
            /** @description Milliseconds of the session in one of the mock's. */
            factor: number;
        };
        /** @description A task. */
        NextChange: {
            taskId: components["schemas"]["TaskId"];
        };
        /** @description One request with its answer, and why that answer. */
        Exchange: {
            /** @description Its number in the session, from 1. */
            id: number;
            session: components["schemas"]["SessionName"];
            /**
             * Format: date-time
             * @description What the session's clock showed.
             */
            at: string;
            /** @description Why it was answered so, in one sentence. */
            reason: string;
            operation?: components["schemas"]["Operation"];
            /** @description The task that was started or polled. */
            taskId?: string;
            /** @description Its short name, such as `rate-limited#3`; absent where the task is not remembered. */
            task?: string;
            state?: components["schemas"]["ShownState"];
            /** @description What befell the answer, such as error rate-limited or wire reset. */
            effect?: string;
            /**
             * @description Set where this one answer was injected.
             * @constant
             */
            isInjected?: true;
            /** @description The number of the exchange that was reset, and that its client's transport sent again here, by itself. */
            repeatOf?: number;
            /** @description The scenario that answered, and where its name came from. */
            scenario?: {
                /** @description Its name. */
                name: string;
                /** @description Where the name came from. */
                why: string;
            };
            /** @description How the request breaks the contract. */
            violations: {
                /** @description What it is about. */
                pointer: string;
                /** @description The rule that refuses. */
                keyword: string;
                /** @description What is wrong. */
                message: string;
            }[];
            /** @description What came, without its secrets. */
            request: {
                /** @description The HTTP method. */
                method: string;
                /** @description The address. */
                url: string;
                /** @description Names in lower case. */
                headers: {
                    [key: string]: string;
                };
                /** @description What was sent; cut where it is very long. */
                body?: string;
                /** @description Tells the session's tokens apart without showing them. */
                tokenId?: string;
            };
            /** @description What went back. */
            response: {
                /** @description The HTTP status; absent where nothing was answered (wire reset, wire black-hole). */
                status?: number;
                /** @description As they were sent. */
                headers: {
                    [key: string]: string;
                };
                /** @description Empty where there was none; whole, though the wire may have cut it. */
                body: string;
                /** @description What went wrong on the way: reset and black-hole, and nothing was answered; reset-mid-body, and the status, the headers and half of the body were. */
                wire?: string;
            };
        };
        Journal: {
            /** @description The oldest first. */
            exchanges: components["schemas"]["Exchange"][];
            /** @description How many older ones the journal has forgotten. */
            forgotten: number;
        };
        /** @description HAR 1.2. */
        Har: {
            /** @description The recording. */
            log: {
                [key: string]: unknown;
            };
        };
        /** @description Which exchanges, and how often. */
        Expectation: {
            operation?: components["schemas"]["Operation"];
            method?: components["schemas"]["Method"];
            taskId?: components["schemas"]["TaskId"];
            status?: components["schemas"]["HttpStatus"];
            state?: components["schemas"]["ShownState"];
            scenario?: components["schemas"]["ScenarioName"];
            /** @description So many, or more. */
            atLeast?: number;
            /** @description So many, or fewer. */
            atMost?: number;
            /** @description So many. */
            exactly?: number;
        };
        Verified: {
            /** @description Whether it was as expected. */
            passed: boolean;
            /** @description How many there were. */
            count: number;
            /** @description What was expected and what was seen, in one sentence. */
            message: string;
            /** @description Their numbers. */
            exchanges: number[];
            /** @description How many older exchanges the journal has forgotten. */
            forgotten: number;
        };
        /**
         * @description Whether a rule was kept; not-exercised where nothing asked for it.
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
            /** @description How many older exchanges nobody could judge. */
            forgotten: number;
            result: components["schemas"]["ConductResult"];
            /** @description Each rule. */
            checks: components["schemas"]["ConductCheck"][];
            /** @description The same for each task. */
            tasks: components["schemas"]["TaskConduct"][];
            /** @description Tasks that did not move and were still polled when it was judged. Nobody saw whether it would give them up. */
            stillPolled: string[];
        };
        ConductCheck: {
            /** @description The rule. */
            id: string;
            /** @description What holds. */
            sentence: string;
            /** @description How bad it is where it does not. */
            severity: string;
            /** @description What the rule leans on. */
            evidence: string;
            result: components["schemas"]["ConductResult"];
            /** @description How many things it looked at. */
            judged: number;
            /** @description What to do. */
            next: string;
            exchanges: components["schemas"]["ExchangeIds"];
            /** @description What is wrong. */
            findings: {
                /** @description The rule. */
                rule: string;
                /** @description How bad it is. */
                severity: string;
                /** @description What should have been. */
                expected: string;
                /** @description What was. */
                actual: string;
                exchanges: components["schemas"]["ExchangeIds"];
            }[];
        };
        TaskConduct: {
            /** @description The task. */
            id: string;
            /** @description Each rule, for this task. */
            checks: {
                /** @description The rule. */
                id: string;
                result: components["schemas"]["ConductResult"];
                /** @description How many things it looked at. */
                judged: number;
                exchanges: components["schemas"]["ExchangeIds"];
            }[];
        };
        Share: {
            /** @description What was met. */
            met: string[];
            /** @description What was not. */
            missed: string[];
        };
        Coverage: {
            /** @description Of all that is listed. */
            percent: number;
            scenarios: components["schemas"]["Share"];
            states: components["schemas"]["Share"];
            faults: components["schemas"]["Share"];
        };
        /** @description What a file will be, as far as the import decides it. */
        Draft: {
            /** @description With its extension. */
            fileName: string;
            access: components["schemas"]["Access"];
            /** @description Where it goes. */
            folderPath?: string;
            /** @description Where it goes, by id. */
            folderId?: string;
            /** @description When it is deleted, in milliseconds since 1970. */
            expiresAt?: number;
            /**
             * @description Set where nothing can be fetched from its address.
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
         * @description The format of the snapshot, always exported; where it is left out, 1 is meant. Format 3 is exported, and all are read.
         * @enum {integer}
         */
        SnapshotVersion: 1 | 2 | 3;
        /** @description All that a session is, but its journal, and what was covered. Instants are milliseconds since 1970. */
        Snapshot: {
            version?: components["schemas"]["SnapshotVersion"];
            settings: components["schemas"]["Settings"];
            /** @description What the clock showed, and how it runs. */
            clock: {
                shows: components["schemas"]["Epoch"];
                /** @description How many times faster it runs. */
                rate: number;
                /** @description Whether it stands still. */
                isFrozen: boolean;
                /** @description How far it was advanced by hand. */
                advancedMs: number;
                /** @description What the mock's own clock showed; since format 2. */
                base?: number;
            };
            /** @description What was counted. */
            counters: {
                serial: components["schemas"]["Seed"];
                answers: components["schemas"]["Count"];
                tasks?: components["schemas"]["TaskNumber"];
            };
            /** @description The tasks. */
            tasks: components["schemas"]["KeptTask"][];
            /** @description Ids of files that can be deleted. */
            files: string[];
            /** @description How often an import was answered, by its scenario, where that counts. */
            imports: {
                [key: string]: components["schemas"]["Count"];
            };
            /** @description Digests of the tokens that faults met first. */
            metTokens: {
                [key: string]: number;
            };
            /** @description How much of its limits is used up; since format 2. */
            spent?: {
                session: components["schemas"]["Spent"];
                /** @description Of the limits that scenarios have, by their names. */
                scenarios: {
                    [key: string]: components["schemas"]["Spent"];
                };
            };
        };
        /** @description Calls that were let through. */
        Spent: {
            secondly?: components["schemas"]["CallsAt"];
            /** @description The oldest first. */
            tenSecondly: components["schemas"]["CallsAt"][];
            daily?: components["schemas"]["CallsAt"];
        };
        /** @description Calls at an instant; of a second and a day, from it on. */
        CallsAt: {
            at: components["schemas"]["Epoch"];
            calls: components["schemas"]["Count"];
        };
        /** @description How many. */
        Count: number;
        /** @description Which of its session's tasks one is, from 1, and of a session how many it has had; since format 3. */
        TaskNumber: number;
        /** @description A task of a snapshot. */
        KeptTask: {
            id: components["schemas"]["TaskId"];
            requestedAt: components["schemas"]["Epoch"];
            seed: components["schemas"]["Seed"];
            scenario: components["schemas"]["ScenarioName"];
            draft: components["schemas"]["Draft"];
            pace: components["schemas"]["Pace"];
            /** @description How many times faster it moves. */
            speed: number;
            /** @description When a person moved it on. */
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
            /** @description The file that it has shown; since format 2. */
            file?: {
                /** @description Its id. */
                id: string;
                /**
                 * @description Set where it was deleted since.
                 * @constant
                 */
                isDeleted?: true;
            };
            /** @description Answers that wait for its next polls, as they are injected; since format 2. */
            injected?: {
                [key: string]: unknown;
            }[];
        };
        /** @description An end that a client was told, which stays as it was told; since format 2. */
        KeptEnd: {
            /** @description How it ended. */
            end: {
                /**
                 * @description The state.
                 * @enum {string}
                 */
                state: "COMPLETE" | "CANCELED";
                /** @description How many errors it reports. */
                errors: number;
                /** @description What its errors say. */
                error?: {
                    [key: string]: unknown;
                };
                /** @description Whether it shows a file; where it does not say, COMPLETE without errors does. */
                result?: boolean;
            };
            /** @description When it began, in milliseconds since 1970. */
            startedAt: number;
            /** @description When it ended, in milliseconds since 1970. */
            completedAt: number;
            /** @description What the scenario decided of its file. */
            file?: {
                /** @description Its name. */
                name?: string;
                /** @description Its bytes. */
                size?: number;
                /** @description How long before the end it was made. */
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
             * @description Being uploaded.
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
        /** @description It does. */
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
        /** @description How many tasks were moved. */
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
         * @description What was refused, and what to do. 400: the request does not fit this document; 401: the token is missing or wrong;
         *     403: the mock was called by a name, from a page or through a proxy that may not steer it; 404: no such route, session, task,
         *     scenario or exchange; 405: no such method; 409: the task is in the way; 413: the body is over 10 MB, or a snapshot over 200 MB; 415: it is not
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
        /** @description The session's name; `default` for calls that name none. */
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
            /** @description The addresses. */
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
                /** @description One session's exchanges alone. */
                session?: components["schemas"]["SessionName"];
            };
            header?: {
                /** @description The last id that came, to go on from there. */
                "Last-Event-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The events, until the client goes away. */
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
        /** @description What the export gave. */
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
                /** @description The session's name; `default` for calls that name none. */
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
                /** @description The session's name; `default` for calls that name none. */
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
                /** @description The session's name; `default` for calls that name none. */
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
                /** @description The session's name; `default` for calls that name none. */
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
                /** @description The session's name; `default` for calls that name none. */
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
                /** @description The session's name; `default` for calls that name none. */
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
                /** @description The session's name; `default` for calls that name none. */
                session: components["parameters"]["Session"];
            };
            cookie?: never;
        };
        /** @description What the export gave. */
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
                /** @description What to answer, whatever Accept says. */
                format?: components["schemas"]["TableFormat"];
            };
            header?: never;
            path: {
                /** @description The session's name; `default` for calls that name none. */
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
                /** @description What to answer, whatever Accept says. */
                format?: components["schemas"]["TableFormat"];
            };
            header?: never;
            path: {
                /** @description The session's name; `default` for calls that name none. */
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
                /** @description The session's name; `default` for calls that name none. */
                session: components["parameters"]["Session"];
                /** @description The task's id or short name: `3`, `%233` (`#3`), `rate-limited%233`, or `last` for the newest. */
                task: components["parameters"]["Task"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The task that was forgotten. */
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
                /** @description What to answer, whatever Accept says. */
                format?: components["schemas"]["TableFormat"];
            };
            header?: never;
            path: {
                /** @description The session's name; `default` for calls that name none. */
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
                /** @description The session's name; `default` for calls that name none. */
                session: components["parameters"]["Session"];
                /** @description The task's id or short name: `3`, `%233` (`#3`), `rate-limited%233`, or `last` for the newest. */
                task: components["parameters"]["Task"];
            };
            cookie?: never;
        };
        /** @description The answer. */
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
    moveTask: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's name; `default` for calls that name none. */
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
                /** @description The session's name; `default` for calls that name none. */
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
                /** @description The session's name; `default` for calls that name none. */
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
                /** @description The session's name; `default` for calls that name none. */
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
                /** @description The session's name; `default` for calls that name none. */
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
                /** @description The session's name; `default` for calls that name none. */
                session: components["parameters"]["Session"];
            };
            cookie?: never;
        };
        /** @description By how much. */
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
                /** @description The session's name; `default` for calls that name none. */
                session: components["parameters"]["Session"];
            };
            cookie?: never;
        };
        /** @description To which instant. */
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
                /** @description The session's name; `default` for calls that name none. */
                session: components["parameters"]["Session"];
            };
            cookie?: never;
        };
        /** @description How many times faster. */
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
                /** @description The session's name; `default` for calls that name none. */
                session: components["parameters"]["Session"];
            };
            cookie?: never;
        };
        /** @description Which task. */
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
                /** @description Calls of one operation. */
                operation?: components["schemas"]["Operation"];
                /** @description Calls with one HTTP method. */
                method?: components["schemas"]["Method"];
                /** @description Calls about one task. */
                taskId?: components["schemas"]["TaskId"];
                /** @description The same in fewer letters, as in `?task=last`. */
                task?: components["schemas"]["TaskId"];
                /** @description Calls that were answered with one HTTP status; what was never answered has none. */
                status?: components["schemas"]["HttpStatus"];
                /** @description Calls that were shown one state. */
                state?: components["schemas"]["ShownState"];
                /** @description Calls that one scenario answered. */
                scenario?: components["schemas"]["ScenarioName"];
                /** @description Exchanges of a greater number than this. */
                since?: number;
                /** @description So many of the last ones. */
                limit?: number;
                /** @description What to answer, whatever Accept says. */
                format?: components["schemas"]["TableFormat"];
            };
            header?: never;
            path: {
                /** @description The session's name; `default` for calls that name none. */
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
                /** @description The session's name; `default` for calls that name none. */
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
                /** @description The session's name; `default` for calls that name none. */
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
    readExchange: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's name; `default` for calls that name none. */
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
                /** @description The session's name; `default` for calls that name none. */
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
                /** @description The session's name; `default` for calls that name none. */
                session: components["parameters"]["Session"];
            };
            cookie?: never;
        };
        /** @description Which exchanges, and how often. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Expectation"];
            };
        };
        responses: {
            /** @description What came of it. */
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
                /** @description What to answer, whatever Accept says. */
                format?: components["schemas"]["ReportFormat"];
            };
            header?: never;
            path: {
                /** @description The session's name; `default` for calls that name none. */
                session: components["parameters"]["Session"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Each rule with its result and what proves it. */
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
                /** @description The session's name; `default` for calls that name none. */
                session: components["parameters"]["Session"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was met, and what was missed. */
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
                /** @description What to answer, whatever Accept says. */
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
            /** @description What was met, and what was missed. */
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
