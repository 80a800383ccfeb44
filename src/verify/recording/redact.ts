import { stringToBase64 } from "uint8array-extras";
import type { RecordedExchange } from "./recording.js";

/**
 * Takes out of an exchange what must not be written anywhere: bearer tokens, cookies, the signature of signed urls,
 * portal ids and e-mail addresses. Each is replaced by the same text wherever it stands, so that what was equal stays
 * equal and what was valid stays valid.
 *
 * @param secrets texts that are taken out wherever they stand, also percent-encoded and in base64
 */
export function createRedactor(secrets: readonly string[]): (exchange: RecordedExchange) => RecordedExchange {
  // A word of a few letters is no secret, and would be found in words that are none of its business.
  const forms = secrets.filter((secret) => secret.length >= 8).flatMap(formsOf);

  function text(value: string): string {
    const withoutSecrets = forms.reduce((left, form) => left.replaceAll(form, REDACTED), value);
    return PATTERNS.reduce((left, [pattern, replacement]) => left.replace(pattern, replacement), withoutSecrets);
  }

  function headers(values: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
    const kept = Object.entries(values).filter(([name]) => name !== "cookie" && name !== "set-cookie");
    return Object.fromEntries(
      kept.map(([name, value]) => [name, name === "authorization" ? authorization(value) : text(value)]),
    );
  }

  return ({ request, response, failure, ...rest }) => ({
    ...rest,
    request: {
      method: request.method,
      url: text(request.url),
      headers: headers(request.headers),
      ...(request.body !== undefined && { body: text(request.body) }),
      ...(request.tokenId !== undefined && { tokenId: text(request.tokenId) }),
    },
    ...(response && { response: { ...response, headers: headers(response.headers), body: text(response.body) } }),
    ...(failure && { failure: { ...failure, message: text(failure.message) } }),
  });
}

/** Takes secrets out of one text, such as a message. */
export function redactText(value: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret.length >= 8)
    .flatMap(formsOf)
    .reduce((left, form) => left.replaceAll(form, REDACTED), value);
}

const REDACTED = "REDACTED";

function authorization(value: string): string {
  // A token without its scheme is as secret as one with it.
  return /\s/.test(value.trim()) ? value.trim().replace(/\s.*$/s, ` ${REDACTED}`) : REDACTED;
}

function formsOf(secret: string): readonly string[] {
  const base64 = stringToBase64(secret);
  const quoted = JSON.stringify(secret).slice(1, -1);
  return [...new Set([secret, encodeURIComponent(secret), quoted, base64, base64.replace(/=+$/, "")])];
}

const PATTERNS: readonly (readonly [RegExp, string])[] = [
  // Private app tokens, whoever's they are.
  [/\bpat-[a-z]{2,4}\d?-[0-9a-f]{8}-[0-9a-f-]{20,}/gi, REDACTED],
  [/\bBearer\s+[\w.~+/-]{8,}=*/g, `Bearer ${REDACTED}`],
  // The query of a signed url; as the query of a url inside JSON it ends at a quote or a space.
  [
    /([?&](?:X-Amz-[\w-]+|X-Goog-[\w-]+|Signature|Key-Pair-Id|Policy|Expires|sig|hsSig|token|access_token|api_?key|hapikey)=)[^&\s"'<>\\#]+/gi,
    `$1${REDACTED}`,
  ],
  [/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, "someone@redacted.invalid"],
  // The portal stands in the host and the path of a file's url.
  [/\b\d+(\.fs\d*\.hubspotusercontent[\w.-]*)/g, "0$1"],
  [/(\/hubfs\/)\d+(?=\/)/g, "$10"],
  [/("?(?:portalId|portal_id|hubId|hub_id)"?\s*[:=]\s*\[?\s*"?)\d+/gi, "$10"],
];
