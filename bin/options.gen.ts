// Generated from spec/options.schema.json by `npm run generate`. Do not edit.
import type { OptionEntry } from "./options.js";

export const optionTables: Readonly<Record<"mock" | "verify", readonly OptionEntry[]>> = {
  "mock": [
    {
      "name": "port",
      "flags": "--port <number>",
      "description": "port to listen on; 0 chooses a free one",
      "default": 4010,
      "type": "integer",
      "minimum": 0,
      "maximum": 65535
    },
    {
      "name": "host",
      "flags": "--host <address>",
      "description": "address to listen on",
      "default": "127.0.0.1",
      "pattern": /\S/,
      "hint": "Write an address of this machine, such as 127.0.0.1."
    },
    {
      "name": "publicUrl",
      "flags": "--public-url <url>",
      "description": "address of the mock for its clients, used in links, if there is a proxy; such as https://mock.test/hubspot"
    },
    {
      "name": "trustProxy",
      "flags": "--trust-proxy",
      "description": "take the mock's address from a proxy's headers Forwarded or X-Forwarded-*"
    },
    {
      "name": "scenario",
      "flags": "--scenario <name>",
      "description": "scenario of imports without one (default: happy; with --replay: replay-1)"
    },
    {
      "name": "seed",
      "flags": "--seed <number>",
      "description": "decides every random value",
      "default": 1,
      "type": "integer",
      "minimum": 0,
      "maximum": 4294967295
    },
    {
      "name": "speed",
      "flags": "--speed <factor>",
      "description": "how many times faster tasks move",
      "default": 1,
      "type": "number",
      "maximum": 1000000,
      "exclusiveMinimum": 0,
      "hint": "Write a number greater than 0, such as 20."
    },
    {
      "name": "pace",
      "flags": "--pace <kind>",
      "description": "what moves tasks; under manual, Enter in this terminal",
      "default": "time",
      "choices": [
        "time",
        "polls",
        "manual",
        "immediate"
      ]
    },
    {
      "name": "scenarios",
      "flags": "--scenarios <directory>",
      "description": "your own scenarios, as .yaml files; reloaded when one changes"
    },
    {
      "name": "replay",
      "flags": "--replay <file>",
      "description": "replay a HAR file: scenarios replay-1, replay-2 and so on, in its order and timing"
    },
    {
      "name": "inFlightStatus",
      "flags": "--in-flight-status <status>",
      "description": "HTTP status before the end (HubSpot's is unknown)",
      "default": "200",
      "choices": [
        "200",
        "202"
      ]
    },
    {
      "name": "inFlightDates",
      "flags": "--in-flight-dates <style>",
      "description": "dates that do not apply yet (HubSpot's form is unknown)",
      "default": "omit",
      "choices": [
        "omit",
        "null",
        "filled"
      ]
    },
    {
      "name": "failure",
      "flags": "--failure <kind>",
      "description": "how a failed import ends (unknown for HubSpot)",
      "default": "canceled",
      "choices": [
        "canceled",
        "complete",
        "silent"
      ]
    },
    {
      "name": "asPublished",
      "flags": "--as-published",
      "description": "also match HubSpot's published document: filled dates before the end, complete errors",
      "default": false
    },
    {
      "name": "datedRequired",
      "flags": "--dated-required <rule>",
      "description": "fields that only dated versions list as required (unknown whether HubSpot enforces them)",
      "default": "accept",
      "choices": [
        "accept",
        "enforce"
      ]
    },
    {
      "name": "statusLink",
      "flags": "--status-link <version>",
      "description": "the version in links.status; HubSpot's links always have v3",
      "default": "v3",
      "choices": [
        "v3",
        "requested"
      ]
    },
    {
      "name": "apiVersions",
      "flags": "--api-versions <list>",
      "description": "the API's versions, such as 2026-09,2026-03; others get a 404",
      "defaultText": "all",
      "type": "array"
    },
    {
      "name": "errors",
      "flags": "--errors",
      "description": "respond with 500 if the mock's response breaks the contract"
    },
    {
      "name": "control",
      "flags": "--no-control",
      "description": "serve no control API under /__mock"
    },
    {
      "name": "controlToken",
      "flags": "--control-token <token>",
      "description": "token that the control API requires; outside loopback, a random one by default"
    },
    {
      "name": "allowHost",
      "flags": "--allow-host <name>",
      "description": "a host name that the control API accepts; repeatable",
      "default": [],
      "defaultText": "localhost and its addresses",
      "type": "array",
      "pattern": /^([\w.-]+|\[[\da-fA-F:]+\])$/,
      "hint": "Write a name or address alone, such as mock.example.com or 192.168.1.5."
    },
    {
      "name": "quiet",
      "flags": "--quiet",
      "description": "print only the mock's address, and the control token if it is random"
    },
    {
      "name": "conductReport",
      "flags": "--conduct-report <file>",
      "description": "on exit, report how the clients behaved: .xml (JUnit), .md, .json, .html, .txt, or KIND=FILE; repeatable",
      "type": "array"
    },
    {
      "name": "failOn",
      "flags": "--fail-on <what>",
      "description": "exit with 1 if a client broke a rule, with 3 if none was judged",
      "choices": [
        "conduct"
      ]
    },
    {
      "name": "failUnder",
      "flags": "--fail-under <percent>",
      "description": "exit with 1 if a smaller share of scenarios, states and faults was exercised",
      "type": "number",
      "minimum": 0,
      "maximum": 100,
      "hint": "Write a percentage from 0 to 100, such as 80."
    },
    {
      "name": "snapshot",
      "flags": "--snapshot <file>",
      "description": "continue with the sessions in the file, and store them there for the next start"
    }
  ],
  "verify": [
    {
      "name": "baseUrl",
      "flags": "--base-url <url>",
      "description": "the address before /files/v3, such as https://api.hubapi.com",
      "env": "IMPORT_KIT_BASE_URL"
    },
    {
      "name": "apiVersion",
      "flags": "--api-version <version>",
      "description": "the API version to check; all starts on v3 and compares every version (default: v3)",
      "choices": [
        "v3",
        "2025-09",
        "2026-03",
        "2026-09",
        "all"
      ],
      "env": "IMPORT_KIT_API_VERSION"
    },
    {
      "name": "importUrl",
      "flags": "--import-url <url>",
      "description": "a file that the server can fetch (default: a picture of the W3C)",
      "env": "IMPORT_KIT_IMPORT_URL"
    },
    {
      "name": "failingUrl",
      "flags": "--failing-url <url>",
      "description": "a file that the server cannot fetch (default: on a host that cannot exist)",
      "env": "IMPORT_KIT_FAILING_URL"
    },
    {
      "name": "folderPath",
      "flags": "--folder-path <path>",
      "description": "folder for the files (default: /import-kit)",
      "env": "IMPORT_KIT_FOLDER_PATH"
    },
    {
      "name": "access",
      "flags": "--access <access>",
      "description": "who may see the files (default: PRIVATE)",
      "env": "IMPORT_KIT_ACCESS"
    },
    {
      "name": "pollInterval",
      "flags": "--poll-interval <time>",
      "description": "the first pause between polls; each is half as long again (default: 1s)",
      "env": "IMPORT_KIT_POLL_INTERVAL"
    },
    {
      "name": "timeout",
      "flags": "--timeout <time>",
      "description": "how long a task may take (default: 60s)",
      "env": "IMPORT_KIT_TIMEOUT"
    },
    {
      "name": "strict",
      "flags": "--strict",
      "description": "also fail on drift: what the contract does not contain or only assumes",
      "env": "IMPORT_KIT_STRICT"
    },
    {
      "name": "strict",
      "flags": "--no-strict",
      "description": "do not, whatever the environment or the config file says"
    },
    {
      "name": "keep",
      "flags": "--keep",
      "description": "do not delete the files that the run created",
      "env": "IMPORT_KIT_KEEP"
    },
    {
      "name": "keep",
      "flags": "--no-keep",
      "description": "delete them, whatever the environment or the config file says"
    },
    {
      "name": "only",
      "flags": "--only <checks...>",
      "description": "judge only these checks",
      "type": "array",
      "env": "IMPORT_KIT_ONLY"
    },
    {
      "name": "skip",
      "flags": "--skip <checks...>",
      "description": "do not judge these checks",
      "type": "array",
      "env": "IMPORT_KIT_SKIP"
    },
    {
      "name": "record",
      "flags": "--record <file>",
      "description": "write the requests and responses as a HAR file, redacted",
      "env": "IMPORT_KIT_RECORD"
    },
    {
      "name": "report",
      "flags": "--report <kind=file>",
      "description": "write a report, as text, markdown, junit, json, sarif, html or github, to a file or to -; repeatable",
      "type": "array",
      "env": "IMPORT_KIT_REPORT"
    },
    {
      "name": "recording",
      "flags": "--recording <file>",
      "description": "judge a HAR file, without a network"
    },
    {
      "name": "updateEvidence",
      "flags": "--update-evidence",
      "description": "add the observations to spec/evidence.md, for a person to review"
    },
    {
      "name": "json",
      "flags": "--json",
      "description": "the same as --report json=- (schema: hubspot-import-kit/report.schema.json)"
    },
    {
      "name": "list",
      "flags": "--list",
      "description": "list the checks and do nothing else"
    },
    {
      "name": "quiet",
      "flags": "--quiet",
      "description": "print neither progress nor the text beside a report"
    }
  ]
};
