/** Validators that read the contract at run time. Each says which of some answers to a status call it accepts. */
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { parse, stringify } from "yaml";

const STATUS = "/files/v3/files/import-from-url/async/tasks/{taskId}/status";

/** Answers through a server of Express that validates what it answers. */
export async function expressOpenapiValidator(contract, answers) {
  const [{ default: express }, { default: validator }] = await Promise.all([
    import("express"),
    import("express-openapi-validator"),
  ]);
  const app = express();
  app.use(validator.middleware({ apiSpec: contract, validateResponses: true }));
  app.get(STATUS.replace("{taskId}", ":name"), ({ params }, response) => response.json(answers[params.name]));
  app.use((error, _request, response, _next) => response.status(error.status ?? 500).json({ message: error.message }));
  const server = createServer(app).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const accepted = [];
  try {
    for (const name of Object.keys(answers)) {
      const path = STATUS.replace("{taskId}", encodeURIComponent(name));
      const headers = { Authorization: "Bearer any" };
      const { status } = await fetch(`http://127.0.0.1:${server.address().port}${path}`, { headers });
      if (status === 200) accepted.push(name);
    }
  } finally {
    server.close();
  }
  return accepted;
}

/** Answers as examples in the contract. @param command the words that start Redocly's command */
export async function redocly(contract, answers, command) {
  const document = parse(await readFile(contract, "utf8"));
  const names = Object.keys(answers);
  const { content } = document.paths[STATUS].get.responses["200"];
  content["application/json"].examples = Object.fromEntries(names.map((name) => [name, { value: answers[name] }]));
  const directory = await mkdtemp(join(tmpdir(), "redocly-"));
  const file = join(directory, "openapi.yaml");
  await writeFile(file, stringify(document, { aliasDuplicateObjects: false }));
  await writeFile(join(directory, "redocly.yaml"), "telemetry: off\nextends: [recommended]\n");
  const [program, ...words] = command;
  const args = [...words, "lint", file, "--config", join(directory, "redocly.yaml"), "--format", "json"];
  const { stdout } = await promisify(execFile)(program, args).catch((error) => error);
  await rm(directory, { recursive: true });
  const { problems } = JSON.parse(stdout);
  const found = problems.flatMap(({ location }) => location.map(({ pointer }) => pointer ?? ""));
  return names.filter((name) => !found.some((pointer) => pointer.includes(`/examples/${name.replaceAll("/", "~1")}/`)));
}
