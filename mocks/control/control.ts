import type { Simulator } from "../../src/simulator/simulator.js";
import { type ControlApp, type ControlOptions, createControlApi } from "./api.js";
import { readControlDocument } from "./document.js";
import { createEventLog } from "./event-log.js";
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

export interface Control {
  readonly app: ControlApp;
  /** Counts what the mock itself did wrong. */
  readonly countDefect: () => void;
}

/**
 * Everything that can be seen and done of a running mock, over HTTP.
 *
 * @see spec/control.openapi.yaml
 */
export function createControl(
  simulator: Simulator,
  options: Guard & GuessOptions & Pick<ControlOptions, "onChange" | "onDefect">,
): Control {
  const document = readControlDocument();
  const metrics = createMetrics(simulator);
  const view = createExchangeView();
  const handlers = {
    ...mockHandlers(simulator, { document, metrics }),
    ...sessionHandlers(simulator),
    ...taskHandlers(simulator, view),
    ...clockHandlers(simulator),
    ...journalHandlers(simulator, view),
    ...eventHandlers(simulator, view, createEventLog(simulator)),
  };
  const renderers = createRenderers(simulator);
  const { countDefect, countDenied: onDenied } = metrics;
  return { app: createControlApi({ ...options, document, handlers, renderers, onDenied }), countDefect };
}
