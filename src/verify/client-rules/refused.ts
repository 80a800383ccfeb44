import type { ReadExchange } from "../read-exchange.js";

/** These 4xx may pass by themselves: a slow request, a conflict, a host that is not meant, a lock, too early, a limit. */
const PASSING: readonly number[] = [408, 409, 421, 423, 425, 429, 477];

/** Whether an answer says that this request is not taken, now or later. */
export function isRefused({ response }: ReadExchange): boolean {
  const { status = 0 } = response ?? {};
  return status >= 400 && status <= 499 && !PASSING.includes(status);
}

/** Whether a task was not found, which may mean: not yet. */
export function isNotFound({ operation, response }: ReadExchange): boolean {
  return operation === "checkImportStatus" && response?.status === 404;
}
