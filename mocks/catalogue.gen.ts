// Generated from mocks/scenarios by `npm run generate`. Do not edit.
import type { ScenarioSource } from "../src/task/scenario.js";

export const catalogue: Readonly<Record<string, ScenarioSource>> = {
  "canceled-silent": {
    "summary": "Is CANCELED without a word about why.",
    "tags": [
      "lifecycle"
    ],
    "steps": [
      {
        "state": "PENDING",
        "for": "1s"
      },
      {
        "state": "PROCESSING",
        "for": "2s"
      },
      {
        "state": "CANCELED"
      }
    ]
  },
  "canceled": {
    "summary": "Fails - CANCELED with an error, or as the failure option says.",
    "tags": [
      "lifecycle"
    ],
    "steps": [
      {
        "state": "PENDING",
        "for": "1s"
      },
      {
        "state": "PROCESSING",
        "for": "2s"
      },
      {
        "state": "FAILURE"
      }
    ]
  },
  "complete-with-errors": {
    "summary": "Is COMPLETE with errors and without a file.",
    "tags": [
      "lifecycle"
    ],
    "steps": [
      {
        "state": "PENDING",
        "for": "1s"
      },
      {
        "state": "PROCESSING",
        "for": "2s"
      },
      {
        "state": "COMPLETE",
        "errors": 1
      }
    ]
  },
  "expired-token": {
    "summary": "Every call answers 401, for the token has expired.",
    "tags": [
      "auth"
    ],
    "steps": [
      {
        "state": "PENDING"
      }
    ],
    "faults": [
      {
        "on": [
          "importFromUrl",
          "checkImportStatus",
          "deleteFile"
        ],
        "error": "expired-token"
      }
    ]
  },
  "happy": {
    "summary": "Waits a second, is stored in two, and completes with a file.",
    "tags": [
      "lifecycle"
    ],
    "steps": [
      {
        "state": "PENDING",
        "for": "1s"
      },
      {
        "state": "PROCESSING",
        "for": "2s"
      },
      {
        "state": "COMPLETE"
      }
    ]
  },
  "instant": {
    "summary": "Is complete at the first poll.",
    "tags": [
      "lifecycle"
    ],
    "steps": [
      {
        "state": "COMPLETE"
      }
    ]
  },
  "malformed-json": {
    "summary": "Every status answer is cut in the middle, so that it is not JSON.",
    "tags": [
      "payload"
    ],
    "breaks": [
      "body-json"
    ],
    "steps": [
      {
        "state": "PENDING",
        "for": "1s"
      },
      {
        "state": "PROCESSING",
        "for": "2s"
      },
      {
        "state": "COMPLETE"
      }
    ],
    "faults": [
      {
        "body": "truncated"
      }
    ]
  },
  "missing-scopes": {
    "summary": "Every call answers 403, for the token lacks the scopes.",
    "tags": [
      "auth"
    ],
    "steps": [
      {
        "state": "PENDING"
      }
    ],
    "faults": [
      {
        "on": [
          "importFromUrl",
          "checkImportStatus",
          "deleteFile"
        ],
        "error": "missing-scopes"
      }
    ]
  },
  "not-found": {
    "summary": "The task is accepted, but every poll answers 404.",
    "tags": [
      "http"
    ],
    "breaks": [
      "task-known"
    ],
    "steps": [
      {
        "state": "PENDING"
      }
    ],
    "faults": [
      {
        "error": "not-found"
      }
    ]
  },
  "rate-limited": {
    "summary": "The second poll answers 429 with Retry-After; then it goes on.",
    "tags": [
      "limits"
    ],
    "steps": [
      {
        "state": "PENDING",
        "for": "1s"
      },
      {
        "state": "PROCESSING",
        "for": "2s"
      },
      {
        "state": "COMPLETE"
      }
    ],
    "faults": [
      {
        "polls": 2,
        "error": "rate-limited",
        "retryAfter": "2s"
      }
    ]
  },
  "server-error": {
    "summary": "The first two polls answer 503; then it goes on.",
    "tags": [
      "http"
    ],
    "steps": [
      {
        "state": "PENDING",
        "for": "1s"
      },
      {
        "state": "PROCESSING",
        "for": "2s"
      },
      {
        "state": "COMPLETE"
      }
    ],
    "faults": [
      {
        "polls": [
          1,
          2
        ],
        "error": "service-unavailable"
      }
    ]
  },
  "skip-processing": {
    "summary": "Goes from PENDING to COMPLETE; PROCESSING falls between two polls.",
    "tags": [
      "lifecycle"
    ],
    "steps": [
      {
        "state": "PENDING",
        "for": "2s"
      },
      {
        "state": "COMPLETE"
      }
    ]
  },
  "slow": {
    "summary": "Takes a minute - longer than many clients wait.",
    "tags": [
      "lifecycle"
    ],
    "steps": [
      {
        "state": "PENDING",
        "for": "15s",
        "polls": 5
      },
      {
        "state": "PROCESSING",
        "for": "45s",
        "polls": 15
      },
      {
        "state": "COMPLETE"
      }
    ]
  },
  "stuck-pending": {
    "summary": "Is never started.",
    "tags": [
      "lifecycle"
    ],
    "breaks": [
      "ends-in-time"
    ],
    "steps": [
      {
        "state": "PENDING"
      }
    ]
  },
  "stuck-processing": {
    "summary": "Is started and never ends.",
    "tags": [
      "lifecycle"
    ],
    "breaks": [
      "ends-in-time"
    ],
    "steps": [
      {
        "state": "PENDING",
        "for": "1s"
      },
      {
        "state": "PROCESSING"
      }
    ]
  }
};
