import { parse as parsePeriod } from "iso8601-duration";
import type { Access, ImportRequest } from "../contract/contract.js";
import { copyText, readUrl } from "../text.js";

/** What a file will be, as far as the import request decides it. */
export interface RequestedFile {
  /** With its extension, such as `cat.png`. At most 1,000 characters, as `folderPath` is: it travels in the task's id. */
  readonly fileName: string;
  readonly access: Access;
  /** From "/", without a slash at the end; "/" is the root. Absent when the request named a folder's id. */
  readonly folderPath?: string;
  readonly folderId?: string;
  /** Epoch milliseconds. */
  readonly expiresAt?: number;
  /** Set where the url's host cannot exist (`*.invalid`): nothing can be fetched, so no scenario ends with a file. */
  readonly isUnreachable?: true;
}

/**
 * What the file will be that an import asks for.
 *
 * The request's `name` wins over the url's last path segment; the extension comes from whichever has one.
 *
 * @param requestedAt epoch milliseconds; a `ttl` counts from here
 * @see spec/evidence.md (HubSpot publishes no rule for names: these are inferred)
 * @example draftFrom({ url: "https://example.com/a/cat.png?v=2", access: "PRIVATE", folderPath: "/x" }, 0).fileName; // "cat.png"
 */
export function requestedFileFrom(request: ImportRequest, requestedAt: number): RequestedFile {
  const expiresAt = expiry(request, requestedAt);
  // Read once: a draft takes 2.1 µs in place of 3 (npm run bench, imports).
  const url = readUrl(request.url);
  return {
    fileName: copyText(fileName(request, url)),
    access: request.access,
    ...(request.folderPath !== undefined && { folderPath: copyText(folderPath(request.folderPath)) }),
    ...(request.folderId !== undefined && { folderId: folderId(request.folderId) }),
    ...(expiresAt !== undefined && { expiresAt }),
    ...(isUnreachable(url) && { isUnreachable: true }),
  };
}

/** RFC 2606 reserves `.invalid` for names that resolve nowhere. */
function isUnreachable(url: URL | undefined): boolean {
  return /(^|\.)invalid\.?$/.test(url?.hostname ?? "");
}

/**
 * A file's name cut at its last dot. A dot at the start, or one before something that is no extension, does not cut.
 *
 * @example splitExtension("archive.tar.gz"); // ["archive.tar", "gz"]
 * @example splitExtension("README"); // ["README", ""]
 */
export function splitExtension(name: string): readonly [stem: string, extension: string] {
  const match = /^(.+)\.([A-Za-z0-9]{1,10})$/su.exec(name);
  return [match?.[1] ?? name, match?.[2] ?? ""];
}

function fileName({ name, url }: ImportRequest, read: URL | undefined): string {
  const fromUrl = pathSegment(lastSegment(read?.pathname ?? url.split(/[?#]/)[0] ?? ""));
  const wanted = pathSegment(name ?? "");
  if (wanted === "") return cut(fromUrl === "" ? "file" : fromUrl);
  const extension = splitExtension(fromUrl)[1];
  return cut(splitExtension(wanted)[1] === "" && extension !== "" ? `${wanted}.${extension}` : wanted);
}

/** Keeps the extension of a name that is too long. */
function cut(name: string): string {
  const [stem, extension] = splitExtension(name);
  const end = extension === "" ? "" : `.${extension}`;
  return wellFormed(stem.slice(0, MAX_CHARACTERS - end.length)) + end;
}

function lastSegment(path: string): string {
  const segment = path.slice(path.lastIndexOf("/") + 1);
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment; // "%E0%A4%A" is no text in any encoding: keep it as it stands
  }
}

const MAX_CHARACTERS = 1000;

/** A name that stays one segment of a path: slashes and the names of directories would lead elsewhere. */
function pathSegment(name: string): string {
  const segment = wellFormed(name).replace(/[/\\]/g, "-").trim();
  return /^\.{1,2}$/.test(segment) ? "" : segment;
}

/**
 * Half of an emoji, cut off by someone's length limit, has no UTF-8 form, so neither a url nor an id can carry it;
 * a control character would end the field of the id that it stands in.
 */
export function wellFormed(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return text.replace(/\p{Surrogate}/gu, "\uFFFD").replace(/[\u0000-\u001f\u007f]/g, " ");
}

function folderId(id: string): string {
  return copyText(wellFormed(id.slice(0, MAX_CHARACTERS)));
}

function folderPath(path: string): string {
  const parts = wellFormed(path.slice(0, MAX_CHARACTERS)).split("/");
  return `/${parts
    .map((part) => part.trim())
    .filter((part) => !["", ".", ".."].includes(part))
    .join("/")}`;
}

function expiry({ expiresAt, ttl }: ImportRequest, requestedAt: number): number | undefined {
  // A leap second is a valid date-time, but no Date: such a file has no expiry.
  if (expiresAt !== undefined) return Number.isNaN(Date.parse(expiresAt)) ? undefined : Date.parse(expiresAt);
  if (ttl === undefined) return undefined;
  const { years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0 } = parsePeriod(ttl);
  const date = new Date(requestedAt);
  date.setUTCFullYear(date.getUTCFullYear() + years, date.getUTCMonth() + months, date.getUTCDate() + weeks * 7 + days);
  return date.getTime() + ((hours * 60 + minutes) * 60 + seconds) * 1000;
}
