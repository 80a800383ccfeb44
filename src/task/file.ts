import CRC32 from "crc-32";
import { mersenne } from "pure-rand/generator/mersenne";
import { stringToUint8Array } from "uint8array-extras";
import type { File } from "../contract/contract.js";
import type { FileLook } from "../scenario/scenario.js";
import { isoDate } from "../time.js";
import { type RequestedFile, splitExtension, wellFormed } from "./requested-file.js";

/** The account of all files: a single portal and region, as for a real account. */
const PORTAL_ID = "8812345";
const HOST = `https://${PORTAL_ID}.fs1.hubspotusercontent-na1.net/hubfs/${PORTAL_ID}`;

const SAMPLES = [
  "annual-report.pdf",
  "banner.webp",
  "cat.png",
  "contacts.csv",
  "interview.mp3",
  "launch-video.mp4",
  "team photo.jpg",
  "price-list.xlsx",
];

/**
 * Creates the file that an import results in. Its properties come from the scenario, else from the import request, else
 * from the seed.
 *
 * @param seed 0 to 2³²−1; the same seed, draft and dates give the same file in every process
 * @param startedAt epoch milliseconds, like `completedAt`; the file is made between the two
 * @example createFile({ seed: 7, draft, startedAt: 0, completedAt: 2000 }).path; // "/library/cat.png"
 */
export function createFile(options: {
  readonly seed: number;
  readonly draft: RequestedFile;
  readonly startedAt: number;
  readonly completedAt: number;
  readonly look?: FileLook | undefined;
}): File {
  const { seed, draft, startedAt, completedAt, look = {} } = options;
  const { createdAgoMs = 0 } = look;
  const fileName = look.name === undefined ? draft.fileName : wellFormed(look.name);
  const random = createRandom(seed);
  const id = random.text(1, "123456789") + random.text(11, "0123456789");
  // A random offset, not a random instant: numbers as large as instants are rounded, and the result could be too late.
  const madeAt = startedAt + random.int({ max: completedAt - startedAt });
  const changedAt = madeAt + random.int({ max: completedAt - madeAt });
  const [createdAt, updatedAt] = [madeAt, changedAt].map((at) => Math.max(0, at - createdAgoMs)) as [number, number];
  const [name, extension] = splitExtension(fileName);
  const type = fileType(extension);
  const [min, max] = SIZES[type];
  const likely = random.int({ min, max });
  const fileMd5 = random.text(32, "0123456789abcdefABCDEF").toLowerCase();
  const width = random.int({ min: 64, max: 4096 });
  const height = random.int({ min: 64, max: 4096 });
  const folder = folderOf(draft);
  const parent = folder.path === "/" ? "" : folder.path;
  // Encoded, a name is always a single path segment, even with "../" in it.
  const url = `${HOST}${parent.split("/").map(encodeURIComponent).join("/")}/${encodeURIComponent(fileName)}`;
  return {
    id,
    createdAt: isoDate(createdAt),
    updatedAt: isoDate(updatedAt),
    archived: false,
    ...(folder.id !== undefined && { parentFolderId: folder.id }),
    name,
    path: `${parent}/${fileName}`,
    size: look.size ?? likely,
    ...(type === "IMG" && { height, width, encoding: imageEncoding(extension) }),
    type,
    extension,
    defaultHostingUrl: url,
    url,
    fileMd5,
    isUsableInContent: true,
    ...(draft.expiresAt !== undefined && { expiresAt: draft.expiresAt }),
    sourceGroup: "CONTENT",
    access: draft.access,
  };
}

/**
 * Makes up the requested file of a task without an import request, such as one that is polled by its scenario's name.
 *
 * @example sampleRequestedFile(7).access; // "PRIVATE"
 */
export function sampleRequestedFile(seed: number): RequestedFile {
  return { fileName: createRandom(seed).oneOf(SAMPLES), access: "PRIVATE", folderPath: "/library" };
}

/** Derives a folder's id from its path: the same path is the same folder. The root has no id. */
function folderOf({ folderId, folderPath = "/imports" }: RequestedFile): {
  readonly path: string;
  readonly id?: string;
} {
  if (folderId !== undefined) return { path: "/imports", id: folderId };
  if (folderPath === "/") return { path: "/" };
  return { path: folderPath, id: String(184_000_000_000 + (CRC32.buf(stringToUint8Array(folderPath)) >>> 0)) };
}

/** HubSpot's types of files; HubSpot may add others. */
type FileType = "IMG" | "DOCUMENT" | "AUDIO" | "MOVIE" | "OTHER";

const EXTENSIONS: Readonly<Record<Exclude<FileType, "OTHER">, string>> = {
  IMG: "avif bmp gif heic ico jpeg jpg png svg tif tiff webp",
  DOCUMENT: "csv doc docx html key md numbers odp ods odt pages pdf ppt pptx rtf txt xls xlsx",
  AUDIO: "aac aiff flac m4a mp3 ogg wav wma",
  MOVIE: "avi m4v mkv mov mp4 mpeg mpg webm wmv",
};

const TYPES = new Map(
  Object.entries(EXTENSIONS).flatMap(([type, extensions]) =>
    extensions.split(" ").map((extension) => [extension, type as FileType] as const),
  ),
);

/** The usual sizes of files by type, in bytes: [min, max]. */
const SIZES: Readonly<Record<FileType, readonly [number, number]>> = {
  IMG: [8_000, 4_000_000],
  DOCUMENT: [12_000, 8_000_000],
  AUDIO: [500_000, 12_000_000],
  MOVIE: [2_000_000, 200_000_000],
  OTHER: [500, 20_000_000],
};

/**
 * Returns a file's type by its extension, which may be in upper case.
 *
 * @example fileType("PNG"); // "IMG"
 */
function fileType(extension: string): FileType {
  return TYPES.get(extension.toLowerCase()) ?? "OTHER";
}

/**
 * Returns an image's encoding by its extension.
 *
 * @example imageEncoding("jpg"); // "jpeg"
 */
function imageEncoding(extension: string): string {
  const lower = extension.toLowerCase();
  return { jpg: "jpeg", tif: "tiff" }[lower] ?? lower;
}

/** Pseudorandom values: the same for the same seed in every process and browser. */
interface Random {
  /** Returns an integer from `min` (default 0) to `max`, both included. */
  readonly int: (bounds: { readonly min?: number; readonly max: number }) => number;
  readonly oneOf: <Value>(values: readonly Value[]) => Value;
  /** Returns `length` characters of `alphabet`. */
  readonly text: (length: number, alphabet: string) => string;
}

/** @param seed 0 to 2³²−1 @example createRandom(7).oneOf(["a", "b"]); // "a" */
function createRandom(seed: number): Random {
  const generator = mersenne(seed);
  // All 53 bits that a number from 0 to 1 can have: `genrand_res53` of the Mersenne Twister's authors.
  const real = () => ((generator.next() >>> 5) * 2 ** 26 + (generator.next() >>> 6)) / 2 ** 53;
  const int: Random["int"] = ({ min = 0, max }) => (min === max ? min : Math.floor(real() * (max - min + 1) + min));
  const oneOf: Random["oneOf"] = (values) => values[int({ max: values.length - 1 })] as never;
  return {
    int,
    oneOf,
    text(length, alphabet) {
      const characters = alphabet.split("");
      return Array.from({ length }, () => oneOf(characters)).join("");
    },
  };
}
