import type { Simulator } from "../../src/simulator/simulator.js";
import { type ControlApiOptions, type ControlApp, createControlApi } from "./api.js";
import { type Counts, countExchanges } from "./counts.js";
import { readControlDocument } from "./document.js";
import { createEventLog, type EventLog } from "./event-log.js";
import type { Guard } from "./guard.js";
import { clockHandlers } from "./handlers/clock.js";
import { eventHandlers } from "./handlers/events.js";
import { journalHandlers } from "./handlers/journal.js";
import { mockHandlers } from "./handlers/mock.js";
import { sessionHandlers } from "./handlers/sessions.js";
import { taskHandlers } from "./handlers/tasks.js";
import { createMetrics } from "./metrics.js";
import type { GuessOptions } from "./token.js";
import { createExchangeView } from "./view/exchange-view.js";
import { createRenderers } from "./view/texts.js";

/** How a mock is steered, who is told, and what has followed the simulator. Default: what follows it from now on. */
export type ControlOptions = Guard &
  GuessOptions &
  Pick<ControlApiOptions, "onChange" | "onDefect"> & { readonly counts?: Counts; readonly events?: EventLog };

/**
 * Everything that can be seen and done of a running mock, over HTTP.
 *
 * @see spec/control.openapi.yaml
 */
export function createControl(
  simulator: Simulator,
  { counts = countExchanges(simulator), events = createEventLog(simulator), ...options }: ControlOptions,
): ControlApp {
  const document = readControlDocument();
  const metrics = createMetrics(simulator, counts);
  const view = createExchangeView();
  const handlers = {
    ...mockHandlers(simulator, { document, metrics }),
    ...sessionHandlers(simulator),
    ...taskHandlers(simulator, view),
    ...clockHandlers(simulator),
    ...journalHandlers(simulator, view),
    ...eventHandlers(simulator, view, events),
  };
  const renderers = createRenderers(simulator);
  return createControlApi({ ...options, document, handlers, renderers, onDenied: metrics.countDenied });
}
