import type { File, TaskLocator, TaskStatus } from "hubspot-import-kit/msw";

const FILES = "/hubspot/files/v3/files/import-from-url/async";
const HEADERS = { "Content-Type": "application/json", Authorization: "Bearer from-your-back-end" };

/** What the user is told while waiting. */
export type Progress = TaskStatus["status"] | "BUSY";

/** Starts an import. @returns the task's id: keep it, and a reload can go on */
export async function startImport(url: string): Promise<string> {
  const body = JSON.stringify({ url, access: "PRIVATE", folderPath: "/uploads" });
  const answer = await fetch(new URL(FILES, location.origin), { method: "POST", headers: HEADERS, body });
  if (!answer.ok) throw new Error(await messageOf(answer));
  return ((await answer.json()) as TaskLocator).id;
}

/**
 * Polls until the task has ended, and waits as long as HubSpot asks to where it is busy.
 *
 * @throws Error if the import fails, with HubSpot's reason
 */
export async function followImport(
  id: string,
  onProgress: (progress: Progress) => void,
  intervalMs = 1000,
): Promise<File> {
  for (;;) {
    const answer = await fetch(new URL(`${FILES}/tasks/${id}/status`, location.origin), { headers: HEADERS });
    if ([423, 429, 477, 502, 503, 504].includes(answer.status)) {
      onProgress("BUSY");
      await wait(Number(answer.headers.get("Retry-After") ?? 2) * intervalMs);
      continue;
    }
    if (!answer.ok) throw new Error(await messageOf(answer));
    const task = (await answer.json()) as TaskStatus;
    onProgress(task.status);
    if (task.status === "COMPLETE" && task.result) return task.result;
    if (task.status === "COMPLETE" || task.status === "CANCELED") {
      throw new Error(task.errors?.[0]?.message ?? "HubSpot gave no reason.");
    }
    await wait(intervalMs);
  }
}

async function messageOf(answer: Response): Promise<string> {
  const error = (await answer.json().catch(() => ({}))) as { message?: string };
  return error.message ?? `HubSpot answered ${answer.status}.`;
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
