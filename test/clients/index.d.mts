import type { Client } from "@hubspot/api-client";
import type { SessionClient } from "../../mocks/client.js";

interface Case {
  readonly id: string;
  readonly endless?: boolean;
}

interface Driver {
  readonly call: (request: object) => Promise<object>;
}

interface Mock {
  readonly url: string;
  readonly session: (name: string) => SessionClient;
}

export const CASES: readonly Case[];
export function createDriver(client: typeof Client): Driver;
export function tryVersions(mock: Mock, client: typeof Client, name: string): Promise<readonly string[]>;
export function observe(
  test: Case,
  by: {
    readonly mock: Mock;
    readonly driver: Driver;
    readonly now?: () => number;
  },
): Promise<string>;
export function readTables(page: string): Map<string, Map<string, string>>;
