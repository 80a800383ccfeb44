/** What HubSpot calls a file's kind. The list may grow on HubSpot's side. */
export type FileType = "IMG" | "DOCUMENT" | "AUDIO" | "MOVIE" | "OTHER";

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
export function fileType(extension: string): FileType {
  return TYPES.get(extension.toLowerCase()) ?? "OTHER";
}

/** The least and the most bytes that a file of this type plausibly has. */
export function plausibleSize(type: FileType): readonly [number, number] {
  return SIZES[type];
}

/**
 * How an image's pixels are encoded.
 *
 * @example imageEncoding("jpg"); // "jpeg"
 */
export function imageEncoding(extension: string): string {
  const lower = extension.toLowerCase();
  return { jpg: "jpeg", tif: "tiff" }[lower] ?? lower;
}
