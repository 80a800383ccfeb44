import { isObject } from "../../json.js";
import { withoutTrailing } from "../../without-trailing.js";
import type { TaskRecord } from "../read.js";
import { type Problem, type Rule, verdict } from "../rule.js";
import { shown } from "../schema.js";

export const resultAsAsked: Rule = {
  id: "result-as-asked",
  sentence: "Each import gets a file of its own, with the access and in the folder that it asked for.",
  severity: "drift",
  evidence: "inferred",
  next: "Look at the file in the account: one that should be private may be public. Report it to HubSpot with the recording.",
  judge: ({ tasks }) => {
    const own = tasks.flatMap((task) => {
      const asked = askedFor(task);
      // An import may ask for the file that is there already, such as that of one whose answer got lost.
      return asked && asked["duplicateValidationStrategy"] !== "RETURN_EXISTING" ? [{ task, asked }] : [];
    });
    const owners = ownersOf(own.map(({ task }) => task));
    return own.flatMap(({ task, asked }) => {
      const shows = task.polls.find((poll) => isObject(poll.task["result"]));
      const file = shows?.task["result"];
      if (!shows || !isObject(file)) return [];
      // Two imports that got one task are told of by task-id.
      const isShared = (owners.get(file["id"])?.size ?? 0) > 1;
      const shared = { pointer: "/result/id", expected: "an id of its own", actual: shown(file["id"]) };
      const problems = [...accessProblem(asked, file), ...folderProblem(asked, file), ...(isShared ? [shared] : [])];
      return [verdict(shows.index, ...problems)];
    });
  },
};

/** Whoever gets another's file deletes it with theirs. @returns by a file's id, the ids of the tasks that show it */
function ownersOf(tasks: readonly TaskRecord[]): ReadonlyMap<unknown, ReadonlySet<string>> {
  const owners = new Map<unknown, Set<string>>();
  for (const { id, polls } of tasks) {
    for (const { task } of polls) {
      if (!isObject(task["result"])) continue;
      const fileId = task["result"]["id"];
      owners.set(fileId, (owners.get(fileId) ?? new Set()).add(id));
    }
  }
  return owners;
}

type Asked = Readonly<Record<string, unknown>>;

function accessProblem({ access }: Asked, file: Asked): readonly Problem[] {
  if (typeof access !== "string" || typeof file["access"] !== "string" || file["access"] === access) return [];
  return [{ pointer: "/result/access", expected: access, actual: shown(file["access"]) }];
}

/** HubSpot writes a folder's name as it was made first, and letter case does not tell two of them apart. */
function folderProblem({ folderPath }: Asked, file: Asked): readonly Problem[] {
  const { path } = file;
  if (typeof folderPath !== "string" || typeof path !== "string") return [];
  const folder = `${withoutTrailing("/", folderPath)}/`;
  if (path.toLowerCase().startsWith(folder.toLowerCase())) return [];
  return [{ pointer: "/result/path", expected: `a path in ${folder}`, actual: path }];
}

function askedFor({ accepted }: TaskRecord): Asked | undefined {
  try {
    const asked: unknown = JSON.parse(accepted?.exchange.request.body ?? "");
    return isObject(asked) ? asked : undefined;
  } catch {
    return undefined;
  }
}
