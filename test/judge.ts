import { readFileSync } from "node:fs";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { parse } from "yaml";

interface Media {
  readonly schema: object;
  readonly examples: Readonly<Record<string, { readonly $ref: string }>>;
}
interface ResponseObject {
  readonly $ref?: string;
  readonly content?: Readonly<Record<string, Media>>;
}
interface Operation {
  readonly operationId: string;
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
  readonly responses: Readonly<Record<string, ResponseObject>>;
}
interface Contract {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** The contract as data. */
export const contract = parse(readFileSync(new URL("../spec/openapi.yaml", import.meta.url), "utf8")) as Contract;

function resolve<T>(node: T | { readonly $ref: string }): T {
  if (typeof node !== "object" || node === null || !("$ref" in node)) return node as T;
  const path = String(node.$ref).split("/").slice(1);
  return path.reduce((at: unknown, part) => (at as Record<string, unknown>)[part], contract) as T;
}

const ajv = new Ajv2020({ allErrors: true, strict: false });
formats.default(ajv);
ajv.addSchema({ $id: "contract", components: contract.components });

/** Compiled when it is used first, and never again: Ajv takes some ten milliseconds. */
function onceCompiled(schema: object): () => ValidateFunction {
  let compiled: ValidateFunction | undefined;
  return () => {
    compiled ??= ajv.compile(absolute(schema));
    return compiled;
  };
}

/** Every body that the contract describes, with its named examples. A path of another version refers to one of the first. */
export const bodies = Object.values(contract.paths)
  .filter((path) => !("$ref" in path))
  .flatMap((path) => Object.values(path))
  .flatMap(({ operationId, requestBody, responses }) => [
    ...Object.values(requestBody?.content ?? {}).map((media) => ({
      operationId,
      status: "request",
      type: "application/json",
      media,
    })),
    ...Object.entries(responses).flatMap(([status, response]) =>
      Object.entries(resolve(response).content ?? {}).map(([type, media]) => ({ operationId, status, type, media })),
    ),
  ])
  .map(({ media, ...body }) => ({
    ...body,
    schema: media.schema,
    validatorOf: onceCompiled(media.schema),
    examples: Object.entries(media.examples).map(([name, example]) => ({
      name,
      value: (resolve(example as unknown) as { value: unknown }).value,
    })),
  }));

/**
 * How an answer breaks the contract, judged by Ajv alone: neither Prism nor the mock has a say.
 *
 * @returns nothing where it keeps the contract
 */
export function violations(
  operationId: string,
  status: number,
  contentType: string | null,
  body: string,
): readonly string[] {
  const type = contentType?.split(";")[0];
  const declared = bodies.find(
    (one) => one.operationId === operationId && one.status === String(status) && one.type === type,
  );
  if (declared === undefined) {
    return status === 204 && body === "" ? [] : [`${operationId} declares no ${status} ${contentType}`];
  }
  const validate = declared.validatorOf();
  if (validate(type === "application/json" ? JSON.parse(body) : body)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

function absolute(schema: object): object {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"contract#/')) as object;
}
