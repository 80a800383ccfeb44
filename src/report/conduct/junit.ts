import type { ClientConduct } from "../../verify/journal/session-conduct.js";
import type { ConductCheck } from "../../verify/report.js";
import { causesOf } from "../causes.js";
import { junitText, messageOf, type TestCase } from "../junit.js";
import { listed, valueText } from "../words.js";
import { type ConductResults, clientText, exchangesText, isUndecided, tasksIn } from "./words.js";

/** How clients behaved as JUnit XML: a test case for each rule and client; without a client, one that is skipped. */
export function renderConductJunit({ conduct }: ConductResults): string {
  const cases = conduct.clients.flatMap((client) => client.checks.map((check) => ruleCase(client, check)));
  return junitText(cases.length > 0 ? cases : [NOBODY], { name: "hubspot-import-kit conduct" });
}

const NOBODY: TestCase = {
  "@_classname": "hubspot-import-kit.conduct",
  "@_name": "the clients' conduct",
  skipped: { "@_message": "No client came." },
};

function ruleCase(client: ClientConduct, check: ConductCheck): TestCase {
  const { id, sentence, result, severity, findings, next } = check;
  const named = {
    // What stands before a dot is taken for a package.
    "@_classname": `hubspot-import-kit.conduct ${clientText(client).replaceAll(".", "_")}`,
    "@_name": `${id}: ${sentence}`,
  };
  if (result === "pass") return named;
  if (result === "not-exercised") return { ...named, skipped: { "@_message": whySkipped(client, check) } };
  const tasksText = tasksIn(client, check);
  const texts = findings.map((finding) => {
    const place = listed(tasksText(finding), exchangesText(finding));
    return `${place}\n- ${valueText(finding.expected)}\n+ ${valueText(finding.actual)}`;
  });
  const text = [...texts, `Next: ${next}`].join("\n\n");
  return { ...named, failure: { "@_type": severity, "@_message": messageOf(causesOf(check)), "#text": text } };
}

function whySkipped(client: ClientConduct, { id }: ConductCheck): string {
  if (id !== "bounded-polling" || !isUndecided(client)) return "Nothing that came exercised it.";
  return "A task that does not move was still polled in the end: whether it would be given up, nobody saw.";
}
