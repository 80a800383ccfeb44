import CRC32 from "crc-32";
import { stringToUint8Array } from "uint8array-extras";
import type { File } from "../contract/contract.js";
import { isoDate } from "../instant.js";
import { type Draft, splitExtension, wellFormed } from "./draft.js";
import { fileType, imageEncoding, plausibleSize } from "./file-type.js";
import { createRandom } from "./random.js";
import type { FileLook } from "./scenario.js";

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
  readonly draft: Draft;
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
export function sampleDraft(seed: number): Draft {
  return { fileName: createRandom(seed).oneOf(SAMPLES), access: "PRIVATE", folderPath: "/library" };
}

/** The same path is the same folder, so it has the same id; the root has none. */
function folderOf({ folderId, folderPath = "/imports" }: Draft): { readonly path: string; readonly id?: string } {
  if (folderId !== undefined) return { path: "/imports", id: folderId };
  if (folderPath === "/") return { path: "/" };
  return { path: folderPath, id: String(184_000_000_000 + (CRC32.buf(stringToUint8Array(folderPath)) >>> 0)) };
}
