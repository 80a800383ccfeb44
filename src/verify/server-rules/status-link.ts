import { isObject } from "../../contract/document.js";
import { matchOperation } from "../../contract/operation.js";
import { linkTrouble } from "../journey/link.js";
import { apiPath, type ReadExchange, type TaskRecord, taskIn } from "../read.js";
import { type Problem, type Rule, type Verdict, verdict } from "../rule.js";
import { shown } from "../schema.js";

export const statusLink: Rule = {
  id: "status-link",
  sentence: "links.status leads to the same task.",
  severity: "violation",
  evidence: "live",
  next: "Clients that follow the link poll something else: report the link.",
  judge: ({ tasks, contract }) =>
    tasks.flatMap((task) => [
      ...task.calls
        .filter(({ exchange }) => exchange.purpose?.endsWith("/link"))
        .map((call) => judgeFollowed(task, call)),
      ...linksOf(task).map(({ index, link, calledUrl }) => {
        const problem = judgeText(task.id, link, calledUrl);
        const line = contract.lineOf("/components/schemas/TaskLocator/properties/links/properties/status");
        return verdict(index, ...(problem ? [{ ...problem, line }] : []));
      }),
    ]),
};

/** Every link that the task's answers gave, in the locator and in the polls. What is no url is the schema's business. */
function linksOf({ accepted, polls }: TaskRecord) {
  const bodies = [
    ...(accepted ? [{ index: accepted.index, exchange: accepted.exchange, body: accepted.response.json }] : []),
    ...polls.map(({ index, exchange, task }) => ({ index, exchange, body: task })),
  ];
  return bodies.flatMap(({ index, exchange, body }) => {
    const links = isObject(body) ? body["links"] : undefined;
    const link = isObject(links) ? links["status"] : undefined;
    return typeof link === "string" && URL.canParse(link) ? [{ index, link, calledUrl: exchange.request.url }] : [];
  });
}

function judgeText(id: string, link: string, calledUrl: string): Problem | undefined {
  const at = { pointer: "/links/status", actual: link };
  const trouble = linkTrouble(link, calledUrl);
  if (trouble !== undefined) return { ...at, expected: trouble };
  const route = matchOperation("GET", apiPath(link));
  // A path of another form may lead there all the same: following it tells.
  if (!("id" in route) || decodeURIComponent(route.id) === id) return undefined;
  return { ...at, expected: `an address of ${id}` };
}

function judgeFollowed({ id }: TaskRecord, { index, response, exchange }: ReadExchange): Verdict {
  if (!response) return { exchanges: [index], problems: [] };
  const at = { expected: `the task ${id} at ${exchange.request.url}` };
  const seen = taskIn(response);
  if (!seen) {
    // What the answer itself breaks is judged as of any answer; here only: is it the task?
    const isTrouble = response.status >= 300 && ![423, 429, 477].includes(response.status) && response.status < 500;
    return verdict(index, ...(isTrouble ? [{ ...at, actual: `${response.status}` }] : []));
  }
  const came = seen.task["taskId"];
  return verdict(index, ...(came === id || came === undefined ? [] : [{ ...at, actual: `the task ${shown(came)}` }]));
}
