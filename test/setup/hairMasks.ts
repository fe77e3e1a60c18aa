import { cp, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';

/**
 * Turns a folder of drawn faces into what a person brings: the pictures and their parts alone, as photographs, and masks of
 * the hair as label tools write them, white on black.
 */
export async function asPhotographs(
  drawn: string,
  { photographs, masks }: { photographs: string; masks: string },
): Promise<void> {
  for (const part of ['img_align_celeba', 'list_eval_partition.txt']) {
    await cp(join(drawn, part), join(photographs, part), { recursive: true });
  }
  await mkdir(masks, { recursive: true });
  const truth = join(drawn, 'truth', 'masks');
  for (const file of await readdir(truth)) {
    const { data, info } = await sharp(join(truth, file)).raw().toBuffer({ resolveWithObject: true });
    const { width, height, channels } = info;
    // Red is the hair's share of a pixel.
    const hair = Uint8Array.from({ length: width * height }, (_, pixel) =>
      data[pixel * channels]! >= 128 ? 255 : 0,
    );
    await sharp(hair, { raw: { width, height, channels: 1 } })
      .png()
      .toFile(join(masks, file));
  }
}
