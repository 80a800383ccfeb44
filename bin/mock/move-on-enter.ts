import { createInterface } from "node:readline";
import type { Mock } from "../../mocks/server.js";

/** Moves every task on by a step at each Enter, under pace `manual`. @param onMove called after each */
export function moveOnEnter(
  { simulator }: Mock,
  { tell, log, onMove }: Readonly<Record<"tell" | "log", (line: string) => void>> & { readonly onMove: () => void },
): void {
  tell("Press Enter to move every task on by one step.\n");
  const lines = createInterface({ input: process.stdin });
  lines.on("line", () => {
    const tasks = simulator.next();
    onMove();
    log(`moved ${tasks} task${tasks === 1 ? "" : "s"} on`);
  });
  lines.on("close", () => log("Standard input is closed: from here on no task moves."));
}
