/** A media type or range with well-formed parameters. */
const MEDIA_TYPE =
  /^\s*[\w!#$&^.+-]+\/([\w!#$&^.+-]+|\*)\s*(;\s*[\w-]+=("[^"]*"|[\w.+-]+)\s*)*$|^\s*\*\/\*\s*(;\s*q=[\d.]+\s*)?$/;

export function isMediaType(text: string): boolean {
  return MEDIA_TYPE.test(text);
}

/** A Content-Type that Prism can read: what is none stands for bytes of any kind. */
export function readableType(contentType: string): string {
  return isMediaType(contentType) ? contentType : "application/octet-stream";
}
