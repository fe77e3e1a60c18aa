import { StudioError } from '../../contract/errors.ts';
import { openPicture } from './pictureFile.ts';

/**
 * Data that end before their picture does, though the mark of its end is there: the decoder takes what is missing for grey, says so in
 * a warning, and goes on. Its other warnings, such as bytes too many between two markers, cost nothing of the picture.
 */
const endsEarly = /premature end/i;

/** What `decoderReason` gives of such a picture. */
export const endsEarlyWords = 'its data end before the picture does, so that a part of it is missing';

/** Whether a decoder's warning says that a part of the picture is missing. */
export function saysEndsEarly(error: unknown): boolean {
  return error instanceof Error && endsEarly.test(error.message);
}

/** Neither brightness nor colour: what the decoder puts where a JPEG has no data. */
const grey = 128;

/**
 * Whether a JPEG's square may end in what the decoder made up: its last pixels are grey, or it is progressive, where what is missing
 * is detail. TensorFlow's decoder keeps its warnings to itself, so that such a picture is asked about; most others need not be.
 * @param pixels RGB bytes [size, size, 3]
 */
export function mayEndEarly(bytes: Uint8Array, pixels: Uint8Array): boolean {
  return pixels.subarray(-3).every((value) => value === grey) || isProgressive(bytes);
}

function isProgressive(bytes: Uint8Array): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let position = 2;
  while (position + 4 <= buffer.length) {
    const marker = buffer.readUInt16BE(position);
    if (marker === 0xffc2) return true;
    if (marker === 0xffda || marker < 0xffc0) return false;
    position += 2 + buffer.readUInt16BE(position + 2);
  }
  return false;
}

/** Decodes the whole of a JPEG to see. @throws StudioError `damaged` where its data end early */
export async function requireWholeJpeg(bytes: Uint8Array): Promise<void> {
  try {
    await openPicture(bytes, 'warning').stats();
  } catch (error) {
    if (saysEndsEarly(error)) throw new StudioError('damaged', endsEarlyWords);
  }
}
