import { type ContractDocument, readContract } from "../contract/document.js";
import { createValidator, type Validate } from "./schema.js";

let kept: { readonly contract: ContractDocument; readonly validate: Validate } | undefined;

/**
 * The contract with its validator, made when it is first needed and kept: it is the same for every run. A run asks for it
 * twice, and compiling its schemas takes some 100 ms.
 */
export function contractInForce(): NonNullable<typeof kept> {
  if (!kept) {
    const contract = readContract();
    kept = { contract, validate: createValidator(contract) };
  }
  return kept;
}
