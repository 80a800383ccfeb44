import { type ContractDocument, readContract } from "../contract/document.js";
import { createValidator, type Validate } from "./schema.js";

let kept: { readonly contract: ContractDocument; readonly validate: Validate } | undefined;

/**
 * The contract with its validator, made when it is first needed and kept: it is the same for every run. A run asks for it
 * twice, and reading it takes some 50 ms, compiling its schemas 100.
 */
export function contractInForce(): NonNullable<typeof kept> {
  if (!kept) {
    const contract = readContract();
    kept = { contract, validate: createValidator(contract) };
  }
  return kept;
}
