/** A request as a command for a shell needs it. */
export interface CurlRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  /** What stands behind `Bearer`, as the shell reads it between double quotes; absent where the request had no token. */
  readonly bearer?: string | undefined;
}

/** The account's token as a variable: nothing that is kept or shown holds the token itself. */
export const TOKEN_VARIABLE = "$HUBSPOT_ACCESS_TOKEN";

/**
 * A request as a command for a POSIX shell.
 *
 * @param options such as `-i`, which shows the response's status and headers
 * @example curlCommand(request, ["-i"]); // "curl -i 'http://127.0.0.1:4010/files/…' -H \"Authorization: Bearer $HUBSPOT_ACCESS_TOKEN\""
 */
export function curlCommand(request: CurlRequest, options: readonly string[] = []): string {
  const { method, url, headers, body, bearer } = request;
  const kept = Object.entries(headers).filter(([name]) => !OF_THE_CONNECTION.test(name));
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

/** What curl says of itself and its connection, and what is a secret. */
const OF_THE_CONNECTION =
  /^(host|connection|content-length|accept-encoding|accept-language|user-agent|keep-alive|transfer-encoding|te|upgrade|expect|sec-.*|authorization|cookie|:.*)$/;

/** Everything between single quotes is text, but for a single quote. @example shellQuoted("it's"); // "'it'\\''s'" */
export function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
