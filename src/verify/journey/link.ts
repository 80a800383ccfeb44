/**
 * Why an address that a server gave must not be followed with the token, as what it should have been; undefined when
 * it may be.
 *
 * Only the host that was called gets the token, and for HubSpot's API any other host of HubSpot's: its links name
 * `api-na1.hubspot.com` where `api.hubapi.com` was called. Loopback names are one host, its ports are many, and each port
 * speaks one protocol.
 *
 * @example linkTrouble("https://api-na1.hubspot.com/x", "https://api.hubapi.com/y"); // undefined
 * @example linkTrouble("https://example.com/x", "https://api.hubapi.com/y"); // "an address at api.hubapi.com"
 */
export function linkTrouble(link: string, calledUrl: string): string | undefined {
  const target = new URL(link);
  if (target.username !== "" || target.password !== "") return "an address without a name and password in it";
  if (isLoopback(calledUrl) && isHubspot(target)) return undefined;
  if (!isSafeForToken(link)) return "an https address";
  const called = new URL(calledUrl);
  if (isHubspot(target)) return undefined;
  const isHere = isLoopback(link) && isLoopback(calledUrl);
  // In recordings of others: where plain http was called at its own port, https has another.
  if (target.host === called.host && called.port === "" && !isHere) return undefined;
  const isSameHost = isHere || target.hostname === called.hostname;
  const isSameProtocol = target.protocol === called.protocol;
  if (isSameHost && isSameProtocol && target.port === called.port) return undefined;
  return `an address at ${isSameHost && !isSameProtocol ? called.origin : called.host}`;
}

/** Whether the token may be sent there, for a link that has no trouble: to the called host, or between HubSpot's own. */
export function isFollowed(link: string, calledUrl: string): boolean {
  if (linkTrouble(link, calledUrl) !== undefined) return false;
  const [target, called] = [new URL(link), new URL(calledUrl)];
  return target.host === called.host ? target.protocol === called.protocol : isHubspot(target) && isHubspot(called);
}

/** Whether a token may travel to an address at all: over TLS, or without leaving this machine. */
export function isSafeForToken(url: string): boolean {
  return new URL(url).protocol === "https:" || (new URL(url).protocol === "http:" && isLoopback(url));
}

/** @example isLoopback("http://127.0.0.1:4010/x"); // true */
export function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return (
    hostname === "localhost" ||
    hostname.endsWith(".localhost") ||
    hostname === "[::1]" ||
    /^127(\.\d+){3}$/.test(hostname)
  );
}

function isHubspot({ hostname, protocol }: URL): boolean {
  return protocol === "https:" && /(^|\.)(hubspot|hubapi)\.com$/.test(hostname);
}
