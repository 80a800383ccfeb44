import { html } from "hono/html";

/** A sentence of this project's, in which backticks mark code. */
export function prose(text: string) {
  return text.split("`").map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part));
}
