import { namedError, undecodableId } from "../contract/hubspot-error.js";
import { effectLabel } from "../scenario/effect.js";
import { chooseScenario } from "../session/choose-scenario.js";
import type { Entry } from "../session/entry.js";
import type { World } from "../session/session.js";
import { applicableFault, applyFault, withinLimits } from "./apply-fault.js";
import type { Outcome, RequestContext } from "./request-context.js";
import type { Responder } from "./respond.js";

/**
 * Deletes a file that a completed task has shown, under the scenario of that task. Other ids get a 404.
 *
 * @see spec/openapi.yaml#/paths/~1files~1v3~1files~1{fileId}/delete
 */
export function deleteFile(world: World, context: RequestContext, id: string): Outcome {
  const { request, now } = context;
  // A task keeps the scenario that its import chose, also for its file.
  const shownBy = world.session.tasks.list().filter(({ file }) => file?.id === id);
  const own = shownBy[0]?.scenario;
  const choice = chooseScenario(world, request, own ? { otherwise: { name: own.name, why: "task" }, known: own } : {});
  if ("rejection" in choice) return { response: context.respond.error(choice.rejection) };
  const { scenario, noted } = choice;
  const { respond, over } = withinLimits(world, context, scenario, "deleteFile");
  if (over) return { ...over, scenario: noted };
  const effect = applicableFault(world, context, scenario, { operation: "deleteFile", count: 1 });
  const plain = () => deletion(world, respond, now, { id, shownBy });
  const response = effect ? applyFault(effect, { respond, now, operation: "deleteFile", plain }) : plain();
  return { response, scenario: noted, ...(effect && { effect: effectLabel(effect) }) };
}

function deletion(
  { session }: World,
  respond: Responder,
  now: number,
  { id, shownBy }: { readonly id: string; readonly shownBy: readonly Entry[] },
): Outcome["response"] {
  if (!/^\d+$/.test(id)) return respond.error(undecodableId(id));
  if (!session.files.delete(id)) return respond.error(namedError("not-found", { operation: "deleteFile", now }));
  for (const entry of shownBy) {
    session.tasks.update(entry.id, (kept = entry) => {
      kept.file = { id, isDeleted: true };
    });
  }
  return respond.empty(204);
}
