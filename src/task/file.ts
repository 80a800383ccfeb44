import CRC32 from "crc-32";
import { mersenne } from "pure-rand/generator/mersenne";
import { stringToUint8Array } from "uint8array-extras";
import type { File } from "../contract/contract.js";
import type { FileLook } from "../scenario/scenario.js";
import { isoDate } from "../time.js";
import { type RequestedFile, splitExtension, wellFormed } from "./requested-file.js";

/** The account that every file lives in: one portal and one region, as a real account has. */
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
 * The file that an import makes. What the scenario decides of it wins; what the request decides follows from the draft;
 * the rest from the seed.
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
  // Their distance, for a number as large as an instant is rounded, and may be after both.
  const madeAt = startedAt + random.int({ max: completedAt - startedAt });
  const changedAt = madeAt + random.int({ max: completedAt - madeAt });
  const [createdAt, updatedAt] = [madeAt, changedAt].map((at) => Math.max(0, at - createdAgoMs)) as [number, number];
  const [name, extension] = splitExtension(fileName);
  const type = fileType(extension);
  const [min, max] = plausibleSize(type);
  const likely = random.int({ min, max });
  const fileMd5 = random.text(32, "0123456789abcdefABCDEF").toLowerCase();
  const width = random.int({ min: 64, max: 4096 });
  const height = random.int({ min: 64, max: 4096 });
  const folder = folderOf(draft);
  const parent = folder.path === "/" ? "" : folder.path;
  // A name is one segment of the address, whatever is in it: "../" in it leads nowhere else.
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
 * A draft for a task that no request described, such as one that is polled by its scenario's name.
 *
 * @example sampleDraft(7).access; // "PRIVATE"
 */
export function sampleRequestedFile(seed: number): RequestedFile {
  return { fileName: createRandom(seed).oneOf(SAMPLES), access: "PRIVATE", folderPath: "/library" };
}

/** The same path is the same folder, so it has the same id; the root has none. */
function folderOf({ folderId, folderPath = "/imports" }: RequestedFile): {
  readonly path: string;
  readonly id?: string;
} {
  if (folderId !== undefined) return { path: "/imports", id: folderId };
  if (folderPath === "/") return { path: "/" };
  return { path: folderPath, id: String(184_000_000_000 + (CRC32.buf(stringToUint8Array(folderPath)) >>> 0)) };
}

/** What HubSpot calls a file's kind. The list may grow on HubSpot's side. */
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

/** What a file of each type usually weighs, in bytes: [least, most]. */
const SIZES: Readonly<Record<FileType, readonly [number, number]>> = {
  IMG: [8_000, 4_000_000],
  DOCUMENT: [12_000, 8_000_000],
  AUDIO: [500_000, 12_000_000],
  MOVIE: [2_000_000, 200_000_000],
  OTHER: [500, 20_000_000],
};

/**
 * The type of a file by its extension, in any case.
 *
 * @example fileType("PNG"); // "IMG"
 */
function fileType(extension: string): FileType {
  return TYPES.get(extension.toLowerCase()) ?? "OTHER";
}

/** The least and the most bytes that a file of this type plausibly has. */
function plausibleSize(type: FileType): readonly [number, number] {
  return SIZES[type];
}

/**
 * How an image's pixels are encoded.
 *
 * @example imageEncoding("jpg"); // "jpeg"
 */
function imageEncoding(extension: string): string {
  const lower = extension.toLowerCase();
  return { jpg: "jpeg", tif: "tiff" }[lower] ?? lower;
}

/** Values that follow from a seed: the same in every process and browser. */
interface Random {
  /** A whole number from one bound to the other, both included. */
  readonly int: (bounds: { readonly min?: number; readonly max: number }) => number;
  readonly oneOf: <Value>(values: readonly Value[]) => Value;
  /** As many characters, each one of `alphabet`. */
  readonly text: (length: number, alphabet: string) => string;
}

/** @param seed 0 to 2³²−1 @example createRandom(7).oneOf(["a", "b"]); // "a" */
function createRandom(seed: number): Random {
  const generator = mersenne(seed);
  // 53 bits, as many as a number from 0 to 1 can have: genrand_res53 of those who made the generator.
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
