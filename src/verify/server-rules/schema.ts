import { keysAt } from "../../contract/document.js";
import { valueAt } from "../../json.js";
import { type Rule, verdict } from "../rule.js";
import { shown } from "../schema.js";
import { walk } from "../walk.js";
import { withContent } from "./response.js";

export const schema: Rule = {
  id: "schema",
  sentence: "Each body has the shape that the contract gives for its operation, status and state.",
  severity: "violation",
  evidence: "documented",
  next: "Try your client on this response (mock --replay). Look for the change in HubSpot's changelog: if it is there, update this kit; if not, report it to HubSpot with the recording.",
  judge: (recording, validate) =>
    withContent(recording).flatMap(({ index, response, declared }) => {
      const types = keysAt(declared, "content");
      // A body under a wrong type is judged as what it should have been, if it is that.
      const type = types.includes(response.mediaType) ? response.mediaType : "application/json";
      const isJson = type === "application/json";
      if (!types.includes(type) || (isJson && !("json" in response))) return [];
      const at = recording.contract.resolve(`${declared.pointer}/content/${type.replace("/", "~1")}/schema`);
      return [verdict(index, ...validate(at, isJson ? response.json : response.body))];
    }),
};

export const undocumentedProperty: Rule = {
  id: "undocumented-property",
  sentence: "No body has a property that the contract does not know.",
  severity: "drift",
  evidence: "documented",
  next: "Nothing breaks. Update this kit, which may know the property by now; if it does not, report it to the kit with the recording.",
  judge: (recording) =>
    withContent(recording).flatMap(({ index, response, declared }) => {
      if (!("json" in response) || !keysAt(declared, "content").includes("application/json")) return [];
      const at = recording.contract.resolve(`${declared.pointer}/content/application~1json/schema`);
      const { undocumented } = walk(recording.contract, at, response.json);
      const problems = undocumented.map((pointer) => ({
        pointer,
        expected: "a property of the contract",
        actual: shown(valueAt(response.json, pointer)),
        line: recording.contract.lineOf(at.pointer),
      }));
      return [verdict(index, ...problems)];
    }),
};
