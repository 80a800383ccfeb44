import { createRoot } from "react-dom/client";
import { App } from "./App.js";
import { startMocking } from "./mocking.js";

// Offline, always: this is an example, and its build says so in the console. In an app of yours:
// if (import.meta.env.DEV) await import("./mocking.js").then(({ startMocking }) => startMocking());
await startMocking();
createRoot(document.getElementById("root") as HTMLElement).render(<App />);
