import type { AtLevel, ChannelRankReport } from '../../contract/channels.ts';
import { StudioError } from '../../contract/errors.ts';
import type { HiddenLevel } from '../../contract/levels.ts';
import type { Watch } from '../../contract/progress.ts';
import type { PackedImages } from '../data/packedImages.ts';
import { mapsAt } from '../models/layeredGenerator.ts';
import { correlation } from './nameModules.ts';
import { rankChannels } from './rankChannels.ts';
import { batchesOf } from '../session/batches.ts';
import { encodeMeans } from '../session/encodeMeans.ts';
import { stopIfAsked } from '../session/signal.ts';
import { valuesOf } from '../tensorflow/valuesOf.ts';
import { withModel } from '../session/modelPool.ts';
import type { OpenModel } from '../session/openModel.ts';
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
const lookedAtATime = 16;

/**
 * Pearson's correlation of each channel's mean activation with an attribute of held-out pictures, strongest first.
 * @throws StudioError `not-found`, `wrong-usage` where too few pictures have it or have it not, `interrupted`
 */
export async function rankByAttribute(
  input: AtLevel & { attribute?: string | undefined },
  watch: Watch,
): Promise<{ attributes: string[]; pictures: number; ranks: { channel: number; correlation: number }[] }> {
  return withModel(input, (open) =>
    withImages(open.run, watch, async (packed) => {
      const attributes = [...packed.attributeNames];
      const { attribute, level } = input;
      if (attribute === undefined) return { attributes, pictures: 0, ranks: [] };
      const rows = rowsOf(packed, attribute);
      const means = await meansOf(open, packed, rows, level, watch);
      const values = rows.map(({ value }) => value);
      const channels = means.length / rows.length;
      const ranks = Array.from({ length: channels }, (_, channel) => ({
        channel,
        correlation: correlation(
          rows.map((_row, at) => means[at * channels + channel]!),
          values,
        ),
      })).sort((a, b) => Math.abs(b.correlation) - Math.abs(a.correlation) || a.channel - b.channel);
      return { attributes, pictures: rows.length, ranks };
    }),
  );
}

interface Row {
  index: number;
  /** 1 has it, −1 has it not. */
  value: number;
}

/** Held-out pictures of which the attribute is known. */
function rowsOf(packed: PackedImages, attribute: string): Row[] {
  const column = packed.attributeNames.indexOf(attribute);
  if (column < 0) throw new StudioError('not-found', `These pictures have no attribute named ${attribute}.`);
  const rows = Array.from(heldOutIndices(packed, pictures), (index) => ({
    index,
    value: packed.attributesOf(index)[column]!,
  })).filter(({ value }) => value !== 0);
  const yes = rows.filter(({ value }) => value > 0).length;
  if (Math.min(yes, rows.length - yes) >= leastPictures) return rows;
  throw new StudioError(
    'wrong-usage',
    `${yes} of ${rows.length} held-out pictures have ${attribute}: too few, or too many, to say which channels go with it.`,
  );
}

/** Means of the maps of each picture, [rows, channels]. */
async function meansOf(
  { model }: OpenModel,
  packed: PackedImages,
  rows: readonly Row[],
  level: HiddenLevel,
  watch: Watch,
): Promise<Float32Array> {
  let all = new Float32Array(0);
  for await (const { first, size } of batchesOf(rows.length, lookedAtATime)) {
    stopIfAsked(watch.signal);
    const indices = Int32Array.from(rows.slice(first, first + size), ({ index }) => index);
    const means = valuesOf(() => mapsAt(model, encodeMeans(model, packed, indices), level).mean([1, 2]));
    const channels = means.length / size;
    if (first === 0) all = new Float32Array(rows.length * channels);
    all.set(means, first * channels);
    watch.onProgress?.({ phase: 'looking', done: first + size, total: rows.length });
  }
  return all;
}
