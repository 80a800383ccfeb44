import { createLogger, factory } from "@stoplight/prism-core";
import router from "@stoplight/prism-http/dist/router/index.js";
import type { IHttpConfig, IHttpResponse, PrismHttpComponents } from "@stoplight/prism-http/dist/types.js";
import { validateInput, validateOutput, validateSecurity } from "@stoplight/prism-http/dist/validator/index.js";

/** All that Prism can check, and nothing rejected for it: what is found is reported. */
export const PRISM_CONFIG: IHttpConfig = {
  checkSecurity: true,
  validateRequest: true,
  validateResponse: true,
  errors: false,
  isProxy: false,
  upstreamProxy: undefined,
  mock: { dynamic: false },
};

/** Prism's own parts, without its mocker: few requests ask for it. */
const COMPONENTS: Omit<PrismHttpComponents, "mock"> = {
  route: defaultOf(router),
  validateInput,
  validateOutput,
  // Its declared type has the part of a request that it reads.
  validateSecurity: validateSecurity as never,
  forward: () => () => async () => ({ _tag: "Left", left: new Error("the mock forwards nothing") }),
  logger: createLogger("prism", { level: "silent" }),
};

/** Prism that routes and validates as ever, and takes its responses from a component of ours. */
export function createPrism(respond: () => IHttpResponse) {
  return createPrismWith(() => () => ({ _tag: "Right", right: respond() }));
}

/** Prism with a mocker. */
export function createPrismWith(mock: PrismHttpComponents["mock"]) {
  return factory(PRISM_CONFIG, { ...COMPONENTS, mock });
}

/** What a CommonJS module exports as its default: Node imports all of its exports by that name, Vitest this one. */
export function defaultOf<Value extends object>(imported: Value | { readonly default: Value }): Value {
  return "default" in imported ? imported.default : imported;
}
