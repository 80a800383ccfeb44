import type { ReadExchange } from "../read-exchange.js";
import { askedToWaitMs } from "./calls.js";

/** These 4xx may pass by themselves: a slow request, a conflict, a host that is not meant, a lock, too early, a limit. */
const PASSING: readonly number[] = [408, 409, 421, 423, 425, 429, 477];

/** Whether a response says that this request is not taken, now or later. One that says when to come back does not. */
export function isRefused(call: ReadExchange): boolean {
  const { status = 0 } = call.response ?? {};
  return status >= 400 && status <= 499 && !PASSING.includes(status) && !askedToWaitMs(call);
}

/** Whether a task was not found, which may mean: not yet. */
export function isNotFound(call: ReadExchange): boolean {
  return call.operation === "checkImportStatus" && call.response?.status === 404 && isRefused(call);
}
