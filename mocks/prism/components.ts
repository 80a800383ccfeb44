import { createLogger, factory } from "@stoplight/prism-core";
import router from "@stoplight/prism-http/dist/router/index.js";
import type { IHttpConfig, IHttpResponse, PrismHttpComponents } from "@stoplight/prism-http/dist/types.js";
import { validateInput, validateOutput, validateSecurity } from "@stoplight/prism-http/dist/validator/index.js";

/** Enables all checks of Prism; violations are reported and do not reject the request. */
export const PRISM_CONFIG: IHttpConfig = {
  checkSecurity: true,
  validateRequest: true,
  validateResponse: true,
  errors: false,
  isProxy: false,
  upstreamProxy: undefined,
  mock: { dynamic: false },
};

/** Prism's components except its mocker, which few requests need. */
const COMPONENTS: Omit<PrismHttpComponents, "mock"> = {
  route: defaultOf(router),
  validateInput,
  validateOutput,
  // Its declared parameter type has only the properties that it reads.
  validateSecurity: validateSecurity as never,
  forward: () => () => async () => ({ _tag: "Left", left: new Error("the mock forwards nothing") }),
  logger: createLogger("prism", { level: "silent" }),
};

/** Creates Prism with its own routing and validation, and with our responses. */
export function createPrism(respond: () => IHttpResponse) {
  return createPrismWith(() => () => ({ _tag: "Right", right: respond() }));
}

/** Creates Prism with a mocker. */
export function createPrismWith(mock: PrismHttpComponents["mock"]) {
  return factory(PRISM_CONFIG, { ...COMPONENTS, mock });
}

/** Returns the default export of a CommonJS module: in Node `default` contains all exports, in Vitest only this one. */
export function defaultOf<Value extends object>(imported: Value | { readonly default: Value }): Value {
  return "default" in imported ? imported.default : imported;
}
