import { catalogueOf, requireScenario } from "../../src/session/choose-scenario.js";
import { DEFAULT_SESSION } from "../../src/session/names.js";
import { SNAPSHOT_VERSION } from "../../src/session/snapshot.js";
import type { Simulator } from "../../src/simulator/simulator.js";
import { version } from "../version.js";
import { type ControlDocument, controlText } from "./document.js";
import type { Counts } from "./event-log.js";
import type { Metrics } from "./metrics.js";
import { baseOf, CONTROL_PATH, type Handlers, type Schemas } from "./operations.js";
import { viewScenario, viewWholeScenario } from "./scenario-view.js";

type Handled =
  | "readIndex"
  | "readHealth"
  | "readReadiness"
  | "readDocument"
  | "readJsonDocument"
  | "readMetrics"
  | "listScenarios"
  | "readScenario"
  | "readCoverageOfAll"
  | "resetMock"
  | "exportMock"
  | "importMock";

/** What concerns the mock as a whole. */
export function mockHandlers(
  simulator: Simulator,
  { document, counts }: { readonly document: ControlDocument; readonly counts: Counts },
): Pick<Handlers, Handled> {
  const health = { status: "ok", version } as const;
  let metrics: Metrics | undefined;
  return {
    readIndex: ({ context }) => viewIndex(baseOf(context) + CONTROL_PATH),
    readHealth: () => health,
    readReadiness: () => health,
    readDocument: async () => new Response(await controlText(), { headers: { "Content-Type": "application/yaml" } }),
    readJsonDocument: () => document.root,
    readMetrics: async () => {
      const { createMetrics } = await import("./metrics.js");
      metrics ??= createMetrics(simulator, counts);
      const { text, contentType } = await metrics.read();
      return new Response(text, { headers: { "Content-Type": contentType } });
    },
    listScenarios: () => ({ scenarios: simulator.scenarios().map(viewScenario) }),
    readScenario: ({ path }) => viewWholeScenario(requireScenario(path.scenario, catalogueOf(simulator.scenarios()))),
    readCoverageOfAll: () => simulator.coverageOfAll(),
    resetMock: () => simulator.resetAll(),
    exportMock: () => {
      const sessions = { [DEFAULT_SESSION]: simulator.snapshot(), ...simulator.snapshots() };
      return { version: SNAPSHOT_VERSION, sessions };
    },
    importMock: ({ body }) => simulator.restoreAll(body.sessions),
  };
}

/** @param at where the API stands */
function viewIndex(at: string): Schemas["Index"] {
  return {
    version,
    links: {
      document: `${at}/openapi.yaml`,
      sessions: `${at}/sessions`,
      tasks: `${at}/sessions/${DEFAULT_SESSION}/tasks`,
      journal: `${at}/sessions/${DEFAULT_SESSION}/journal`,
      conduct: `${at}/conduct`,
      scenarios: `${at}/scenarios`,
      events: `${at}/events`,
      health: `${at}/health`,
      metrics: `${at}/metrics`,
    },
  };
}
