import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Exchange } from "../src/exchange/exchange.js";
import type { JournalEntry } from "../src/session/journal.js";
import type { ImportMock } from "./handlers.js";
import { journalHar, sessionPage } from "./session-report.js";

/**
 * Writes the page of a test's mock.
 *
 * @param report a directory, in which the page is named after the test; or a file that ends with `.html`
 * @param test its name, with the names of its suites
 * @returns the file; relative if `report` is
 */
export async function writeTestReport(report: string, test: string, mock: ImportMock): Promise<string> {
  const file = /\.html?$/i.test(report) ? report : join(report, `${nameFor(report, test)}.html`);
  const entries = mock.requests.filter(isEntry);
  const { clients } = await mock.conduct();
  // Exchanges of one mock have one address.
  const target = new URL(entries[0]?.sent.url ?? "https://api.hubapi.com").origin;
  const har = await journalHar(entries, target);
  const page = await sessionPage([{ session: "default", clients, entries }], { about: `Test: ${test}`, har });
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, page);
  return file;
}

function isEntry(exchange: Exchange): exchange is JournalEntry {
  return "clientAt" in exchange;
}

/** The tests that have a file, by directory and file name. */
const taken = new Map<string, string>();

/** @example nameFor("reports", "upload > shows 100 %"); // "upload-shows-100" */
function nameFor(directory: string, test: string): string {
  const words = test.split(/[^\p{L}\p{N}_.]+/u).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const name = words.join("-").replace(/^\.+/, "").slice(0, 100) || "test";
  // Names that differ only in other characters become the same.
  for (let number = 1; ; number += 1) {
    const numbered = number === 1 ? name : `${name}-${number}`;
    const key = join(directory, numbered);
    if ((taken.get(key) ?? test) !== test) continue;
    taken.set(key, test);
    return numbered;
  }
}
