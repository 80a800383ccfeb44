/** Spectral rules for the control API's document: all of `spectral:oas`, and what its server counts on. */

import { truthy } from "@stoplight/spectral-functions";
import { oas } from "@stoplight/spectral-rulesets";
import { schemaKeywords } from "./schema-keywords.mjs";

const rule = (description, given, then) => ({ description, message: description, severity: "error", given, then });

export default {
  extends: [[oas, "all"]],
  rules: {
    "control-problem": rule(
      "Each operation answers its problems in one shape.",
      "$.paths[*][get,put,post,patch,delete].responses",
      {
        field: "default",
        function: truthy,
      },
    ),
    "control-schema-keyword": {
      ...rule("Each keyword of a schema is known and has a value.", "$", { function: schemaKeywords }),
      message: "{{error}}",
      resolved: false,
    },
    "control-closed-body": rule(
      "A body of a request refuses properties that it does not know.",
      "$.paths[*][*].requestBody.content[*].schema",
      { field: "additionalProperties", function: (value) => (value === false ? [] : [{ message: "must be closed" }]) },
    ),
  },
};
