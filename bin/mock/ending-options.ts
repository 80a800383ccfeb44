import { InvalidArgumentError, Option } from "commander";
import { type ConductReportKind, isConductReportKind } from "../../src/report/conduct/kind-names.js";

/** What `mock` tells and keeps when it ends. */
export interface EndingOptions {
  readonly conductReport?: readonly ConductTarget[];
  readonly failOn?: "conduct";
  /** Percent. */
  readonly failUnder?: number;
  /** The file that keeps its sessions. */
  readonly snapshot?: string;
  readonly quiet?: boolean;
}

/** A report about the clients' conduct, and where it goes. */
interface ConductTarget {
  readonly kind: ConductReportKind;
  readonly file: string;
}

export function endingOptions(): readonly Option[] {
  return [
    new Option(
      "--conduct-report <file>",
      "on exit, write how the clients behaved: .xml (JUnit), .md, .json, .html, .txt, or KIND=FILE; repeatable",
    ).argParser(collectTargets),
    new Option("--fail-on <what>", "exit with 1 if a client broke a rule, with 3 if none was judged").choices([
      "conduct",
    ]),
    new Option(
      "--fail-under <percent>",
      "exit with 1 if less of all scenarios, states and faults was exercised",
    ).argParser(parsePercent),
    new Option(
      "--snapshot <file>",
      "go on with the sessions that the file keeps, and keep them there for the next start",
    ),
  ];
}

const KIND_OF_EXTENSION: Readonly<Record<string, ConductReportKind>> = {
  xml: "junit",
  md: "markdown",
  json: "json",
  html: "html",
  txt: "text",
};

function collectTargets(text: string, before: readonly ConductTarget[] = []): readonly ConductTarget[] {
  const [, word = "", file = ""] = /^([^=]*)=(.*)$/s.exec(text) ?? [];
  const kind = isConductReportKind(word) ? word : KIND_OF_EXTENSION[text.split(".").at(-1)?.toLowerCase() ?? ""];
  const target = kind && { kind, file: isConductReportKind(word) ? file : text };
  if (!target || target.file === "") {
    throw new InvalidArgumentError(
      "Write a file ending in .xml, .md, .json, .html or .txt, or KIND=FILE such as junit=out.",
    );
  }
  if (before.some((one) => one.file === target.file)) {
    throw new InvalidArgumentError("It would be written twice. Give each report a file of its own.");
  }
  return [...before, target];
}

function parsePercent(text: string): number {
  const percent = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (!(percent <= 100)) throw new InvalidArgumentError("Write a percentage from 0 to 100, such as 80.");
  return percent;
}
