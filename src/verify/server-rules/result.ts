import { isObject } from "../../contract/document.js";
import type { TaskRecord } from "../read.js";
import { type Problem, type Rule, verdict } from "../rule.js";
import { shown } from "../schema.js";

export const resultAsAsked: Rule = {
  id: "result-as-asked",
  sentence: "Each import gets a file of its own, with the access and in the folder that it asked for.",
  severity: "drift",
  evidence: "inferred",
  next: "Look at the file in the account: a file that should be private may be public.",
  judge: ({ tasks }) =>
    tasks.flatMap((task) => {
      const asked = askedFor(task);
      const shows = task.polls.find((poll) => isObject(poll.task["result"]));
      const file = shows?.task["result"];
      if (!asked || !shows || !isObject(file)) return [];
      // Two imports that got one task are told of by task-id.
      const others = tasks.filter(({ id }) => id !== task.id);
      const problems = [...accessProblem(asked, file), ...folderProblem(asked, file), ...sharedProblem(file, others)];
      return [verdict(shows.index, ...problems)];
    }),
};

type Asked = Readonly<Record<string, unknown>>;

function accessProblem({ access }: Asked, file: Asked): readonly Problem[] {
  if (typeof access !== "string" || typeof file["access"] !== "string" || file["access"] === access) return [];
  return [{ pointer: "/result/access", expected: access, actual: shown(file["access"]) }];
}

/** HubSpot writes a folder's name as it was made first, and letter case does not tell two of them apart. */
function folderProblem({ folderPath }: Asked, file: Asked): readonly Problem[] {
  const { path } = file;
  if (typeof folderPath !== "string" || typeof path !== "string") return [];
  const folder = `${folderPath.replace(/\/+$/, "")}/`;
  if (path.toLowerCase().startsWith(folder.toLowerCase())) return [];
  return [{ pointer: "/result/path", expected: `a path in ${folder}`, actual: path }];
}

/** The run asks for no check of duplicates: whoever gets another's file deletes it with theirs. */
function sharedProblem({ id }: Asked, others: readonly TaskRecord[]): readonly Problem[] {
  const isShared = others.some(({ polls }) =>
    polls.some(({ task: { result } }) => isObject(result) && result["id"] === id),
  );
  return isShared ? [{ pointer: "/result/id", expected: "an id of its own", actual: shown(id) }] : [];
}

function askedFor({ accepted }: TaskRecord): Asked | undefined {
  try {
    const asked: unknown = JSON.parse(accepted?.exchange.request.body ?? "");
    return isObject(asked) ? asked : undefined;
  } catch {
    return undefined;
  }
}
