import { readFile } from "node:fs/promises";
import { escapePointer, isObject, type JsonObject, valueAt } from "../../src/json.js";
import { controlJson } from "./document.gen.js";
import type { ControlOperation } from "./operations.js";

/** spec/control.openapi.yaml, from which routes are made and requests are checked. */
export interface ControlDocument {
  readonly root: JsonObject;
  readonly routes: readonly Route[];
}

/** One operation of the document. Its pointer is of JSON, without `#`, and leads to a schema. */
export interface Route {
  readonly id: ControlOperation;
  readonly method: string;
  /** As the document writes it, such as `/sessions/{session}`. */
  readonly path: string;
  readonly body?: { readonly pointer: string };
  /** The media types that it answers with, JSON first. */
  readonly types: readonly string[];
}

/** The document as it is written, with its comments. */
export function controlText(): Promise<string> {
  return readFile(new URL("../../spec/control.openapi.yaml", import.meta.url), "utf8");
}

let read: ControlDocument | undefined;

/** Read once for all mocks of a process. */
export function readControlDocument(): ControlDocument {
  if (!read) {
    const root = JSON.parse(controlJson) as JsonObject;
    read = { root, routes: routesOf(root) };
  }
  return read;
}

const METHODS: readonly string[] = ["get", "put", "post", "patch", "delete"];

function routesOf(root: JsonObject): readonly Route[] {
  const paths = root["paths"] as Readonly<Record<string, JsonObject>>;
  return Object.entries(paths).flatMap(([path, item]) =>
    METHODS.filter((method) => method in item).map((method) => {
      const at = `/paths/${escapePointer(path)}`;
      const operation = item[method] as JsonObject;
      const body = isObject(operation["requestBody"]) ? schemaOfBody(root, `${at}/${method}/requestBody`) : undefined;
      return {
        id: operation["operationId"] as ControlOperation,
        method: method.toUpperCase(),
        path,
        ...(body !== undefined && { body: { pointer: body } }),
        types: Object.keys(contentAt(root, `${at}/${method}/responses/200`)),
      };
    }),
  );
}

function schemaOfBody(root: JsonObject, pointer: string): string {
  return `${follow(root, pointer)}/content/${escapePointer("application/json")}/schema`;
}

function contentAt(root: JsonObject, pointer: string): object {
  const response = valueAt(root, follow(root, pointer));
  return isObject(response) && isObject(response["content"]) ? response["content"] : {};
}

/** The pointer itself, or where the reference leads that stands there. */
function follow(root: JsonObject, pointer: string): string {
  const node = valueAt(root, pointer);
  return isObject(node) && typeof node["$ref"] === "string" ? node["$ref"].slice(1) : pointer;
}
