import type { HttpHandler } from "msw";

/** msw tells a handler that it is reset (from 2.13.6 on) or leaves (from 3 on), but offers no event for either. */
export function followResets(handler: HttpHandler, reset: () => void): void {
  const told = handler as unknown as Partial<Record<"reset" | "dispose", (...args: unknown[]) => unknown>>;
  for (const name of ["reset", "dispose"] as const) {
    const original = told[name];
    if (original === undefined) continue;
    told[name] = function (this: unknown, ...args) {
      reset();
      return original.apply(this, args);
    };
  }
}
