/**
 * Measures how fast the kit is, compared with other servers that respond to a poll: `npm run bench`, some ten minutes.
 * Prints each figure with its target (targets.mjs), and exits with 1 if one is missed. A complete run writes
 * bench/results/ and docs/speed.md.
 */
import { cpus } from "node:os";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { readResults, writeResults } from "./results.mjs";
import { kitAt, versions } from "./servers.mjs";
import { compare, TARGETS } from "./targets.mjs";

const SECTIONS = {
  throughput: async (how) => (await import("./throughput.mjs")).measureThroughput(how),
  start: async (how) => (await import("./start.mjs")).measureStart(how),
  memory: async (how) => (await import("./memory.mjs")).measureMemory(how),
  msw: async (how) => (await import("./msw.mjs")).measureMsw(how),
  console: async (how) => (await import("./console.mjs")).measureConsole(how),
  verify: async (how) => (await import("./verify.mjs")).measureVerify(how),
};
const USAGE = `Usage: npm run bench -- [options]

  --only <sections>  measure these alone, with commas between: ${Object.keys(SECTIONS).join(",")}
  --quick            shorter and fewer rounds, and fewer imports
  --kit <directory>  measure another build of the package
  --write            write the results of some sections or another build, too, in the place of theirs
  --help

Exit code: 0 each target is kept; 1 one is missed; 2 a mistake in the call.
`;

const options = readOptions();
if (options) await run(options);

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        only: { type: "string" },
        quick: { type: "boolean", default: false },
        kit: { type: "string" },
        write: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    });
    const only = values.only === undefined ? Object.keys(SECTIONS) : values.only.split(",");
    const unknown = only.find((name) => !Object.hasOwn(SECTIONS, name));
    if (unknown !== undefined) throw new Error(`There is no section '${unknown}'`);
    if (values.quick && values.write) throw new Error("--quick excludes --write, because its figures are rough");
    const kit = kitAt(resolve(values.kit ?? fileURLToPath(new URL("..", import.meta.url))));
    if (!values.help) return { ...values, only, kit, isOther: values.kit !== undefined };
    process.stdout.write(USAGE);
  } catch (error) {
    process.stderr.write(`bench: ${error.message.split(". ")[0]}. Add --help for the options.\n`);
    process.exitCode = 2;
  }
}

async function run({ only, quick: isQuick, kit, isOther, write }) {
  const tell = (line) => process.stderr.write(`${line}\n`);
  const machine = {
    cpu: `${cpus().length} × ${cpus()[0].model.trim()}`,
    system: `${process.platform} ${process.arch}`,
    node: process.version,
    packages: { "hubspot-import-kit": kit.version, ...versions },
  };
  tell(`${machine.cpu}, ${machine.system}, Node ${machine.node}`);
  tell(
    Object.entries(machine.packages)
      .map((pair) => pair.join(" "))
      .join(", "),
  );
  const found = { machine, servers: [], results: [] };
  for (const section of Object.keys(TARGETS).filter((name) => only.includes(name))) {
    const { measured, servers = [] } = await SECTIONS[section]({ kit, isQuick, tell });
    found.servers.push(...servers);
    found.results.push(...compare(section, measured));
  }
  for (const { name, requestsPerSecond, cpuMicroseconds, p99Ms, rssMB } of found.servers)
    console.log(`${name}: ${requestsPerSecond} requests/s, ${cpuMicroseconds} µs each, p99 ${p99Ms} ms, ${rssMB} MB`);
  for (const { name, value, unit, target, kept } of found.results)
    console.log(`${kept ? "kept  " : "MISSED"}  ${name}: ${value} ${unit} (${target})`);
  const isWhole = only.length === Object.keys(SECTIONS).length && !isQuick && !isOther;
  if (write || isWhole) await writeResults(isWhole ? found : merged(await readResults(), found));
  process.exitCode = found.results.every(({ kept }) => kept) ? 0 : 1;
}

function merged(before, found) {
  const results = Object.keys(TARGETS).flatMap((section) => {
    const now = found.results.filter((one) => one.section === section);
    return now.length > 0 ? now : before.results.filter((one) => one.section === section);
  });
  return { ...found, servers: found.servers.length > 0 ? found.servers : before.servers, results };
}
