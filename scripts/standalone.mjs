/**
 * Generates Ajv's validators as code: compiling them takes a third of a short command's time, and a page with a strict
 * content security policy forbids it.
 */
import { fileURLToPath } from "node:url";
import { _ } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import standalone from "ajv/dist/standalone/index.js";
import formats from "ajv-formats";
import { rolldown } from "rolldown";

/**
 * The code of validators, with Ajv's few helpers bundled in.
 *
 * @param schema with an `$id`
 * @param refs the reference to each validator's schema, by the validator's name
 * @param options Ajv's; `formatsFrom` is the module whose `formats` the code imports, for those that differ from Ajv's
 * own
 * @param options.odd those formats, by name; here only their kind counts: a function, since a pattern would become part
 * of the code
 */
export async function validators(schema, refs, { formatsFrom, odd = {}, ...options } = {}) {
  const { validateSchema = true, ...rest } = options;
  if (validateSchema) checker.validateSchema(schema, true);
  const code = { source: true, esm: true, ...(formatsFrom && { formats: _`formats` }) };
  const ajv = new Ajv2020({ allErrors: true, strict: false, verbose: true, ...rest, validateSchema: false, code });
  // No schema of ours has `unevaluatedProperties` or `$dynamicRef`, for which each validator would keep count.
  Object.assign(ajv.opts, { unevaluated: false, dynamicRef: false });
  formats.default(ajv);
  for (const [name, format] of Object.entries(odd)) ajv.addFormat(name, format);
  ajv.addSchema(schema);
  const source = shortened(standalone.default(ajv, refs));
  return bundled(formatsFrom ? `import { formats } from "formats";${source}` : source, formatsFrom);
}

/** Validates the schemas: each instance that generates code would compile the schema of schemas for itself. */
const checker = new Ajv2020({ strict: false });
formats.default(checker);

const ERROR =
  /const (err\d+) = \{([^;]+)\};if\(vErrors === null\)\{vErrors = \[\1\];\}else \{vErrors\.push\(\1\);\}errors\+\+;/g;
const PARTS =
  /^instancePath:?(.*?),schemaPath:(.+?),keyword:(".+?"),params:(\{.*?\}),schema:.+?,parentSchema:(.+?),data:?([^,:]*)$/;

/**
 * The code with functions that make an error and add it: Ajv writes both out for each of the hundreds, and Node reads all of a
 * file at its import (npm run bench, msw). A keyword's own schema, `schema`, is the property of that name in the schema
 * with it.
 */
function shortened(source) {
  const made = new Set();
  const short = source.replaceAll(ERROR, (_, __, text) => {
    made.add(withError);
    const parts = PARTS.exec(text);
    if (!parts) return `vErrors=withError(vErrors,{${text}});errors++;`;
    made.add(errorOf);
    const [, place, path, keyword, params, parent, data] = parts;
    return `vErrors=withError(vErrors,errorOf(${place || "instancePath"},${path},${keyword},${params},${parent},${data || "data"}));errors++;`;
  });
  return [short, ...made].join("");
}

function withError(errors, error) {
  if (errors === null) return [error];
  errors.push(error);
  return errors;
}

function errorOf(instancePath, schemaPath, keyword, params, parentSchema, data) {
  return { instancePath, schemaPath, keyword, params, schema: parentSchema[keyword], parentSchema, data };
}

/** Bundles the imports into the code, so that it runs anywhere; all except a module of formats. */
export async function bundled(code, formatsFrom) {
  const bundle = await rolldown({
    input: "validator",
    cwd: fileURLToPath(new URL("../", import.meta.url)),
    external: ["formats"],
    plugins: [
      {
        name: "validator",
        resolveId: (id) => (id === "validator" ? id : undefined),
        load: (id) => (id === "validator" ? code : undefined),
        transform: (text, id) => (id.endsWith("ajv-formats/dist/formats.js") ? formatsUsed(text, code) : undefined),
      },
    ],
  });
  const { output } = await bundle.generate({ format: "esm", minify: true });
  return output[0].code.replace(/from\s*["'`]formats["'`]/, `from "${formatsFrom}"`);
}

/** The module of ajv-formats with only the formats that the code uses: the others are half of a small validator. */
function formatsUsed(text, code) {
  const used = [...code.matchAll(/fullFormats(?:\.(\w+)|\["([\w-]+)"\])/g)].map(([, name, quoted]) => name ?? quoted);
  const keyOf = (line) => /^ {4}"?([\w-]+)"?[:,]/.exec(line)?.[1];
  const isUsed = (line) => keyOf(line) === undefined || used.includes(keyOf(line));
  return text
    .replace(/exports\.fullFormats = \{.*?\n\};/s, (block) => block.split("\n").filter(isUsed).join("\n"))
    .replace(/exports\.fastFormats = \{.*?\n\};/s, "exports.fastFormats = {};");
}

const MAPS = ["properties", "patternProperties", "$defs", "dependentSchemas"];
const LISTS = ["allOf", "anyOf", "oneOf", "prefixItems"];
const SINGLE = ["items", "not", "if", "then", "else", "additionalProperties", "contains", "propertyNames"];

/**
 * Returns a schema in which each schema contains its location, in `x-at`: an error of Ajv has its schema, but only the
 * last part of the path to it. Without `mapping`, which Ajv rejects, and which only repeats the constants of each
 * state.
 */
export function located(schema, at) {
  // An empty one, as in `not: {}`, is recognized by being empty.
  if (typeof schema !== "object" || schema === null || Object.keys(schema).length === 0) return schema;
  const found = { ...schema, "x-at": at };
  for (const key of MAPS.filter((one) => schema[one])) {
    const below = Object.entries(schema[key]);
    found[key] = Object.fromEntries(below.map(([name, one]) => [name, located(one, `${at}/${key}/${escaped(name)}`)]));
  }
  for (const key of LISTS.filter((one) => schema[one])) {
    found[key] = schema[key].map((one, index) => located(one, `${at}/${key}/${index}`));
  }
  for (const key of SINGLE.filter((one) => one in schema)) found[key] = located(schema[key], `${at}/${key}`);
  if (found.discriminator) found.discriminator = { propertyName: found.discriminator.propertyName };
  return found;
}

/** Escapes a key as a part of a JSON pointer. */
export function escaped(key) {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}

/** Returns the value at a JSON pointer. */
export function valueAt(root, pointer) {
  const keys = pointer.split("/").slice(1);
  return keys.reduce((node, key) => node[key.replaceAll("~1", "/").replaceAll("~0", "~")], root);
}
