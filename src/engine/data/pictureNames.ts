import { extname } from 'node:path';

/** Endings of pictures that are read here. */
const imageExtensions = new Set(['.jpg', '.jpeg', '.png', '.webp', '.tif', '.tiff']);
/** Those that are taken only since what files hold is looked at, too. */
const moreExtensions = new Set(['.jfif', '.jpe', '.gif']);

/**
 * Endings of what lies beside pictures and is none, such as a text beside each: hundreds of thousands of them are not opened to see
 * what they hold.
 */
const otherExtensions = new Set(
  `.txt .md .rst .pdf .doc .docx .xls .xlsx .htm .html .css .js .ts .py .pyc .ipynb .sh .bat .log .ini .cfg .toml .yaml .yml .json
   .jsonl .ndjson .csv .tsv .xml .xmp .sql .db .sqlite .mat .npy .npz .pkl .pickle .pt .pth .ckpt .onnx .h5 .hdf5 .parquet .arrow
   .lmdb .tfrecord .safetensors .u8 .i8 .u32 .bin .mp3 .m4a .wav .flac .mp4 .m4v .mov .avi .mkv .webm .aae .pts .ds_store .lock .part
   .md5 .sha256`.split(/\s+/),
);

/** Endings of pictures that are not read, whose first bytes are those of others or of nothing known. */
const unreadExtensions: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['.cr2', '.cr3', '.nef', '.arw', '.dng', '.orf', '.rw2', '.raf', '.pef', '.srw'].map((ending) => [
      ending,
      'a camera’s raw picture',
    ]),
  ),
  '.psd': 'a Photoshop picture',
};

/** True for the names that the first versions took for pictures. */
export function looksLikeImageEarlier(name: string): boolean {
  return imageExtensions.has(extname(name).toLowerCase());
}

/** True for names of files that are pictures without a look inside. */
export function looksLikeImage(name: string): boolean {
  const ending = extname(name).toLowerCase();
  return imageExtensions.has(ending) || moreExtensions.has(ending);
}

export function looksLikeArchive(name: string): boolean {
  return /\.(zip|7z(\.\d+)?|tar|tgz|gz|rar)$/i.test(name);
}

/** True for names that do not say whether the file is a picture. */
export function saysNothing(name: string): boolean {
  return !otherExtensions.has(extname(name).toLowerCase()) && !looksLikeArchive(name);
}

/** What a file is that is a picture by its name and not read here, in words. */
export function unreadByName(name: string): string | undefined {
  return unreadExtensions[extname(name).toLowerCase()];
}
