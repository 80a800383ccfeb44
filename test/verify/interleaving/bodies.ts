import type { RecordedExchange } from "../../../src/exchange/exchange.js";

export type Answer = NonNullable<RecordedExchange["response"]>;

/** What a task shows in every state. */
export type Shown = Readonly<Record<string, unknown>> & { readonly taskId: string };

export function answer(status: number, body: object, headers: Readonly<Record<string, string>> = {}): Answer {
  const type = { "content-type": "application/json;charset=utf-8" };
  return { status, headers: { ...type, ...headers }, body: JSON.stringify(body) };
}

export function pending(shown: Shown): Shown {
  const { startedAt: _, completedAt: __, result: ___, numErrors: ____, errors: _____, ...rest } = shown;
  return { ...rest, status: "PENDING" };
}

export function processing(shown: Shown): Shown {
  const { startedAt = shown["requestedAt"] } = shown;
  return { ...pending(shown), status: "PROCESSING", startedAt };
}

/** @param shown with all dates */
export function complete(shown: Shown, file: object = {}): Shown {
  const { completedAt } = shown;
  const result = {
    id: "187340915526",
    createdAt: completedAt,
    updatedAt: completedAt,
    archived: false,
    access: "PRIVATE",
    name: "cat",
    path: "/library/cat.png",
    extension: "png",
    size: 24_574,
    ...file,
  };
  return { ...processing(shown), status: "COMPLETE", completedAt, result };
}

/** @param shown with all dates */
export function canceled(shown: Shown): Shown {
  const errors = [{ status: "error", category: "VALIDATION_ERROR", message: "The file could not be fetched." }];
  return { ...processing(shown), status: "CANCELED", completedAt: shown["completedAt"], numErrors: 1, errors };
}

const CORRELATION = "01a20b65-62aa-75f6-bcc0-c9022d053191";

export function failed(status: number, message: string): Answer {
  const body = { status: "error", message, correlationId: CORRELATION };
  return answer(status, body, { "x-hubspot-correlation-id": CORRELATION });
}
