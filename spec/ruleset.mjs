/**
 * Spectral rules for the contract: all of `spectral:oas`, and what it does not see. Ours is checked by `npm run lint:spec`;
 * for a contract of your own see docs/ruleset.md. Each rule keeps to the versions of OpenAPI that have what it asks for.
 */
import { oas } from "@stoplight/spectral-rulesets";
import { schemaKeywords } from "./schema-keywords.mjs";

const EVIDENCE = ["documented", "live", "inferred", "unknown"];
const DIALECT = "https://json-schema.org/draft/2020-12/schema";
const VERBS = ["check", "create", "delete", "get", "import", "list", "read", "start", "update"];

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** A pointer such as `#/components/schemas/File` resolved in the whole document; undefined when it dangles. */
function follow(document, pointer) {
  return pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce((node, part) => (isObject(node) ? node[part] : undefined), document);
}

/** A key as a part of a pointer. */
const escaped = (key) => key.replaceAll("~", "~0").replaceAll("/", "~1");

/** @example isSince(document, 3.1); // for "3.2.0" true */
const isSince = (document, version) => Number.parseFloat(document?.openapi) >= version;

/** A format of our own: how Spectral's may be imported depends on where a ruleset lies. */
const before32 = (document) => isSince(document, 3) && !isSince(document, 3.2);
before32.displayName = "OpenAPI 3.0 and 3.1";

function dialect(document) {
  if (!isSince(document, 3.1)) return [];
  if (document.jsonSchemaDialect === DIALECT) return [];
  return [{ message: `jsonSchemaDialect must be ${DIALECT}: without it validators fall back to draft-07.` }];
}

function discriminatorMapping(discriminator, _options, { path, document, documentInventory }) {
  // A property of that name, and Swagger 2's discriminator, which is a name.
  if (path.at(-2) === "properties" || !isSince(document.data, 3)) return [];
  const { propertyName, mapping } = discriminator ?? {};
  if (!isObject(mapping)) return [{ message: "A discriminator needs a mapping." }];
  return Object.entries(mapping).flatMap(([state, pointer]) => {
    const at = [...path, "mapping", state];
    const schema = mappedSchema(String(pointer), at, documentInventory);
    if (schema === undefined) return [{ message: `${pointer} does not exist.`, path: at }];
    const { const: only, enum: values = [only] } = schema.properties?.[propertyName] ?? {};
    // OpenAPI 3.0 has no const.
    if ((values.length === 1 && values[0] === state) || only === state) return [];
    return [{ message: `${pointer} must pin ${propertyName} with const: ${state}.`, path: at }];
  });
}

/** What a mapping's value means: the name of a schema, or a reference, which may be to another file. */
function mappedSchema(value, path, inventory) {
  const named = inventory.unresolved?.components?.schemas?.[value];
  if (named !== undefined) return named;
  const { document = inventory.document } = inventory.findAssociatedItemForPath(path, true) ?? {};
  const [file, fragment = ""] = value.split("#");
  if (file === "") return follow(document.data, fragment);
  const address = (one, base) => decodeURIComponent(new URL(one, new URL(base ?? "", "file:///")).href);
  const wanted = address(file, document.source);
  const all = [inventory.document, ...Object.values(inventory.referencedDocuments)];
  return follow(all.find(({ source }) => source !== null && address("", source) === wanted)?.data, fragment);
}

/** Every state that a discriminated answer can take is shown by a named example. */
function stateExamples(media) {
  const { propertyName, mapping } = media?.schema?.discriminator ?? {};
  if (!isObject(mapping)) return [];
  const shown = Object.values(media.examples ?? {}).map((example) => example?.value?.[propertyName]);
  return Object.keys(mapping)
    .filter((state) => !shown.includes(state))
    .map((state) => ({ message: `No named example shows ${propertyName} ${state}.` }));
}

function namedExample(media) {
  if (isObject(media?.examples) && Object.keys(media.examples).length > 0) return [];
  return [{ message: "Each body needs at least one named example." }];
}

/** An answer of 400 and above is an Error, or a page of the edge. */
function errorSchema(response, _options, { path, document, documentInventory }) {
  const status = String(path.at(-1));
  if (!/^([45]|default)/.test(status) || !isSince(document.data, 3)) return [];
  if (!isObject(response?.content)) return [{ message: `${status} has no body; it must use the Error schema.` }];
  return Object.entries(response.content).flatMap(([type, media]) => {
    const wanted = type === "text/html" ? "EdgePage" : "Error";
    const known = documentInventory.resolved?.components?.schemas?.[wanted];
    const isWanted =
      nameOf([...path, "content", type, "schema"], documentInventory) === wanted ||
      (known !== undefined && JSON.stringify(known) === JSON.stringify(media?.schema));
    return isWanted ? [] : [{ message: `${status} ${type} must use the ${wanted} schema.` }];
  });
}

/** What a schema is called where it is written: its key, or the name of its file. */
function nameOf(path, inventory) {
  const { document, path: at = [] } = inventory.findAssociatedItemForPath(path, true) ?? {};
  return at.length > 0 ? at.at(-1) : document?.source?.split(/[\\/]/).at(-1).split(".")[0];
}

function described(node, _options, { path }) {
  if (!isObject(node)) return [];
  const missing = [];
  if (!node.description) missing.push({ message: `${path.at(-1)} has no description.` });
  if (!EVIDENCE.includes(node["x-evidence"]))
    missing.push({ message: `${path.at(-1)} needs x-evidence: ${EVIDENCE.join(" | ")}.` });
  return missing;
}

/** `properties` that only tighten another schema's, in an anyOf, describe their own evidence too. */
function describedProperties(properties, options, context) {
  return Object.entries(properties ?? {}).flatMap(([name, node]) => {
    const path = [...context.path, name];
    return described(node, options, { ...context, path }).map((finding) => ({ ...finding, path }));
  });
}

/** Paths that refer to one path item have its operations, with their ids. Two operations that are written have two ids. */
function uniqueOperationId(paths, _options, { documentInventory }) {
  const places = new Map();
  return Object.entries(paths).flatMap(([path, item]) => {
    const written = documentInventory.unresolved?.paths?.[path]?.$ref ?? `#/paths/${escaped(path)}`;
    const findings = [];
    for (const [method, operation] of Object.entries(isObject(item) ? item : {})) {
      const { operationId } = isObject(operation) ? operation : {};
      if (typeof operationId !== "string") continue;
      const place = `${decodeURIComponent(written)}/${method}`;
      if (!places.has(operationId)) places.set(operationId, place);
      else if (places.get(operationId) !== place)
        findings.push({ message: "operationId must be unique.", path: ["paths", path, method, "operationId"] });
    }
    return findings;
  });
}

/** Spectral's schema of OpenAPI 3.1 lacks the `$ref` that a path item may have, as the newer schema of 3.1 does not. */
const documentSchema = oas.rules["oas3-schema"].then.function;
function documentSchemaWithPathReferences(document, options, context) {
  if (!isObject(document?.paths)) return documentSchema(document, options, context);
  const paths = Object.entries(document.paths).map(([path, item]) => {
    const { $ref, ...rest } = isObject(item) ? item : {};
    return [path, typeof $ref === "string" ? rest : item];
  });
  return documentSchema({ ...document, paths: Object.fromEntries(paths) }, options, context);
}

function verbOperationId(operationId) {
  const verb = /^[a-z]+(?=[A-Z])/.exec(operationId)?.[0];
  if (/^[a-z][A-Za-z0-9]*$/.test(operationId) && VERBS.includes(verb)) return [];
  return [{ message: `${operationId} must be camelCase and begin with a verb (${VERBS.join(", ")}).` }];
}

const bodies = [
  "$.paths[*][*].responses[*].content[*]",
  "$.paths[*][*].requestBody.content[*]",
  "$.components.responses[*].content[*]",
];
const responses = ["$.paths[*][*].responses[*]", "$.components.responses[*]"];
const rule = (description, given, fn, options = {}) => ({
  description,
  message: "{{error}}",
  severity: "error",
  given,
  then: { function: fn, ...(options.field && { field: options.field }) },
  resolved: options.resolved ?? true,
});

const mediaExample = oas.rules["oas3-valid-media-example"];
const validMedia = new WeakMap();

/**
 * Holds a body's examples against its schema, once for all operations that share the body: a shared response stands in each of
 * them when references are resolved, and Spectral compiles a validator for each example.
 */
function mediaExamples(media, options, context) {
  const { path, documentInventory } = context;
  // What is read-only or write-only counts for one of the two.
  const side = path[0] === "paths" ? path[3] : path[1];
  const key = `${side} ${JSON.stringify(media)}`;
  const valid = validMedia.get(documentInventory) ?? new Set();
  validMedia.set(documentInventory, valid);
  if (valid.has(key)) return [];
  const results = mediaExample.then.function(media, options, context) ?? [];
  if (results.length === 0) valid.add(key);
  return results;
}

export default {
  extends: [[oas, "all"]],
  rules: {
    // Spectral 6 has no schema of 3.2, and calls each such document wrong by that of 3.1.
    "oas3-schema": {
      ...oas.rules["oas3-schema"],
      formats: [before32],
      then: { function: documentSchemaWithPathReferences },
    },
    "operation-operationId-unique": {
      ...oas.rules["operation-operationId-unique"],
      then: { function: uniqueOperationId },
    },
    "oas3-valid-media-example": { ...mediaExample, then: { ...mediaExample.then, function: mediaExamples } },
    "kit-dialect": rule("The 2020-12 dialect is declared.", "$", dialect),
    "kit-discriminator-mapping": rule(
      "Discriminator mappings exist and pin their state.",
      "$..discriminator",
      discriminatorMapping,
      { resolved: false },
    ),
    "kit-state-example": rule("Every state has an example.", bodies, stateExamples),
    "kit-named-example": rule("Each body has a named example.", bodies, namedExample),
    "kit-error-schema": rule("Each error answers the Error schema.", "$.paths[*][*].responses[*]", errorSchema),
    "kit-property-evidence": rule(
      "Each property has a description and evidence.",
      ["$.components.schemas..properties", "$.definitions..properties", "$..schema..properties"],
      describedProperties,
      // Evidence stands beside references, which resolving takes away.
      { resolved: false },
    ),
    "kit-response-evidence": rule("Each response has a description and evidence.", responses, described),
    "kit-schema-keyword": rule("Each keyword of a schema is known and has a value.", "$", schemaKeywords, {
      resolved: false,
    }),
    "kit-operation-verb": rule("An operationId is a camelCase verb.", "$.paths[*][*]", verbOperationId, {
      field: "operationId",
    }),
  },
};
