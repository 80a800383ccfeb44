import { Counter, Gauge, Registry } from "prom-client";
import type { TaskStatus } from "../../src/contract/contract.js";
import type { Simulator } from "../../src/simulator/simulator.js";
import type { Counts } from "./event-log.js";

/** A mock's metrics for Prometheus. */
export interface Metrics {
  readonly read: () => Promise<{ readonly text: string; readonly contentType: string }>;
}

/** Each always has a line: a series that goes where nothing is in that state looks like a mock that has gone. */
const STATES: readonly TaskStatus["status"][] = ["PENDING", "PROCESSING", "COMPLETE", "CANCELED"];

/** Counts from the start of the mock on. Tasks and sessions are counted when they are asked for. */
export function createMetrics(simulator: Simulator, counts: Counts): Metrics {
  // Two mocks in one process are two: nothing is registered globally.
  const registry = new Registry();
  const registers = [registry];
  new Counter({
    name: "import_mock_requests_total",
    help: "Requests to the API; status none if no response was sent.",
    labelNames: ["operation", "version", "status", "scenario"] as const,
    registers,
    collect() {
      this.reset();
      for (const [key, count] of counts.requests) {
        const [operation = "", version = "", status = "", scenario = ""] = key.split(" ");
        this.inc({ operation, version, status, scenario }, count);
      }
    },
  });
  new Counter({
    name: "import_mock_contract_violations_total",
    help: "Requests that broke the contract.",
    labelNames: ["operation"] as const,
    registers,
    collect() {
      this.reset();
      for (const [operation, count] of counts.violations) this.inc({ operation }, count);
    },
  });
  new Counter({
    name: "import_mock_defects_total",
    help: "Defects of the mock itself.",
    registers,
    collect() {
      this.reset();
      this.inc(counts.defects);
    },
  });
  new Counter({
    name: "import_mock_control_denied_total",
    help: "Requests to the control API that were denied, by the last part of the problem's type.",
    labelNames: ["reason"] as const,
    registers,
    collect() {
      this.reset();
      for (const [reason, count] of counts.denied) this.inc({ reason }, count);
    },
  });
  new Gauge({
    name: "import_mock_tasks",
    help: "Tasks of all sessions by the state that they show.",
    labelNames: ["state"] as const,
    registers,
    collect() {
      for (const state of STATES) this.set({ state }, 0);
      for (const name of simulator.sessions()) {
        for (const { status } of simulator.session(name).tasks()) this.inc({ state: status });
      }
    },
  });
  new Gauge({
    name: "import_mock_sessions",
    help: "Sessions.",
    registers,
    collect() {
      this.set(simulator.sessions().length);
    },
  });
  new Gauge({
    name: "import_mock_kept_bytes",
    help: "Memory used for clients' data, as counted in docs/control.md.",
    labelNames: ["kind"] as const,
    registers,
    collect() {
      for (const { kind, bytes } of simulator.memory.accounts) this.set({ kind }, bytes);
    },
  });
  new Counter({
    name: "import_mock_evicted_total",
    help: "Items evicted because memory was full, the oldest first.",
    labelNames: ["kind"] as const,
    registers,
    collect() {
      this.reset();
      for (const { kind, evicted } of simulator.memory.accounts) this.inc({ kind }, evicted);
    },
  });
  return { read: async () => ({ text: await registry.metrics(), contentType: registry.contentType }) };
}
