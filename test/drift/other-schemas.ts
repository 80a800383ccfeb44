import type { OtherWords } from "./other-words.js";

function conditional(condition: object, met: unknown, otherwise: unknown): object {
  // biome-ignore lint/suspicious/noThenProperty: JSON Schema's keyword
  return { if: condition, then: met, else: otherwise };
}

/** The contract with its schemas composed otherwise. */
export const otherSchemas: readonly OtherWords[] = [
  [
    "what is required, split over allOf",
    (d) => {
      const { required, ...file } = d.components.schemas.File;
      d.components.schemas.File = { ...file, allOf: required.map((name: string) => ({ required: [name] })) };
    },
  ],
  [
    "properties, split over allOf within allOf",
    (d) => {
      const { properties, ...file } = d.components.schemas.File;
      const parts = Object.entries(properties).map(([name, one]) => ({ properties: { [name]: one } }));
      const nested = parts.reduce<object>((below, part) => ({ allOf: [part, below] }), {});
      d.components.schemas.File = { ...file, allOf: [nested, true, { title: "A file." }] };
    },
  ],
  [
    "alternatives of alternatives",
    (d) => {
      const status = d.components.schemas.TaskStatus;
      const [pending, processing, ...ended] = status.oneOf;
      delete status.oneOf;
      status.allOf = [{ oneOf: [{ anyOf: [pending, processing] }, { oneOf: ended }] }];
    },
  ],
  [
    "conditions in place of alternatives",
    (d) => {
      const status = d.components.schemas.TaskStatus;
      const isState = (state: string) => ({ properties: { status: { const: state } } });
      const [pending, processing, complete, canceled] = status.oneOf;
      delete status.oneOf;
      const ended = conditional(isState("COMPLETE"), complete, canceled);
      Object.assign(
        status,
        conditional(isState("PENDING"), pending, conditional(isState("PROCESSING"), processing, ended)),
      );
      const request = d.components.schemas.ImportRequest;
      delete request.oneOf;
      Object.assign(request, conditional({ required: ["folderId"] }, true, { required: ["folderPath"] }));
    },
  ],
  [
    "properties that no value will do for",
    (d) => {
      for (const [name, never] of [
        ["TaskPending", false],
        ["TaskProcessing", { not: {} }],
        ["TaskCanceled", { not: true }],
      ] as const) {
        delete d.components.schemas[name].not;
        d.components.schemas[name].properties.result = never;
      }
    },
  ],
  [
    "values one by one",
    (d) => {
      const { enum: values } = d.components.schemas.Access;
      d.components.schemas.Access = { oneOf: values.map((value: string) => ({ const: value, title: value })) };
    },
  ],
  [
    "a least and a most in place of the only number",
    (d) => {
      for (const name of ["TaskPending", "TaskProcessing"]) {
        const { const: only, ...rest } = d.components.schemas[name].properties.numErrors;
        d.components.schemas[name].properties.numErrors = { ...rest, minimum: only, maximum: only };
      }
    },
  ],
  [
    "unevaluated items and properties",
    (d) => {
      const { errors } = d.components.schemas.StandardError.properties;
      errors.unevaluatedItems = errors.items;
      delete errors.items;
      const context = d.components.schemas.ErrorContext;
      context.unevaluatedProperties = context.additionalProperties;
      delete context.additionalProperties;
    },
  ],
  [
    "properties that the sender never sends",
    (d) => {
      const { ImportRequest: request, File: file } = d.components.schemas;
      d.components.schemas.Id = { type: "string" };
      request.properties.id = { $ref: "#/components/schemas/Id", readOnly: true };
      file.properties.importedFrom = { type: "string", writeOnly: true };
      for (const [holder, name] of [
        [request, "id"],
        [file, "importedFrom"],
      ])
        holder.required = [...(holder.required ?? []), name];
    },
  ],
  [
    "lengths of Java that are no limit",
    (d) => Object.assign(d.components.schemas.ImportRequest.properties.name, { minLength: 0, maxLength: 2147483647 }),
  ],
  [
    "schemas that say nothing",
    (d) => {
      const { File: file, Access } = d.components.schemas;
      d.components.schemas.Anything = true;
      file.properties.name.allOf = [{ $ref: "#/components/schemas/Anything" }, {}, { not: false }];
      Object.assign(file, {
        additionalProperties: {},
        unevaluatedProperties: true,
        patternProperties: { "^x-": true },
      });
      Object.assign(file, { dependentRequired: { url: ["id"] }, propertyNames: { minLength: 1 } });
      Access.$comment = "Of the file manager.";
    },
  ],
];
