import mocker from "@stoplight/prism-http/dist/mocker/index.js";
import { createPrismWith, defaultOf } from "./components.js";

/** Prism with its own mocker, which responds with the contract's examples. */
export const stock = createPrismWith(defaultOf(mocker));

export {
  NO_RESPONSE_DEFINED,
  NOT_ACCEPTABLE,
  NOT_FOUND,
  SCHEMA_TOO_COMPLEX,
  UNPROCESSABLE_ENTITY,
} from "@stoplight/prism-http/dist/mocker/errors.js";
export { ProblemJsonError } from "@stoplight/prism-http/dist/types.js";
export { getHttpConfigFromRequest } from "@stoplight/prism-http-server/dist/getHttpConfigFromRequest.js";
