import { deniedPermission } from "../../src/denied-permission.js";
import { UserError } from "../../src/user-error.js";
import { CONTROL_PATH } from "../control/base.js";
import type { Schemas } from "../control/operations.js";
import { ControlError } from "./errors.js";

type Method = "GET" | "PUT" | "POST" | "PATCH" | "DELETE";

/** The control API of one mock. */
export interface Api {
  /** @throws ControlError; UserError `unusable-address` where nothing listens */
  readonly call: <Answer>(method: Method, path: string, body?: object) => Promise<Answer>;
  /** The same for an answer that is text. */
  readonly read: (path: string) => Promise<string>;
}

export function createApi(
  origin: string,
  { token, fetch: send }: { readonly token?: string; readonly fetch?: typeof fetch },
): Api {
  async function ask(method: Method, path: string, body?: object): Promise<string> {
    const headers = {
      ...(token !== undefined && { Authorization: `Bearer ${token}` }),
      ...(body && { "Content-Type": "application/json" }),
    };
    const init = { method, headers, ...(body && { body: JSON.stringify(body) }) };
    const answer = await (send ?? fetch)(`${origin}${CONTROL_PATH}${path}`, init).catch((error: Error) => {
      throw unreachable(origin, error);
    });
    const text = await answer.text();
    if (answer.ok) return text;
    const isProblem = answer.headers.get("content-type")?.startsWith("application/problem+json");
    if (isProblem) throw new ControlError(JSON.parse(text) as Schemas["Problem"]);
    const hint = "Is it a mock of hubspot-import-kit, and was it started without --no-control?";
    throw new Error(`${origin} answers ${answer.status} to ${CONTROL_PATH}${path}. ${hint}`);
  }

  return {
    // The document says what an answer is, and the mock's tests hold its answers against it.
    async call<Answer>(method: Method, path: string, body?: object) {
      const text = await ask(method, path, body);
      return (text === "" ? undefined : JSON.parse(text)) as Answer;
    },
    read: (path) => ask("GET", path),
  };
}

/** `fetch` itself says "fetch failed", and hides why in its cause. */
function unreachable(origin: string, error: Error): UserError {
  const denied = deniedPermission(error);
  if (denied !== undefined) return new UserError("denied-permission", `${denied}.`, { cause: error });
  const { code } = (error.cause ?? {}) as NodeJS.ErrnoException;
  const next = "Start one with hubspot-import-kit mock, or correct the url.";
  return new UserError("unusable-address", `no mock answers at ${origin} (${code ?? error.message}). ${next}`, {
    cause: error,
  });
}
