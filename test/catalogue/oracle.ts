import { type Declared, type DeclaredFault, inMs } from "./declared.js";

/** What a call has to show. */
export interface Expected {
  /** Absent where no answer comes. */
  readonly status?: number;
  readonly fault?: DeclaredFault;
  /** The policy that is used up. */
  readonly policy?: string;
  /** The step that is told. */
  readonly step?: Declared["steps"][number];
  /** When the task was asked for first, in epoch milliseconds. */
  readonly began?: number;
  /** Whether the task is made though its answer is hidden, or told. */
  readonly isTaken?: boolean;
}

export interface CallMade {
  readonly operation: "importFromUrl" | "checkImportStatus";
  /** Epoch milliseconds. */
  readonly at: number;
  readonly token: string;
}

const STATUS: Readonly<Record<string, number>> = {
  "expired-token": 401,
  "missing-scopes": 403,
  gated: 403,
  banned: 403,
  "not-found": 404,
  locked: 423,
  "rate-limited": 429,
  "secondly-limit": 429,
  "daily-limit": 429,
  migration: 477,
  "internal-error": 500,
  "bad-gateway": 502,
  "service-unavailable": 503,
  "gateway-timeout": 504,
};

/** What a scenario's calls have to show, one after the other, when each poll that tells a state moves the task. */
export function createOracle({ steps, faults = [], limits = {} }: Declared) {
  let polls = 0;
  let imports = 0;
  let told = 0;
  const inState = new Map<string, number>();
  let began: number | undefined;
  const firstTokens = new Map<DeclaredFault, string>();
  const answered: number[] = [];
  const pollsBeforeEnd = steps.slice(0, -1).reduce((sum, step) => sum + (step.polls ?? 1), 0);

  function stepNow() {
    const shown = steps.slice(0, -1).flatMap((step) => Array<Declared["steps"][number]>(step.polls ?? 1).fill(step));
    return shown[told] ?? steps.at(-1);
  }

  function matches(fault: DeclaredFault, { operation, at, token }: CallMade): boolean {
    const { on = ["checkImportStatus"], versions, during, afterEnd, afterImport, until } = fault;
    if (!on.includes(operation)) return false;
    // The requests of this test are all of v3.
    if (versions && !versions.includes("v3")) return false;
    const met = during ? during.reduce((sum, state) => sum + (inState.get(state) ?? 0), 0) : polls;
    const [range, count] = operation === "importFromUrl" ? [fault.imports, imports] : [fault.polls, met];
    const [first, length] = rangeOf(range);
    if (count < first || count >= first + length) return false;
    const isAtEnd = stepNow() === steps.at(-1) && !["PENDING", "PROCESSING"].includes(steps.at(-1)?.state ?? "");
    if (during && !during.includes(stateOf(stepNow()))) return false;
    if (afterEnd && !(isAtEnd && at - ((began ?? at) + pollsBeforeEnd) >= inMs(afterEnd))) return false;
    if (afterImport && at - (began ?? at) < inMs(afterImport)) return false;
    if (until && (firstTokens.get(fault) ?? token) !== token) return false;
    if (until) firstTokens.set(fault, token);
    return true;
  }

  return (call: CallMade): Expected => {
    if (call.operation === "importFromUrl") imports += 1;
    else {
      polls += 1;
      began ??= call.at;
    }
    const rolling = answered.filter((at) => call.at - at < 10_000).length;
    const spent = {
      SECONDLY: inWindow(answered, call.at, 1000),
      TEN_SECONDLY_ROLLING: rolling,
      DAILY: inWindow(answered, call.at, 86_400_000),
    };
    const allowed = { SECONDLY: limits.secondly, TEN_SECONDLY_ROLLING: limits.tenSecondly, DAILY: limits.daily };
    const policy = (["SECONDLY", "TEN_SECONDLY_ROLLING", "DAILY"] as const).find(
      (one) => spent[one] >= (allowed[one] ?? 1e9),
    );
    if (policy) return { status: 429, policy };
    answered.push(call.at);
    const state = stateOf(stepNow());
    if (call.operation === "checkImportStatus") inState.set(state, (inState.get(state) ?? 0) + 1);
    const fault = faults.find((one) => matches(one, call));
    const isHidden = fault?.error || fault?.page || fault?.wire === "reset" || fault?.wire === "black-hole";
    if (fault && isHidden) {
      const status = fault.page ?? STATUS[fault.error ?? ""];
      return { ...(status && { status }), fault, isTaken: fault.accepted ?? false };
    }
    const step = stepNow();
    if (call.operation === "checkImportStatus") told += 1;
    const status = call.operation === "importFromUrl" ? 202 : 200;
    return { status, ...(fault && { fault }), ...(step && { step }), ...(began && { began }), isTaken: true };
  };
}

function rangeOf(range: DeclaredFault["polls"]): readonly [first: number, length: number] {
  if (typeof range !== "object") return [range ?? 1, range ? 1 : 1e9];
  return "after" in range ? [range.after + 1, 1e9] : [range.first, range.count];
}

/** The state that is shown: the mock's failures are told as CANCELED. */
export function stateOf(step: Declared["steps"][number] | undefined): string {
  return step?.state === "FAILURE" ? "CANCELED" : (step?.state ?? "");
}

/** How many were answered in the window that `at` falls into; each begins with the first after the one before is over. */
function inWindow(answered: readonly number[], at: number, lengthMs: number): number {
  let from = Number.NEGATIVE_INFINITY;
  for (const one of answered) if (one - from >= lengthMs) from = one;
  return at - from >= lengthMs ? 0 : answered.filter((one) => one >= from).length;
}
