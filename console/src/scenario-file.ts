import type { Exchange, Task } from "./api.js";

/**
 * What happened to a task, as the YAML of a scenario file: its states with the time that each lasted, and what its polls got
 * in place of its own response.
 *
 * @example scenarioSource(task); // "summary: …\nsteps:\n  - state: PENDING\n    for: 1s\n…"
 */
export function scenarioSource(task: Task): string {
  const { steps, errors } = stepsOf(task);
  const faults = faultsOf(task.exchanges);
  const lines = [
    `summary: ${JSON.stringify(`What task ${task.name} did on ${task.requestedAt.slice(0, 10)}.`)}`,
    "steps:",
    ...steps.flatMap(({ state, forMs }) => [
      `  - state: ${state}`,
      ...(forMs === undefined ? [] : [`    for: ${forMs}ms`]),
    ]),
    ...errors,
    ...(faults.length === 0 ? [] : ["faults:", ...faults]),
  ];
  return `${lines.join("\n")}\n`;
}

interface Step {
  readonly state: string;
  readonly forMs?: number;
}

/** Dated states, each but the last with its duration; a state that lasted no time is left out. */
function stepsOf({ timeline, exchanges }: Task): {
  readonly steps: readonly Step[];
  readonly errors: readonly string[];
} {
  const dated = timeline.filter(({ at, isReached }) => at !== undefined || isReached);
  const steps = dated.flatMap(({ state, at }, index): readonly Step[] => {
    const next = dated[index + 1]?.at;
    if (next === undefined || at === undefined) return index === dated.length - 1 ? [{ state }] : [];
    const forMs = Date.parse(next) - Date.parse(at);
    return forMs <= 0 ? [] : [{ state, forMs }];
  });
  return { steps, errors: steps.at(-1)?.state === "CANCELED" ? errorsOf(exchanges) : [] };
}

function errorsOf(exchanges: readonly Exchange[]): readonly string[] {
  const seen = errorsSeen(exchanges);
  const count = seen?.length ?? 1;
  const { category, message } = seen?.[0] ?? {};
  return [
    `    errors: ${count}`,
    ...(typeof message === "string"
      ? [
          "    error:",
          ...(category ? [`      category: ${JSON.stringify(category)}`] : []),
          `      message: ${JSON.stringify(message)}`,
        ]
      : []),
  ];
}

interface SeenError {
  readonly message?: string;
  readonly category?: string;
}

/** The errors of the last poll that saw CANCELED. */
export function errorsSeen(exchanges: readonly Exchange[]): readonly SeenError[] | undefined {
  const last = exchanges.findLast(({ state }) => state === "CANCELED");
  return last?.response && bodyOf(last.response.body)?.errors;
}

function bodyOf(text: string): { readonly errors?: readonly SeenError[] } | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Each poll that got something else than the task's own response, by its number. */
function faultsOf(exchanges: readonly Exchange[]): readonly string[] {
  const polls = exchanges.filter(({ operation }) => operation === "checkImportStatus");
  return polls.flatMap((exchange, index) => {
    const effect = exchange.effect === undefined ? undefined : effectOf(exchange, exchange.effect);
    return effect === undefined ? [] : [`  - polls: ${index + 1}`, ...effect.map((line) => `    ${line}`)];
  });
}

/** @param label as the journal names it, such as `error rate-limited` */
function effectOf({ response }: Exchange, label: string): readonly string[] | undefined {
  const [kind = "", value = "", ...more] = label.split(" ");
  const wait = response?.headers["Retry-After"];
  if (kind === "error" || kind === "page")
    return [`${kind}: ${value}`, ...(wait === undefined ? [] : [`retryAfter: ${wait}s`])];
  if (kind === "body" || kind === "wire") return [`${kind}: ${value}`];
  if (kind === "headers") {
    return ["headers:", ...[value, ...more].map((name) => `  ${name}: ${JSON.stringify(response?.headers[name])}`)];
  }
  if ((kind !== "answer" && kind !== "alter") || response?.status === undefined) return undefined;
  const type = response.headers["Content-Type"];
  return [
    "answer:",
    `  status: ${response.status}`,
    ...(type === undefined ? [] : ["  headers:", `    Content-Type: ${JSON.stringify(type)}`]),
    `  body: ${JSON.stringify(response.body)}`,
  ];
}
