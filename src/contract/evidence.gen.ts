// Generated from spec/evidence.yaml by `npm run generate`. Do not edit.

export const evidence = {
  "catalogue": "https://api.hubspot.com/public/api/spec/v1/specs",
  "questions": [
    {
      "id": "Q1",
      "question": "Does the status request return 200 or 202 before the end?",
      "assumed": "200"
    },
    {
      "id": "Q2",
      "question": "How does the body show dates that do not apply yet?",
      "assumed": "absent"
    },
    {
      "id": "Q3",
      "question": "How does a failed import end?",
      "assumed": "CANCELED with errors"
    },
    {
      "id": "Q4",
      "question": "Are `numErrors` and `errors` absent or zero without errors?",
      "assumed": "absent"
    },
    {
      "id": "Q5",
      "question": "What is the response to a well-formed task id that does not exist?",
      "assumed": "404 without category"
    },
    {
      "id": "Q6",
      "question": "Which ids are well-formed?",
      "assumed": "eight bytes of base64url, and our own"
    },
    {
      "id": "Q7",
      "question": "How long do tasks take?",
      "assumed": "1 s PENDING, 2 s PROCESSING"
    },
    {
      "id": "Q8",
      "question": "Does a 429 carry Retry-After?",
      "assumed": "in the scenario that sets it"
    },
    {
      "id": "Q9",
      "question": "What are the responses to a body over the limit and to a wrong Content-Type?",
      "assumed": "413 over 10 MiB, 415"
    },
    {
      "id": "Q10",
      "question": "What is the response to a `folderId` that does not exist?",
      "assumed": "not simulated: any id is a folder"
    },
    {
      "id": "Q11",
      "question": "How is a file named when the url's path has no last segment, or the name no extension?",
      "assumed": "`file`; the url's extension is added"
    },
    {
      "id": "Q12",
      "question": "What do the edge's pages for 5xx say?",
      "assumed": "an HTML page of our own wording"
    },
    {
      "id": "Q13",
      "question": "Which limits does HubSpot put on names, paths and urls?",
      "assumed": "a name and a path are cut at 1,000 characters"
    },
    {
      "id": "Q14",
      "question": "Which urls does HubSpot reject at once (no scheme, a private host)?",
      "assumed": "none"
    },
    {
      "id": "Q15",
      "question": "Which numbers does `X-HubSpot-RateLimit-Secondly` have?",
      "assumed": "absent, unless a limit per second is set"
    },
    {
      "id": "Q16",
      "question": "Does the host of HubSpot's own link (`api-na1.hubspot.com`) accept the token?",
      "assumed": "the mock's links lead to itself"
    },
    {
      "id": "Q17",
      "question": "Do the dated versions require `overwrite`, `duplicateValidationScope` and `duplicateValidationStrategy` in an import, and no `url`?",
      "assumed": "no: the same request as for v3"
    },
    {
      "id": "Q18",
      "question": "Does the status path of one version return a task that was started in another version?",
      "assumed": "yes: any path returns any task"
    },
    {
      "id": "Q19",
      "question": "Can a task still be polled after its file was deleted, and with which `result`?",
      "assumed": "yes: COMPLETE with the unchanged `result`"
    },
    {
      "id": "Q20",
      "question": "What is the response to a poll with a token of another account?",
      "assumed": "not simulated: every token reads every task"
    },
    {
      "id": "Q21",
      "question": "Are two imports of the same name, sent at once with `duplicateValidationStrategy` REJECT, both accepted?",
      "assumed": "yes: the mock keeps no folder listing"
    }
  ],
  "knownDifferences": [
    {
      "kind": "required",
      "where": "checkImportStatus 200 startedAt",
      "published": "required",
      "departure": "D1",
      "versions": "all"
    },
    {
      "kind": "required",
      "where": "checkImportStatus 200 completedAt",
      "published": "required",
      "departure": "D1",
      "versions": "all"
    },
    {
      "kind": "type",
      "where": "checkImportStatus 200 startedAt",
      "published": "string",
      "departure": "D1",
      "versions": "all"
    },
    {
      "kind": "type",
      "where": "checkImportStatus 200 completedAt",
      "published": "string",
      "departure": "D1",
      "versions": "all"
    },
    {
      "kind": "required",
      "where": "importFromUrl 202 links.status",
      "published": "optional",
      "departure": "D2",
      "versions": "all"
    },
    {
      "kind": "status",
      "where": "* error",
      "published": "default",
      "departure": "D4",
      "versions": "all"
    },
    {
      "kind": "status",
      "where": "checkImportStatus 202",
      "published": "absent",
      "departure": "D4",
      "versions": "all"
    },
    {
      "kind": "media type",
      "where": "* error",
      "published": "*/*",
      "departure": "D4",
      "versions": "all"
    },
    {
      "kind": "security",
      "where": "* security",
      "published": "oauth2",
      "departure": "D6",
      "versions": "all"
    },
    {
      "kind": "required",
      "where": "checkImportStatus 200 errors[].context",
      "published": "required",
      "departure": "D7",
      "versions": "all"
    },
    {
      "kind": "required",
      "where": "checkImportStatus 200 errors[].errors",
      "published": "required",
      "departure": "D7",
      "versions": "all"
    },
    {
      "kind": "required",
      "where": "checkImportStatus 200 errors[].links",
      "published": "required",
      "departure": "D7",
      "versions": "all"
    },
    {
      "kind": "type",
      "where": "checkImportStatus 200 errors[].subCategory",
      "published": "object",
      "departure": "D8",
      "versions": "all"
    },
    {
      "kind": "type",
      "where": "checkImportStatus 200 errors[].errors[].subCategory",
      "published": "string",
      "departure": "D8",
      "versions": "all"
    },
    {
      "kind": "type",
      "where": "* error errors[].subCategory",
      "published": "string",
      "departure": "D8",
      "versions": "all"
    },
    {
      "kind": "required",
      "where": "importFromUrl request folderId",
      "published": "optional",
      "departure": "D9",
      "versions": "all"
    },
    {
      "kind": "required",
      "where": "importFromUrl request folderPath",
      "published": "optional",
      "departure": "D9",
      "versions": "all"
    },
    {
      "kind": "required",
      "where": "checkImportStatus 200 result",
      "published": "optional",
      "departure": "D10",
      "versions": "all"
    },
    {
      "kind": "required",
      "where": "checkImportStatus 200 numErrors",
      "published": "optional",
      "departure": "D10",
      "versions": "all"
    },
    {
      "kind": "required",
      "where": "checkImportStatus 200 errors",
      "published": "optional",
      "departure": "D10",
      "versions": "all"
    },
    {
      "kind": "required",
      "where": "* error category",
      "published": "required",
      "departure": "D11",
      "versions": "all"
    },
    {
      "kind": "property",
      "where": "* error status",
      "published": "absent",
      "departure": "D12",
      "versions": "all"
    },
    {
      "kind": "property",
      "where": "* error errorType",
      "published": "absent",
      "departure": "D12",
      "versions": "all"
    },
    {
      "kind": "property",
      "where": "* error policyName",
      "published": "absent",
      "departure": "D12",
      "versions": "all"
    },
    {
      "kind": "property",
      "where": "* error groupName",
      "published": "absent",
      "departure": "D12",
      "versions": "all"
    },
    {
      "kind": "property",
      "where": "* error requestId",
      "published": "absent",
      "departure": "D12",
      "versions": "all"
    },
    {
      "kind": "security",
      "where": "* security",
      "published": "apiKey hapikey",
      "departure": "D14",
      "versions": "dated"
    },
    {
      "kind": "security",
      "where": "* security",
      "published": "apiKey private-app",
      "departure": "D14",
      "versions": "dated"
    },
    {
      "kind": "scopes",
      "where": "deleteFile security",
      "published": "files, files.ui_hidden.write, files.write",
      "departure": "D14",
      "versions": "dated"
    },
    {
      "kind": "required",
      "where": "importFromUrl request url",
      "published": "optional",
      "departure": "D14",
      "versions": "dated"
    },
    {
      "kind": "required",
      "where": "importFromUrl request overwrite",
      "published": "required",
      "departure": "D14",
      "versions": "dated"
    },
    {
      "kind": "required",
      "where": "importFromUrl request duplicateValidationScope",
      "published": "required",
      "departure": "D14",
      "versions": "dated"
    },
    {
      "kind": "required",
      "where": "importFromUrl request duplicateValidationStrategy",
      "published": "required",
      "departure": "D14",
      "versions": "dated"
    },
    {
      "kind": "required",
      "where": "importFromUrl 202 links",
      "published": "optional",
      "departure": "D14",
      "versions": "dated"
    },
    {
      "kind": "required",
      "where": "checkImportStatus 200 result.access",
      "published": "optional",
      "departure": "D14",
      "versions": "dated"
    },
    {
      "kind": "format",
      "where": "importFromUrl request ttl",
      "published": "none",
      "departure": "D15",
      "versions": "all"
    },
    {
      "kind": "format",
      "where": "importFromUrl 202 links.status",
      "published": "none",
      "departure": "D15",
      "versions": "all"
    },
    {
      "kind": "format",
      "where": "checkImportStatus 200 result.url",
      "published": "none",
      "departure": "D15",
      "versions": "all"
    },
    {
      "kind": "format",
      "where": "checkImportStatus 200 result.defaultHostingUrl",
      "published": "none",
      "departure": "D15",
      "versions": "all"
    }
  ],
  "supportedUntil": {
    "v3": "2027-09",
    "v4": "2027-03-30",
    "2025-09": "2027-03",
    "2026-03": "2027-09",
    "2026-09": "2028-03"
  }
} as const;
