import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { fileURLToPath, pathToFileURL } from "node:url";

/** A driver (see ./observe.mjs) of `@hubspot/api-client`'s `Client`. */
export const createDriver = (Client) => ({
  async call({ call, base, token, id, retries, timeoutSeconds }) {
    if (timeoutSeconds > 0) return { lacking: true };
    const client = new Client({ accessToken: token, basePath: base, ...(retries && { numberOfApiCallRetries: 3 }) });
    try {
      return shown(
        call === "poll"
          ? await client.files.filesApi.checkImport(id)
          : await client.files.filesApi.importFromUrl({
              url: "https://example.com/cat.png",
              access: "PRIVATE",
              folderPath: "/library",
            }),
      );
    } catch (error) {
      const { name } = error.constructor;
      return {
        error: name,
        code: error.code ?? error.cause?.code,
        category: error.body?.category,
        ...(name === "Error" && { detail: error.message.split("\n")[0] }),
      };
    }
  },
});

const FIELDS = [
  "id",
  "status",
  "taskId",
  "startedAt",
  "completedAt",
  "numErrors",
  "errors",
  "links",
  "result",
  "result.size",
  "result.id",
  "progress",
];

function shown(value) {
  if (typeof value !== "object" || value === null) return { value: String(value) };
  const at = (path) => path.split(".").reduce((here, name) => here?.[name], value);
  return { model: value.constructor.name, fields: Object.fromEntries(FIELDS.map((path) => [path, literal(at(path))])) };
}

function literal(value) {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "Invalid Date" : "Date";
  if (Array.isArray(value)) return `Array(${value.length})`;
  const text = JSON.stringify(value) ?? "undefined";
  return typeof value === "object" && text.length > 40 ? value.constructor.name : text;
}

/** Run as a program, it answers a line of JSON with another: `node javascript.mjs [DIRECTORY]`, where the SDK is installed. */
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const require = createRequire(pathToFileURL(`${process.argv[2] ?? process.cwd()}/`));
  const driver = createDriver(require("@hubspot/api-client").Client);
  const { version } = require("@hubspot/api-client/package.json");
  // The client tells each of its retries there.
  console.error = () => {};
  for await (const line of createInterface({ input: process.stdin })) {
    const request = JSON.parse(line);
    const answer = request.call
      ? await driver.call(request)
      : { sdk: `JavaScript ${version}`, runtime: `Node ${process.versions.node}` };
    console.log(JSON.stringify(answer));
  }
}
