import { grouped } from "../grouped.js";
import { operationOf } from "./read-exchange.js";
import type { RecordedExchange } from "./recording/recording.js";

/**
 * The imports of a recording, in their order, each as the positions of its tries: a run of this kit's sends one again where it
 * is put off. `mock --replay` numbers its scenarios so.
 */
export function importTries(exchanges: readonly RecordedExchange[]): readonly (readonly number[])[] {
  const imports = exchanges.flatMap((one, index) => (isImport(one) ? [{ index, key: one.purpose ?? index }] : []));
  return [...grouped(imports, ({ key }) => key).values()].map((tries) => tries.map(({ index }) => index));
}

function isImport(exchange: RecordedExchange): boolean {
  // Most requests are polls, and to read an address takes time.
  if (exchange.request.method === "GET" || exchange.purpose?.startsWith("refusal/")) return false;
  return operationOf(exchange) === "importFromUrl";
}
