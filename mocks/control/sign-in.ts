import type { Context } from "hono";
import { bodyLimit } from "hono/body-limit";
import { getCookie, setCookie } from "hono/cookie";
import { html } from "hono/html";
import { pageText } from "../../src/report/page.js";
import { type Caller, requirePage, type Sent, type TokenCheck } from "./guard.js";
import { baseOf, CONTROL_PATH, Rejected } from "./operations.js";

/** Where the form goes. It is no part of the API: a program sends the token with each call. */
export const SIGN_IN_PATH = "/sign-in";

/** No token is longer. */
export const limitForm = bodyLimit({
  maxSize: 10_000,
  onError: () => {
    throw new Rejected("too-large", "The form is larger than 10 kB. Send only the control token.");
  },
});

/** Takes the token from the form, and gives the browser a cookie. @throws Refused for a wrong one, later and later */
export async function signIn(context: Context, tokens: TokenCheck, sent: Sent): Promise<Response> {
  const { token } = await context.req.parseBody();
  const value = await tokens.signIn(typeof token === "string" ? token.trim() : "", sent);
  const { path, cookie, isSecure } = placeOf(context);
  setCookie(context, cookie, value, { path, httpOnly: true, sameSite: "Strict", secure: isSecure });
  return context.redirect(path + askedFor(context), 303);
}

/** Leads whoever opens the form's own address, signed in already, to where the API begins. */
export function leaveForm(context: Context): Response {
  return context.redirect(`${placeOf(context).path}/`, 303);
}

/**
 * Whether a form brings the token. The console's form goes to the console itself: then the browser keeps the part of the address
 * behind `#`, which names the session and the task, and which no server is sent.
 */
export function isSignIn(request: Context["req"]): boolean {
  const { method, path } = request;
  if (method !== "POST") return false;
  const isForm = /^application\/x-www-form-urlencoded\b/.test(request.header("content-type") ?? "");
  return path === CONTROL_PATH + SIGN_IN_PATH || (isConsolePath(path) && isForm);
}

/** Whether a path is the console's own. */
export function isConsolePath(path: string): boolean {
  return path === CONTROL_PATH || path === `${CONTROL_PATH}/`;
}

/** The address below `/__mock` that was asked for when the form came, which carries it along. */
function askedFor({ req }: Context): string {
  const isForm = req.path === CONTROL_PATH + SIGN_IN_PATH;
  const asked = isForm ? (req.query("next") ?? "/") : req.path.slice(CONTROL_PATH.length) + new URL(req.url).search;
  return /^\/[\x21-\x7e]*$/.test(asked) ? asked : "/";
}

/** Whether a browser shows that it signed in. @throws Refused for a change that no page of the mock's own asked for */
export function isSignedIn(context: Context, tokens: TokenCheck, caller: Caller): boolean {
  const isKnown = tokens.knows(getCookie(context, placeOf(context).cookie));
  // A browser sends the cookie with whatever makes it send a request: what changes something has to say where it came from.
  if (isKnown && !["GET", "HEAD"].includes(context.req.method)) requirePage(caller);
  return isKnown;
}

/** The form, with what was wrong about the token that came. */
export function signInPage(context: Context, detail: string): string {
  const { path } = context.req;
  const next = encodeURIComponent(askedFor(context));
  const action = isConsolePath(path) || html` action="${placeOf(context).path}${SIGN_IN_PATH}?next=${next}"`;
  const body = html`<header><p class="target">hubspot-import-kit</p><h1>The control token</h1></header>
<main><p>${detail.replace(/ Send it as .*$/, " Type it in here.")}</p>
<form method="post"${action}>
<p><label>Control token <input type="password" name="token" autocomplete="current-password" required autofocus></label>
<button>Open</button></p></form></main>`;
  return pageText({ title: "Control token", body, forms: "'self'" });
}

/** A cookie counts for all ports of a host: each mock's has its own name, so that two on one machine do not sign each other out. */
function placeOf(context: Context) {
  const { protocol, port, pathname } = new URL(baseOf(context));
  return {
    path: pathname.replace(/\/$/, "") + CONTROL_PATH,
    cookie: `import-kit-control-${port || "default"}`,
    isSecure: protocol === "https:",
  };
}
