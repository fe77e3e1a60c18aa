import { StudioError } from '../../contract/errors.ts';
import { openPicture } from './pictureFile.ts';

/**
 * Data that end before their picture does, though the mark of its end is there: the decoder takes what is missing for grey, says so in
 * a warning, and goes on. Its other warnings, such as bytes too many between two markers, cost nothing of the picture.
 */
const endsEarly = /premature end/i;

/** What `decoderReason` gives of such a picture. */
export const endsEarlyWords = 'its data end before the picture does, so that a part of it is missing';

/** What sharp says where libvips had no words left for the picture that failed. */
const saysNothing = /^warning treated as error/i;
const tries = 5;

/** Decodings that run beside each other, until one fails; and the end of the newest that was asked for its reason, alone. */
const running = new Set<Promise<unknown>>();
let turn: Promise<unknown> = Promise.resolve();

/**
 * What a decoding that takes warnings for errors gives; undefined where it only had something harmless to say.
 *
 * libvips keeps its words in one place for all threads, so that a picture that fails may be told those of another, or none: they are
 * asked for while no other picture is decoded this way (findings/sharp-warnings-beside-each-other.sh).
 * @param decode by `toBuffer`: `stats` may answer with nothing where it failed
 * @throws StudioError `damaged` where the data end before the picture does
 */
export async function decodeWhole<T>(decode: () => Promise<T>): Promise<T | undefined> {
  await turn;
  const first = decode();
  const settled = first.catch(() => undefined).finally(() => running.delete(settled));
  running.add(settled);
  try {
    return await first;
  } catch {
    const asked = turn.then(async () => {
      await Promise.all(running);
      return doesEndEarly(decode);
    });
    turn = asked.catch(() => undefined);
    if (await asked) throw new StudioError('damaged', endsEarlyWords);
    return undefined;
  }
}

async function doesEndEarly(decode: () => Promise<unknown>): Promise<boolean> {
  for (let count = 0; count < tries; count++) {
    try {
      await decode();
      return false;
    } catch (error) {
      const words = error instanceof Error ? error.message : '';
      if (endsEarly.test(words)) return true;
      if (!saysNothing.test(words)) return false;
    }
  }
  return false;
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
  await decodeWhole(() => openPicture(bytes, 'warning').raw().toBuffer());
}
