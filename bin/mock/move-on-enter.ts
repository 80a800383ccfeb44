import { createInterface } from "node:readline";
import type { Mock } from "../../mocks/server.js";

/** Moves every task on by a step at each Enter, under pace `manual`. @param onMove called after each */
export function moveOnEnter({ simulator }: Mock, tell: (line: string) => void, onMove: () => void): void {
  tell("Press Enter to move every task on by one step.\n");
  const lines = createInterface({ input: process.stdin });
  lines.on("line", () => {
    const tasks = simulator.next();
    onMove();
    tell(`moved ${tasks} task${tasks === 1 ? "" : "s"} on`);
  });
  lines.on("close", () => tell("Standard input is closed: from here on no task moves."));
}
