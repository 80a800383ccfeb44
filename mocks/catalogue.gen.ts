// Generated from mocks/scenarios by `npm run generate`. Do not edit.
import type { ScenarioSource } from "../src/scenario/source.js";

export const catalogue: Readonly<Record<string, Omit<ScenarioSource, "summary">>> = {
 "app-banned": {
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
    "error": "banned"
   }
  ]
 },
 "expired-token": {
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
 "feature-gated": {
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
    "error": "gated"
   }
  ]
 },
 "missing-scope-to-delete": {
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
    "on": [
     "deleteFile"
    ],
    "error": "missing-scopes"
   }
  ]
 },
 "missing-scope-to-read": {
  "steps": [
   {
    "state": "PENDING"
   }
  ],
  "faults": [
   {
    "error": "missing-scopes"
   }
  ]
 },
 "missing-scope-to-write": {
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
    "on": [
     "importFromUrl"
    ],
    "error": "missing-scopes"
   }
  ]
 },
 "missing-scopes": {
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
 "token-expired-at-import": {
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
    "on": [
     "importFromUrl"
    ],
    "until": "new-token",
    "error": "expired-token"
   }
  ]
 },
 "token-expires": {
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
    "polls": {
     "after": "$after"
    },
    "afterImport": "$lifetime",
    "until": "new-token",
    "error": "expired-token"
   }
  ],
  "parameters": {
   "after": {
    "type": "integer",
    "default": 1,
    "minimum": 0,
    "maximum": 1000000
   },
   "lifetime": {
    "type": "duration",
    "default": "0s"
   }
  }
 },
 "token-refused-once": {
  "breaks": [
   "task-known"
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
    "error": "expired-token"
   }
  ]
 },
 "clock-ahead": {
  "breaks": [
   "no-future"
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
    "alter": [
     {
      "shift": "/requestedAt",
      "by": "$by"
     },
     {
      "shift": "/startedAt",
      "by": "$by"
     },
     {
      "shift": "/completedAt",
      "by": "$by"
     },
     {
      "shift": "/result/createdAt",
      "by": "$by"
     },
     {
      "shift": "/result/updatedAt",
      "by": "$by"
     }
    ]
   }
  ],
  "parameters": {
   "by": {
    "type": "duration",
    "default": "1h"
   }
  }
 },
 "clock-behind": {
  "breaks": [
   "requested-at"
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
    "alter": [
     {
      "shift": "/requestedAt",
      "by": "$by"
     },
     {
      "shift": "/startedAt",
      "by": "$by"
     },
     {
      "shift": "/completedAt",
      "by": "$by"
     },
     {
      "shift": "/result/createdAt",
      "by": "$by"
     },
     {
      "shift": "/result/updatedAt",
      "by": "$by"
     }
    ]
   }
  ],
  "parameters": {
   "by": {
    "type": "duration",
    "default": "-1h"
   }
  }
 },
 "completed-before-started": {
  "breaks": [
   "date-order"
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
    "during": [
     "COMPLETE"
    ],
    "alter": [
     {
      "shift": "/completedAt",
      "by": "-1h"
     }
    ]
   }
  ]
 },
 "date-in-other-form": {
  "breaks": [
   "schema"
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
    "during": [
     "COMPLETE"
    ],
    "alter": [
     {
      "set": "/startedAt",
      "to": "14/09/2026 12:00"
     }
    ]
   }
  ]
 },
 "end-changes": {
  "breaks": [
   "end-fixed"
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
    "polls": {
     "first": 2,
     "count": 1000000
    },
    "during": [
     "COMPLETE"
    ],
    "alter": [
     {
      "set": "/result/id",
      "to": "100000000001"
     }
    ]
   }
  ]
 },
 "end-goes-back": {
  "breaks": [
   "terminal-state"
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
    "polls": {
     "first": 2,
     "count": 2
    },
    "during": [
     "COMPLETE"
    ],
    "alter": [
     {
      "set": "/status",
      "to": "PROCESSING"
     },
     {
      "remove": "/result"
     },
     {
      "remove": "/completedAt"
     }
    ]
   }
  ]
 },
 "extra-property": {
  "breaks": [
   "undocumented-property"
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
    "alter": [
     {
      "set": "/progress",
      "to": 0.5
     },
     {
      "set": "/schemaVersion",
      "to": "v4"
     }
    ]
   }
  ]
 },
 "failed-status": {
  "breaks": [
   "schema"
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
    "state": "CANCELED",
    "errors": 1
   }
  ],
  "faults": [
   {
    "during": [
     "CANCELED"
    ],
    "alter": [
     {
      "set": "/status",
      "to": "FAILED"
     }
    ]
   }
  ]
 },
 "file-size-as-text": {
  "breaks": [
   "schema"
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
    "during": [
     "COMPLETE"
    ],
    "alter": [
     {
      "set": "/result/size",
      "to": "24574"
     }
    ]
   }
  ]
 },
 "link-on-other-host": {
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
    "on": [
     "importFromUrl",
     "checkImportStatus"
    ],
    "alter": [
     {
      "rehost": "/links/status",
      "to": "other-loopback"
     }
    ]
   }
  ]
 },
 "link-to-another-host": {
  "breaks": [
   "status-link"
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
    "on": [
     "importFromUrl",
     "checkImportStatus"
    ],
    "alter": [
     {
      "rehost": "/links/status",
      "to": "example.com"
     }
    ]
   }
  ]
 },
 "link-to-another-task": {
  "breaks": [
   "status-link"
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
    "on": [
     "importFromUrl",
     "checkImportStatus"
    ],
    "alter": [
     {
      "set": "/links/status",
      "to": "https://api.hubapi.com/files/v3/files/import-from-url/async/tasks/AAAAEZ6whGI/status"
     }
    ]
   }
  ]
 },
 "link-without-host": {
  "breaks": [
   "schema",
   "status-link"
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
    "on": [
     "importFromUrl",
     "checkImportStatus"
    ],
    "alter": [
     {
      "set": "/links/status",
      "to": "/files/v3/files/import-from-url/async/tasks/AAAAEZ6whGI/status"
     }
    ]
   }
  ]
 },
 "links-as-array": {
  "breaks": [
   "schema"
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
    "alter": [
     {
      "set": "/links",
      "to": []
     }
    ]
   }
  ]
 },
 "lower-case-status": {
  "breaks": [
   "schema"
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
    "during": [
     "COMPLETE"
    ],
    "alter": [
     {
      "set": "/status",
      "to": "complete"
     }
    ]
   }
  ]
 },
 "missing-completed-at": {
  "breaks": [
   "schema"
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
    "alter": [
     {
      "remove": "/completedAt"
     }
    ]
   }
  ]
 },
 "missing-file-id": {
  "breaks": [
   "schema"
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
    "alter": [
     {
      "remove": "/result/id"
     }
    ]
   }
  ]
 },
 "missing-status": {
  "breaks": [
   "schema"
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
    "alter": [
     {
      "remove": "/status"
     }
    ]
   }
  ]
 },
 "missing-task-id": {
  "breaks": [
   "schema"
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
    "alter": [
     {
      "remove": "/taskId"
     }
    ]
   }
  ]
 },
 "no-links": {
  "breaks": [
   "schema"
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
    "on": [
     "importFromUrl",
     "checkImportStatus"
    ],
    "alter": [
     {
      "remove": "/links"
     }
    ]
   }
  ]
 },
 "null-result": {
  "breaks": [
   "schema"
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
    "during": [
     "COMPLETE"
    ],
    "alter": [
     {
      "set": "/result",
      "to": null
     }
    ]
   }
  ]
 },
 "numeric-task-id": {
  "breaks": [
   "schema"
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
    "alter": [
     {
      "set": "/taskId",
      "to": 75676812386
     }
    ]
   }
  ]
 },
 "state-goes-back": {
  "breaks": [
   "state-order"
  ],
  "steps": [
   {
    "state": "PENDING",
    "for": "1s"
   },
   {
    "state": "PROCESSING",
    "for": "5s",
    "polls": 3
   },
   {
    "state": "COMPLETE"
   }
  ],
  "faults": [
   {
    "polls": 1,
    "during": [
     "PROCESSING",
     "COMPLETE"
    ],
    "alter": [
     {
      "set": "/status",
      "to": "PROCESSING"
     },
     {
      "remove": "/result"
     },
     {
      "remove": "/completedAt"
     }
    ]
   },
   {
    "polls": 2,
    "during": [
     "PROCESSING",
     "COMPLETE"
    ],
    "alter": [
     {
      "set": "/status",
      "to": "PENDING"
     },
     {
      "remove": "/startedAt"
     },
     {
      "remove": "/result"
     },
     {
      "remove": "/completedAt"
     }
    ]
   }
  ]
 },
 "unknown-status": {
  "breaks": [
   "schema"
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
    "during": [
     "PENDING"
    ],
    "alter": [
     {
      "set": "/status",
      "to": "QUEUED"
     }
    ]
   }
  ]
 },
 "wrong-error-count": {
  "breaks": [
   "error-count"
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
    "state": "CANCELED",
    "errors": 1
   }
  ],
  "faults": [
   {
    "during": [
     "CANCELED"
    ],
    "alter": [
     {
      "set": "/numErrors",
      "to": 3
     }
    ]
   }
  ]
 },
 "account-migration": {
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
    "error": "migration",
    "retryAfter": "$retryAfter"
   }
  ],
  "parameters": {
   "retryAfter": {
    "type": "duration",
    "default": "5s"
   }
  }
 },
 "edge-not-found": {
  "breaks": [
   "content-type",
   "task-known"
  ],
  "steps": [
   {
    "state": "PENDING"
   }
  ],
  "faults": [
   {
    "page": 404
   }
  ]
 },
 "edge-page": {
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
    "polls": {
     "first": 2,
     "count": "$burst"
    },
    "page": "$status"
   }
  ],
  "parameters": {
   "status": {
    "values": [
     502,
     503,
     504,
     521,
     523,
     524
    ],
    "default": 502
   },
   "burst": {
    "type": "integer",
    "default": 1,
    "minimum": 1,
    "maximum": 100
   }
  }
 },
 "gateway-timeout": {
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
    "polls": {
     "first": 2,
     "count": "$burst"
    },
    "error": "gateway-timeout"
   }
  ],
  "parameters": {
   "burst": {
    "type": "integer",
    "default": 1,
    "minimum": 1,
    "maximum": 100
   }
  }
 },
 "gone-after-retention": {
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
    "afterEnd": "$retention",
    "error": "not-found"
   }
  ],
  "parameters": {
   "retention": {
    "type": "duration",
    "default": "1h"
   }
  }
 },
 "internal-error": {
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
    "polls": {
     "first": 2,
     "count": "$burst"
    },
    "error": "internal-error"
   }
  ],
  "parameters": {
   "burst": {
    "type": "integer",
    "default": 1,
    "minimum": 1,
    "maximum": 100
   }
  }
 },
 "locked": {
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
    "polls": {
     "first": 2,
     "count": "$burst"
    },
    "error": "locked"
   }
  ],
  "parameters": {
   "burst": {
    "type": "integer",
    "default": 1,
    "minimum": 1,
    "maximum": 100
   }
  }
 },
 "not-found-at-first": {
  "breaks": [
   "task-known"
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
    "polls": {
     "first": 1,
     "count": "$burst"
    },
    "error": "not-found"
   }
  ],
  "parameters": {
   "burst": {
    "type": "integer",
    "default": 2,
    "minimum": 1,
    "maximum": 100
   }
  }
 },
 "not-found": {
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
 "outage-after-import": {
  "breaks": [
   "availability"
  ],
  "steps": [
   {
    "state": "PENDING"
   }
  ],
  "faults": [
   {
    "error": "bad-gateway"
   }
  ]
 },
 "outage": {
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
    "page": 503
   }
  ]
 },
 "server-error-with-retry-after": {
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
    "error": "service-unavailable",
    "retryAfter": "$retryAfter"
   }
  ],
  "parameters": {
   "retryAfter": {
    "type": "duration",
    "default": "5s"
   }
  }
 },
 "server-error": {
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
    "polls": {
     "first": 1,
     "count": "$burst"
    },
    "error": "service-unavailable"
   }
  ],
  "parameters": {
   "burst": {
    "type": "integer",
    "default": 2,
    "minimum": 1,
    "maximum": 100
   }
  }
 },
 "version-sunset": {
  "breaks": [
   "content-type",
   "task-known",
   "undocumented-header"
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
    "versions": [
     "v3"
    ],
    "polls": {
     "after": "$after"
    },
    "page": 404
   },
   {
    "on": [
     "importFromUrl",
     "checkImportStatus"
    ],
    "versions": [
     "v3"
    ],
    "headers": {
     "Deprecation": "@1789430400",
     "Sunset": "$sunset"
    }
   }
  ],
  "parameters": {
   "after": {
    "type": "integer",
    "default": 2,
    "minimum": 0,
    "maximum": 1000000
   },
   "sunset": {
    "type": "string",
    "default": "Wed, 01 Sep 2027 00:00:00 GMT"
   }
  }
 },
 "canceled-at-once": {
  "steps": [
   {
    "state": "FAILURE"
   }
  ]
 },
 "canceled-silent": {
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
 "canceled-while-queued": {
  "steps": [
   {
    "state": "PENDING",
    "for": "1s"
   },
   {
    "state": "FAILURE"
   }
  ]
 },
 "canceled-with-many-errors": {
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
    "state": "CANCELED",
    "errors": "$errors"
   }
  ],
  "parameters": {
   "errors": {
    "type": "integer",
    "default": 20,
    "minimum": 1,
    "maximum": 1000
   }
  }
 },
 "canceled": {
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
 "complete-with-partial-errors": {
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
    "errors": 2,
    "error": {
     "category": "VALIDATION_ERROR",
     "message": "A property of the file could not be set."
    },
    "result": true
   }
  ]
 },
 "complete-without-result": {
  "breaks": [
   "schema"
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
    "result": false
   }
  ]
 },
 "duplicate-rejected": {
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
    "state": "CANCELED",
    "errors": 1,
    "error": {
     "category": "CONFLICT",
     "message": "A file of this name exists already."
    }
   }
  ]
 },
 "happy": {
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
  "steps": [
   {
    "state": "COMPLETE"
   }
  ]
 },
 "long-queue": {
  "steps": [
   {
    "state": "PENDING",
    "for": "40s",
    "polls": 10
   },
   {
    "state": "COMPLETE"
   }
  ]
 },
 "skip-pending": {
  "steps": [
   {
    "state": "PROCESSING",
    "for": "2s"
   },
   {
    "state": "COMPLETE"
   }
  ]
 },
 "skip-processing": {
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
 "source-blocked": {
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
    "state": "CANCELED",
    "errors": 1,
    "error": {
     "category": "VALIDATION_ERROR",
     "message": "Files of this type are not allowed."
    }
   }
  ]
 },
 "source-forbidden": {
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
    "state": "CANCELED",
    "errors": 1,
    "error": {
     "category": "VALIDATION_ERROR",
     "message": "The url was answered 401.",
     "context": {
      "status": [
       "401"
      ]
     }
    }
   }
  ]
 },
 "source-not-a-file": {
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
    "state": "CANCELED",
    "errors": 1,
    "error": {
     "category": "VALIDATION_ERROR",
     "message": "The url leads to a page, not to a file."
    }
   }
  ]
 },
 "source-not-found": {
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
    "state": "CANCELED",
    "errors": 1,
    "error": {
     "category": "VALIDATION_ERROR",
     "message": "The url was answered 404.",
     "context": {
      "status": [
       "404"
      ]
     }
    }
   }
  ]
 },
 "source-timeout": {
  "steps": [
   {
    "state": "PENDING",
    "for": "1s"
   },
   {
    "state": "PROCESSING",
    "for": "30s",
    "polls": 5
   },
   {
    "state": "CANCELED",
    "errors": 1,
    "error": {
     "category": "VALIDATION_ERROR",
     "message": "The url did not answer in time."
    }
   }
  ]
 },
 "source-too-large": {
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
    "state": "CANCELED",
    "errors": 1,
    "error": {
     "category": "VALIDATION_ERROR",
     "message": "The file is larger than this account allows."
    }
   }
  ]
 },
 "source-unreachable": {
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
    "state": "CANCELED",
    "errors": 1,
    "error": {
     "category": "VALIDATION_ERROR",
     "message": "The host of the url could not be reached."
    }
   }
  ]
 },
 "stuck-pending": {
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
 },
 "daily-budget": {
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
  "limits": {
   "daily": "$calls"
  },
  "parameters": {
   "calls": {
    "type": "integer",
    "default": 50,
    "minimum": 1,
    "maximum": 1000000
   }
  }
 },
 "daily-limit-reached": {
  "steps": [
   {
    "state": "PENDING"
   }
  ],
  "faults": [
   {
    "error": "daily-limit"
   }
  ]
 },
 "rate-budget": {
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
  "limits": {
   "tenSecondly": "$calls"
  },
  "parameters": {
   "calls": {
    "type": "integer",
    "default": 5,
    "minimum": 1,
    "maximum": 1000000
   }
  }
 },
 "rate-limited-import": {
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
    "on": [
     "importFromUrl"
    ],
    "imports": {
     "first": 1,
     "count": "$burst"
    },
    "error": "rate-limited",
    "retryAfter": "$retryAfter"
   }
  ],
  "parameters": {
   "retryAfter": {
    "type": "duration",
    "default": "2s"
   },
   "burst": {
    "type": "integer",
    "default": 1,
    "minimum": 1,
    "maximum": 100
   }
  }
 },
 "rate-limited-without-retry-after": {
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
    "polls": {
     "first": 2,
     "count": "$burst"
    },
    "error": "rate-limited"
   }
  ],
  "parameters": {
   "burst": {
    "type": "integer",
    "default": 2,
    "minimum": 1,
    "maximum": 100
   }
  }
 },
 "rate-limited": {
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
    "polls": {
     "first": 2,
     "count": "$burst"
    },
    "error": "rate-limited",
    "retryAfter": "$retryAfter"
   }
  ],
  "parameters": {
   "retryAfter": {
    "type": "duration",
    "default": "2s"
   },
   "burst": {
    "type": "integer",
    "default": 1,
    "minimum": 1,
    "maximum": 100
   }
  }
 },
 "secondly-budget": {
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
  "limits": {
   "secondly": "$calls"
  },
  "parameters": {
   "calls": {
    "type": "integer",
    "default": 2,
    "minimum": 1,
    "maximum": 1000000
   }
  }
 },
 "secondly-limited": {
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
    "error": "secondly-limit"
   }
  ]
 },
 "black-hole": {
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
    "wire": "black-hole"
   }
  ]
 },
 "connection-reset-mid-body": {
  "breaks": [
   "body-complete"
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
    "wire": "reset-mid-body"
   }
  ]
 },
 "connection-reset": {
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
    "polls": {
     "first": 2,
     "count": "$burst"
    },
    "wire": "reset"
   }
  ],
  "parameters": {
   "burst": {
    "type": "integer",
    "default": 1,
    "minimum": 1,
    "maximum": 100
   }
  }
 },
 "slow-drip": {
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
    "wire": "drip",
    "chunks": "$chunks",
    "pause": "$pause"
   }
  ],
  "parameters": {
   "chunks": {
    "type": "integer",
    "default": 5,
    "minimum": 1,
    "maximum": 1000
   },
   "pause": {
    "type": "duration",
    "default": "500ms"
   }
  }
 },
 "byte-order-mark": {
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
    "body": "byte-order-mark"
   }
  ]
 },
 "content-length-too-long": {
  "breaks": [
   "body-complete"
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
    "body": "too-long-length"
   }
  ]
 },
 "content-length-too-short": {
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
    "body": "too-short-length"
   }
  ]
 },
 "empty-body": {
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
    "body": "empty"
   }
  ]
 },
 "malformed-json": {
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
    "body": "malformed"
   }
  ]
 },
 "truncated-json-once": {
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
    "polls": 2,
    "body": "truncated"
   }
  ]
 },
 "truncated-json": {
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
 "wrong-content-type": {
  "breaks": [
   "content-type"
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
    "body": "wrong-type"
   }
  ]
 },
 "duplicate-returned": {
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
  "file": {
   "createdAgo": "$age"
  },
  "parameters": {
   "age": {
    "type": "duration",
    "default": "30d"
   }
  }
 },
 "result-audio": {
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
  "file": {
   "name": "interview.mp3"
  }
 },
 "result-document": {
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
  "file": {
   "name": "annual-report.pdf"
  }
 },
 "result-empty": {
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
  "file": {
   "name": "empty.csv",
   "size": 0
  }
 },
 "result-formula-name": {
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
  "file": {
   "name": "=HYPERLINK(\"https://example.com\",\"open\").csv"
  }
 },
 "result-image": {
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
  "file": {
   "name": "cat.png"
  }
 },
 "result-long-name": {
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
  "file": {
   "name": "a-very-long-name-a-very-long-name-a-very-long-name-a-very-long-name-a-very-long-name-a-very-long-name-a-very-long-name-a-very-long-name-a-very-long-name-a-very-long-name-a-very-long-name-of-a-file.png"
  }
 },
 "result-movie": {
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
  "file": {
   "name": "launch-video.mp4"
  }
 },
 "result-named": {
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
  "file": {
   "name": "$name"
  },
  "parameters": {
   "name": {
    "type": "string",
    "default": "told.png"
   }
  }
 },
 "result-other": {
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
  "file": {
   "name": "archive.tar.gz"
  }
 },
 "result-path-name": {
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
  "file": {
   "name": "../../../etc/passwd.png"
  }
 },
 "result-right-to-left-name": {
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
  "file": {
   "name": "invoice_‮gnp.exe"
  }
 },
 "result-script-name": {
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
  "file": {
   "name": "<script>alert(document.domain)</script>.png"
  }
 },
 "result-two-gigabytes": {
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
  "file": {
   "name": "film.mov",
   "size": 2147483648
  }
 },
 "result-unicode-name": {
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
  "file": {
   "name": "Übersicht 猫 ملف 🐈.png"
  }
 },
 "result-without-extension": {
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
  "file": {
   "name": "README"
  }
 },
 "accepted-but-500": {
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
    "on": [
     "importFromUrl"
    ],
    "error": "internal-error",
    "accepted": true
   }
  ]
 },
 "import-answer-cut": {
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
    "on": [
     "importFromUrl"
    ],
    "imports": 1,
    "body": "truncated"
   }
  ]
 },
 "import-edge-page": {
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
    "on": [
     "importFromUrl"
    ],
    "imports": 1,
    "page": "$status"
   }
  ],
  "parameters": {
   "status": {
    "values": [
     502,
     503,
     504,
     521,
     523,
     524
    ],
    "default": 502
   }
  }
 },
 "import-never-answered": {
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
    "on": [
     "importFromUrl"
    ],
    "imports": 1,
    "wire": "black-hole",
    "accepted": true
   }
  ]
 },
 "import-reset": {
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
    "on": [
     "importFromUrl"
    ],
    "imports": 1,
    "wire": "reset",
    "accepted": true
   }
  ]
 },
 "import-unavailable": {
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
    "on": [
     "importFromUrl"
    ],
    "imports": {
     "first": 1,
     "count": "$burst"
    },
    "error": "service-unavailable"
   }
  ],
  "parameters": {
   "burst": {
    "type": "integer",
    "default": 1,
    "minimum": 1,
    "maximum": 100
   }
  }
 }
};
