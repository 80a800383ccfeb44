import type { File } from "hubspot-import-kit/msw";
import { type FormEvent, useEffect, useState } from "react";
import { followImport, type Progress, startImport } from "./hubspot.js";

type State =
  | { readonly step: "idle" }
  | { readonly step: "importing"; readonly progress: Progress | undefined }
  | { readonly step: "done"; readonly file: File }
  | { readonly step: "failed"; readonly reason: string };

const TASK = "task in flight";
const WORDS = {
  PENDING: "Waiting…",
  PROCESSING: "Importing…",
  BUSY: "HubSpot is busy, trying again…",
  COMPLETE: "",
  CANCELED: "",
};

export function App({ intervalMs = 1000 }: { readonly intervalMs?: number }) {
  const [url, setUrl] = useState("");
  const [state, setState] = useState<State>({ step: "idle" });

  async function follow(starting: Promise<string>): Promise<void> {
    setState({ step: "importing", progress: undefined });
    try {
      const id = await starting;
      sessionStorage.setItem(TASK, id);
      const file = await followImport(id, (progress) => setState({ step: "importing", progress }), intervalMs);
      setState({ step: "done", file });
    } catch (error) {
      setState({ step: "failed", reason: (error as Error).message });
    }
    sessionStorage.removeItem(TASK);
  }

  // A reload in mid-flight goes on where it was.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the page opens
  useEffect(() => {
    const id = sessionStorage.getItem(TASK);
    if (id) void follow(Promise.resolve(id));
  }, []);

  function submit(event: FormEvent): void {
    event.preventDefault();
    void follow(startImport(url));
  }

  return (
    <main>
      <h1>Import a file by its URL</h1>
      <form onSubmit={submit}>
        <input aria-label="URL" value={url} onChange={(event) => setUrl(event.target.value)} />
        <button type="submit" disabled={state.step === "importing"}>
          {state.step === "failed" ? "Try again" : "Import"}
        </button>
      </form>
      {state.step === "importing" && <p role="status">{state.progress ? WORDS[state.progress] : "Starting…"}</p>}
      {state.step === "done" && <p role="status">Imported to {state.file.path}</p>}
      {state.step === "failed" && <p role="alert">{state.reason}</p>}
    </main>
  );
}
