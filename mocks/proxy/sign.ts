import type { RequestHead } from "../../src/simulator/request-head.js";

/**
 * Headers that a client has no reason to send, and proxies add: the standards' own, those of the common servers, and those of
 * networks that stand before a server.
 */
const ADDED_BY_PROXIES = new RegExp(
  `^(?:${[
    "via",
    "forwarded",
    "x-forwarded(?:-.*)?",
    "x-original-(?:.*)",
    "x-originating-.*",
    "x-(?:real|client|cluster-client|remote|proxyuser)-(?:ip|addr)",
    "x-(?:proxy|nginx-proxy|proxied-.*|script-name|scheme|url-scheme|rewrite-url|host|http-host-override|request-start)",
    "(?:true-|wl-proxy-|proxy-|fastly-)?client-ip",
    "(?:front-end-https|x-ssl-.*|x-arr-.*|client-cert(?:-chain)?|early-data|max-forwards)",
    "proxy-.*",
    "(?:cdn-loop|surrogate-capability|x-varnish|x-bluecoat-via|x-imforwards)",
    "(?:cf|cloudfront|akamai|x-akamai|fastly|fly|x-vercel|x-nf|x-envoy|x-azure|x-appengine|x-amzn?|x-amz-cf|x-cloud|tailscale|ngrok)-.*",
  ].join("|")})$`,
);

/** Whether a header is one that proxies add. @param name in lower case */
export function isOfProxy(name: string): boolean {
  return ADDED_BY_PROXIES.test(name);
}

/**
 * What shows that a request came through a proxy: a header's name, or HTTP/1.0, which nginx speaks by default and hardly
 * anything else does. A proxy that shows nothing of itself is not noticed.
 *
 * @returns undefined where nothing does
 * @example proxySign(new Headers({ Via: "1.1 squid" }), "1.1"); // "via"
 */
export function proxySign(headers: Pick<RequestHead["headers"], "forEach">, httpVersion = "1.1"): string | undefined {
  const names: string[] = [];
  headers.forEach((_, name) => {
    names.push(name);
  });
  const sign = names.sort().find(isOfProxy);
  if (sign !== undefined) return sign;
  return httpVersion === "1.0" ? "HTTP/1.0" : undefined;
}
