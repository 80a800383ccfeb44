import { html, raw } from "hono/html";
import { STYLE } from "./style.js";

/**
 * A page that needs nothing but itself: no script, no network, so that it can be mailed and opened from a file. Its policy
 * forbids both, should a text of a server's or a client's ever get past the escaping.
 */
export function pageText({
  title,
  body,
  forms = "'none'",
}: {
  readonly title: string;
  readonly body: unknown;
  /** Where its forms may go. */
  readonly forms?: "'none'" | "'self'";
}): string {
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action ${raw(forms)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${raw(STYLE)}</style>
</head>
<body>
${body}
</body>
</html>
`;
  // The template is a promise only if one of its values is.
  if (page instanceof Promise) throw new Error("The page has a value that is a promise.");
  return page.toString();
}
