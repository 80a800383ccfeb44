/** The parts of a request that a curl command needs. */
export interface CurlRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  /** The token, to be written between double quotes in a shell; absent if the request has none. */
  readonly bearer?: string | undefined;
}

/** A variable for the account's token: the token itself is never stored or shown. */
export const TOKEN_VARIABLE = "$HUBSPOT_ACCESS_TOKEN";

/** A variable for the token of another account. */
export const OTHER_TOKEN_VARIABLE = "$HUBSPOT_OTHER_ACCESS_TOKEN";

/**
 * Renders a request as a curl command for a POSIX shell.
 *
 * @param options such as `-i`, which shows the response's status and headers
 * @example curlCommand(request, ["-i"]); // "curl -i 'http://127.0.0.1:4010/files/…' -H \"Authorization: Bearer $HUBSPOT_ACCESS_TOKEN\""
 */
export function curlCommand(request: CurlRequest, options: readonly string[] = []): string {
  const { method, url, headers, body, bearer } = request;
  const kept = Object.entries(headers).filter(([name]) => !OMITTED_HEADERS.test(name));
  return [
    "curl",
    ...options,
    ...(method === "HEAD" ? ["--head"] : method === "GET" && body === undefined ? [] : ["-X", shellQuoted(method)]),
    shellQuoted(url),
    ...(bearer === undefined ? [] : [`-H "Authorization: Bearer ${bearer}"`]),
    ...kept.map(([name, value]) => `-H ${shellQuoted(`${name}: ${value}`)}`),
    ...(body === undefined ? [] : [`--data-raw ${shellQuoted(body)}`]),
  ].join(" ");
}

/** Headers that curl sets itself, and those with secrets. */
const OMITTED_HEADERS =
  /^(host|connection|content-length|accept-encoding|accept-language|user-agent|keep-alive|transfer-encoding|te|upgrade|expect|sec-.*|authorization|cookie|:.*)$/;

/** Quotes a text for a shell, where only a single quote ends single quotes. @example shellQuoted("it's"); // "'it'\\''s'" */
export function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
