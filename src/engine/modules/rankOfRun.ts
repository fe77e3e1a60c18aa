import type { ChannelRankReport } from '../../contract/channels.ts';
import { StudioError } from '../../contract/errors.ts';
import type { HiddenLevel } from '../../contract/levels.ts';
import { imagesFromBytes, mapsAt } from '../models/layeredGenerator.ts';
import { correlation } from './nameModules.ts';
import { rankChannels } from './rankChannels.ts';
import { tf } from '../tensorflow/tf.ts';
import { withModel } from '../session/modelPool.ts';
import { requireEncoder } from '../session/openModel.ts';
import { heldOutIndices, withImages } from '../session/trainingImages.ts';
import { influenceSoFar } from './influenceSoFar.ts';
import type { SearchInput } from './searchInput.ts';

/** "Point at it": channels ranked by their influence on painted pixels. @throws StudioError `wrong-usage` */
export async function rankPainted(
  input: SearchInput & { pixels: number[] },
): Promise<{ ranks: ChannelRankReport[]; area: number }> {
  const { influence, size, pairs, ofPairs } = await influenceSoFar(input);
  // Before half of the pairs are measured a ranking would change as one looks.
  if (2 * pairs < ofPairs) {
    throw new StudioError(
      'not-found',
      `Only ${pairs} of ${ofPairs} pairs are measured yet. The ranking comes with half of them.`,
    );
  }
  const mask = new Float32Array(size ** 2);
  for (const pixel of input.pixels) {
    if (pixel >= mask.length) {
      throw new StudioError('wrong-usage', `Pixel ${pixel} is outside a picture of ${size} × ${size}.`);
    }
    mask[pixel] = 1;
  }
  const area = mask.reduce((sum, value) => sum + value, 0);
  if (area === mask.length) {
    throw new StudioError(
      'wrong-usage',
      'The whole picture is painted. Leave part of it out to compare with.',
    );
  }
  const ranks = rankChannels(influence, mask).map(({ channel, inside, outside }) => {
    const within = inside * area;
    const total = within + outside * (mask.length - area);
    return { channel, inside, outside, share: total > 0 ? Math.min(1, within / total) : 0 };
  });
  return { ranks, area: area / mask.length };
}

/** Pictures that correlations are taken over, and how many must have, and lack, the attribute. */
const pictures = 256;
const leastPictures = 5;

/** Pearson's correlation of each channel's mean activation with an attribute of held-out pictures, strongest first. */
export async function rankByAttribute(input: {
  run: string;
  step?: number | undefined;
  level: HiddenLevel;
  attribute?: string | undefined;
}): Promise<{ attributes: string[]; pictures: number; ranks: { channel: number; correlation: number }[] }> {
  return withModel(input, ({ model, run }) =>
    withImages(run, {}, (packed) => {
      const attributes = [...packed.attributeNames];
      const { attribute } = input;
      if (attribute === undefined) return Promise.resolve({ attributes, pictures: 0, ranks: [] });
      const column = attributes.indexOf(attribute);
      if (column < 0)
        throw new StudioError('not-found', `These pictures have no attribute named ${attribute}.`);
      const rows = Array.from(heldOutIndices(packed, pictures), (index) => ({
        index,
        value: packed.attributesOf(index)[column]!,
      })).filter(({ value }) => value !== 0);
      const yes = rows.filter(({ value }) => value > 0).length;
      if (Math.min(yes, rows.length - yes) < leastPictures) {
        throw new StudioError(
          'wrong-usage',
          `${yes} of ${rows.length} held-out pictures have ${attribute}: too few, or too many, to say which channels go with it.`,
        );
      }
      const [means, channels] = tf.tidy(() => {
        const images = imagesFromBytes(packed.read(Int32Array.from(rows, ({ index }) => index)), packed.size);
        const maps = mapsAt(model, requireEncoder(model).encode(images).mean, input.level);
        return [maps.mean([1, 2]).dataSync<'float32'>(), maps.shape[3]] as const;
      });
      const values = rows.map(({ value }) => value);
      const ranks = Array.from({ length: channels }, (_, channel) => ({
        channel,
        correlation: correlation(
          rows.map((_row, at) => means[at * channels + channel]!),
          values,
        ),
      })).sort((a, b) => Math.abs(b.correlation) - Math.abs(a.correlation) || a.channel - b.channel);
      return Promise.resolve({ attributes, pictures: rows.length, ranks });
    }),
  );
}
