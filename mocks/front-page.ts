import { html } from "hono/html";
import { pageText } from "../src/report/page/document.js";
import { PAGE_POLICY } from "./control/represent.js";
import { importCommand, lookCommand, pollCommand, type Steered } from "./first-commands.js";

/**
 * What a person sees who opens the mock's address: HubSpot has nothing there.
 *
 * @param base where they called the mock, without a slash at the end
 * @param control absent where there is no control API
 * @param session whose address it is
 */
export function frontPage(base: string, control: Steered | undefined, session = "default"): Response {
  const commands = [
    importCommand(base),
    pollCommand(base, "last"),
    ...(control ? [lookCommand(control, `/sessions/${session}/tasks?format=text`)] : []),
  ];
  const at = `${control?.url}/sessions/${session}`;
  const body = html`<header><p class="target">hubspot-import-kit</p>
<h1>A mock of HubSpot's import from a URL</h1>
<p>It answers <code>/files/v3/files/import-from-url/async</code> as HubSpot does, with tasks that move. No file is fetched or stored.</p></header>
<main>
<section><h2>Try it</h2>${control?.token !== undefined && html`<p>Once, with the control token: <code>export IMPORT_KIT_CONTROL_TOKEN=TOKEN</code></p>`}
<pre>${commands.join("\n")}</pre></section>
${
  control &&
  html`<section><h2>Look at it</h2><ul>
<li><a href="${control.url}/">The control API</a>, and its <a href="${control.url}/openapi.yaml">document</a></li>
<li><a href="${at}/tasks?format=text">Tasks</a> and <a href="${at}/journal?format=text">requests</a> of the session ${session}</li>
<li><a href="${control.url}/sessions">All sessions</a></li>
<li><a href="${control.url}/conduct">How clients behaved</a></li></ul></section>`
}
</main>`;
  return new Response(pageText({ title: "HubSpot import mock", body }), {
    headers: {
      "Content-Type": "text/html;charset=utf-8",
      "Content-Security-Policy": PAGE_POLICY,
      "X-Content-Type-Options": "nosniff",
      Vary: "Accept",
    },
  });
}
