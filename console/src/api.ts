import createClient from "openapi-fetch";
import type { components, paths } from "../../spec/control.gen.js";
import { route } from "./route.js";

/** What the control API answers, by the names of its document. */
export type Schemas = components["schemas"];
export type State = Schemas["State"];
export type Exchange = Schemas["Exchange"];
export type Task = Schemas["Task"];
export type TaskSummary = Schemas["TaskSummary"];

/** The control API, at the page's own address. */
export const BASE = new URL(".", location.href).href.replace(/\/$/, "");

export const api = createClient<paths>({ baseUrl: BASE });

/** What the mock said against a request, or that it did not answer. */
export class ApiError extends Error {
  constructor(
    message: string,
    /** 0 where no response came. */
    readonly status: number,
  ) {
    super(message);
  }
}

/**
 * The JSON of a response: the page never asks for a table in text.
 *
 * @throws ApiError with the sentence of the problem
 * @example await answerOf(api.GET("/sessions"));
 */
export async function answerOf<Data>(
  call: Promise<{ data?: Data; error?: unknown; response: Response }>,
): Promise<Exclude<Data, string>> {
  const { data, error, response } = await call.catch(unreachable);
  if (response.status === 401) location.reload(); // The mock then shows its form for the control token.
  if (error !== undefined) {
    const { detail } = error as Partial<Schemas["Problem"]>;
    throw new ApiError(detail ?? `The mock answered ${response.status}.`, response.status);
  }
  return data as Exclude<Data, string>;
}

export const UNREACHABLE = "The mock does not answer. Is it still running?";

function unreachable(): never {
  throw new ApiError(UNREACHABLE, 0);
}

/** The mock's own address. */
export const ROOT = BASE.replace(/\/__mock$/, "");
export const IMPORT_PATH = "/files/v3/files/import-from-url/async";

/** Sends a request of HubSpot's API to the session, as a client does. */
export function send(path: string, init: RequestInit = {}): Promise<Response> {
  const { session: name } = route.value;
  return fetch(`${ROOT}/s/${name}${path}`, {
    ...init,
    headers: { Authorization: `Bearer pat-mock-${name}`, "X-Mock-Client": "console", ...init.headers },
  }).catch(unreachable);
}

export async function poll(id: string): Promise<void> {
  await send(`${IMPORT_PATH}/tasks/${encodeURIComponent(id)}/status`);
}
