// Holds the SARIF reports against Microsoft's own validator with GitHub's rules. Outside CI: it installs 100 MB.
// usage: npm run build && node test/report/validate-sarif.mjs RECORDING.har…
import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const VERSION = "5.7.0";
const { renderSarif } = await import("../../build/src/report/sarif.js");
const { fromHar, judge } = await import("../../build/src/verify/verify.js");

const directory = mkdtempSync(join(tmpdir(), "sarif-"));
try {
  const install = ["install", "--silent", "--no-save", "--ignore-scripts", `@microsoft/sarif-multitool@${VERSION}`];
  execFileSync("npm", install, { cwd: directory, stdio: "inherit" });
  const tool = join(directory, `node_modules/@microsoft/sarif-multitool-${process.platform}/Sarif.Multitool`);
  chmodSync(tool, 0o755);
  const env = { ...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: "1" };
  for (const recording of process.argv.slice(2)) {
    const sarif = join(directory, "report.sarif");
    const { exchanges } = fromHar(JSON.parse(readFileSync(recording, "utf8")));
    writeFileSync(sarif, renderSarif(judge(exchanges), { version: "0.0.0" }));
    const rules = ["--rule-kind", "Sarif;Ghas", "--level", "Error;Warning", "--kind", "Fail"];
    execFileSync(tool, ["validate", sarif, ...rules], { env, stdio: "inherit" });
  }
} finally {
  rmSync(directory, { recursive: true });
}
