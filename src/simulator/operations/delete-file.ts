import { namedError, undecodableId } from "../../task/hubspot-error.js";
import { faultAt } from "../../task/timeline.js";
import { chooseScenario } from "../choose-scenario.js";
import { type Call, faultReply, type Outcome, type World } from "../world.js";

/**
 * Deletes a file that a completed task has shown; any other is not found.
 *
 * @see spec/openapi.yaml#/paths/~1files~1v3~1files~1{fileId}/delete
 */
export function deleteFile(world: World, call: Call, id: string): Outcome {
  const { request, now, respond } = call;
  const choice = chooseScenario(world, request, {});
  if ("refusal" in choice) return { response: respond.error(choice.refusal) };
  const { scenario, noted } = choice;
  const fault = faultAt(scenario, "deleteFile", 1);
  if (fault && "error" in fault) return { response: faultReply(fault, "deleteFile", call), scenario: noted };
  if (!/^\d+$/.test(id)) return { response: respond.error(undecodableId(id)), scenario: noted };
  if (!world.session.files.delete(id)) {
    return { response: respond.error(namedError("not-found", { operation: "deleteFile", now })), scenario: noted };
  }
  return { response: respond.empty(204), scenario: noted };
}
