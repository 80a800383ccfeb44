import { readFileSync } from "node:fs";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import fc from "fast-check";
import { expect, test } from "vitest";
import { parse } from "yaml";

// biome-ignore lint/suspicious/noExplicitAny: rules are put into schemas of any shape
type Schemas = Record<string, any>;

const text = readFileSync("spec/openapi.yaml", "utf8");
const { components } = parse(text) as { components: { schemas: Schemas; examples: Schemas } };

/** The contract's rules in the fewest words of JSON Schema, which many generators and viewers do not read. */
function plainly(): Schemas {
  const schemas = structuredClone(components.schemas);
  const { TaskComplete, ImportRequest, File } = schemas;
  for (const state of ["TaskPending", "TaskProcessing", "TaskCanceled"]) {
    delete schemas[state].properties.result;
    schemas[state].not = { required: ["result"] };
  }
  const [base, { properties }] = TaskComplete.allOf;
  schemas["TaskComplete"] = {
    ...TaskComplete,
    properties: { ...TaskComplete.properties, ...properties },
    allOf: [base],
    anyOf: [
      { required: ["result"] },
      { required: ["numErrors"], properties: { numErrors: { minimum: 1 } } },
      { required: ["errors"], properties: { errors: { minItems: 1 } } },
    ],
  };
  ImportRequest.oneOf = [{ required: ["folderId"] }, { required: ["folderPath"] }];
  File.properties.path.pattern = "^/";
  return schemas;
}

function validators(schemas: Schemas): (name: string) => ValidateFunction {
  const ajv = new Ajv2020({ strict: false });
  formats.default(ajv);
  ajv.addSchema({ $id: "contract", components: { schemas } });
  return (name) => ajv.compile({ $ref: `contract#/components/schemas/${name}` });
}

const inForce = validators(components.schemas);
const plain = validators(plainly());

const at = "2026-09-14T09:30:12Z";
const error = { status: "error", category: "VALIDATION_ERROR", message: "m" };
const { result: file } = components.examples["CompleteImage"].value;
const value = fc.constantFrom<unknown[]>(
  ...[null, -1, 0, 1, 1.5, 2 ** 31, "", "/x", "x", "1", at, true, [], {}, [error], [{}], "PENDING", "COMPLETE"],
  ...[
    "CANCELED",
    "FAILED",
    file,
    { ...file, path: "cat.png" },
    { ...file, id: "x" },
    { ...file, width: "1" },
    { id: "1" },
  ],
);
const change = (...names: readonly string[]) =>
  fc.dictionary(fc.constantFrom(...names), fc.option(value, { nil: undefined }), { maxKeys: 3 });

/** An example with some properties that are taken away or have another value. */
const mutated = (examples: readonly string[], names: readonly string[]) =>
  fc
    .tuple(fc.constantFrom(...examples), change(...names))
    .map(([name, changes]) => JSON.parse(JSON.stringify({ ...components.examples[name].value, ...changes })) as object);

const tasks = Object.keys(components.examples).filter((name) => /^(Pending|Processing|Complete|Canceled)/.test(name));
const TASK = ["status", "result", "errors", "numErrors", "startedAt", "completedAt", "taskId", "mood"];
const IMPORT = ["folderId", "folderPath", "url", "access", "name", "ttl", "mood"];

test.each([
  ["TaskStatus", mutated(tasks, TASK)],
  ["TaskInFlight", mutated(tasks, TASK)],
  ["ImportRequest", mutated(["ImportImage", "ImportDocument"], IMPORT)],
] as const)(
  "the form of %s that generators read accepts what its rules in plain JSON Schema accept",
  (name, bodies) => {
    const [accepts, acceptsPlainly] = [inForce(name), plain(name)];
    const seen = { accepted: 0, rejected: 0 };
    fc.assert(
      fc.property(fc.oneof({ weight: 99, arbitrary: bodies }, { weight: 1, arbitrary: value }), (body) => {
        expect(accepts(body)).toBe(acceptsPlainly(body));
        seen[accepts(body) ? "accepted" : "rejected"] += 1;
      }),
      { numRuns: 3000 },
    );
    expect(Math.min(seen.accepted, seen.rejected)).toBeGreaterThan(300);
  },
);
