import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";

/** Where the control API stands on the mock's port. */
export const CONTROL_PATH = "/__mock";

/** What a door says of a call beside the request. */
export interface Bound {
  Bindings: Partial<HttpBindings> & {
    /** What stood before the mock's own paths where the client called it; without a slash at the end. */
    readonly base?: string;
  };
}

/** Where the mock stands for the client of a call, without a slash at the end. */
export function baseOf({ env, req }: Context): string {
  return (env as Bound["Bindings"]).base ?? new URL(req.url).origin;
}
