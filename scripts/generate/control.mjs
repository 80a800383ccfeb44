/** Writes what follows from the control API's document. */
import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import { escaped, validators, valueAt } from "../standalone.mjs";
import { jsonModule, noticeOfCode, root } from "./text.mjs";

const SOURCE = "spec/control.openapi.yaml";
const document = parse(await readFile(new URL(SOURCE, root), "utf8"));

export function controlDocument() {
  return jsonModule(SOURCE, "controlJson", document);
}

/** Validators of the parameters in each operation's path and query, which are texts: they convert those of other types. */
export async function addressValidators() {
  const schemas = [];
  const numberOf = (schema) => {
    // Most operations share most of them.
    const known = schemas.findIndex((one) => JSON.stringify(one) === JSON.stringify(schema));
    return known < 0 ? schemas.push(schema) - 1 : known;
  };
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.keys(item)
      .filter((method) => method !== "parameters")
      .map((method) => {
        const at = `/paths/${escaped(path)}`;
        const all = [...parametersAt(`${at}/parameters`), ...parametersAt(`${at}/${method}/parameters`)];
        const schemaOf = (place) => numberOf(schemaOfParameters(all.filter((one) => one.in === place)));
        return [item[method].operationId, { path: schemaOf("path"), query: schemaOf("query") }];
      }),
  );
  const refs = Object.fromEntries(schemas.map((_, number) => [`at${number}`, `control#/$defs/${number}`]));
  const code = await validators({ $id: "control", ...document, $defs: schemas }, refs, {
    coerceTypes: true,
    validateSchema: false,
  });
  return `${noticeOfCode(SOURCE)}${code}\nexport const places = ${JSON.stringify(Object.fromEntries(operations))};\n`;
}

function parametersAt(pointer) {
  return (valueAt(document, pointer) ?? []).map((_, index) => {
    const at = follow(`${pointer}/${index}`);
    return { ...valueAt(document, at), pointer: at };
  });
}

/** Returns the pointer itself, or where the reference at it leads. */
function follow(pointer) {
  const { $ref } = valueAt(document, pointer);
  return $ref === undefined ? pointer : $ref.slice(1);
}

function schemaOfParameters(parameters) {
  return {
    type: "object",
    additionalProperties: false,
    required: parameters.filter(({ required }) => required === true).map(({ name }) => name),
    properties: Object.fromEntries(parameters.map(({ name, pointer }) => [name, { $ref: `#${pointer}/schema` }])),
  };
}
