import { mostDirections } from '../../contract/directions.ts';
import type { Direction, DirectionKind, DirectionsFile } from '../../contract/directions.ts';
import { StudioError } from '../../contract/errors.ts';
import type { Watch } from '../../contract/progress.ts';
import type { PackedImages } from '../data/packedImages.ts';
import { generateImages, latentsFromSeeds, mapsAt } from '../models/layeredGenerator.ts';
import { batchesOf } from '../session/batches.ts';
import { encodeMeans } from '../session/encodeMeans.ts';
import { requireEncoder } from '../session/openModel.ts';
import type { OpenModel } from '../session/openModel.ts';
import { stopIfAsked } from '../session/signal.ts';
import { withImages } from '../session/trainingImages.ts';
import { valuesOf } from '../tensorflow/valuesOf.ts';
import { attributeDirection } from './attributeDirections.ts';
import type { LabelledLatents } from './attributeDirections.ts';
import { latentMoments } from './latentMoments.ts';
import { principalDirections } from './principalDirections.ts';

export type Found = Omit<DirectionsFile, 'version' | 'weights'>;

/** Training pictures that attributes' directions are made from, and held-out pictures that they are tried on. */
const madeFrom = 2000;
const triedOn = 1000;
const encodedAtATime = 64;

/**
 * The directions of a kind.
 * @param seeds how many of the seeds 1, 2, … are drawn for principal directions
 * @throws StudioError `wrong-usage` or `unavailable` where the model or its pictures have no attributes; `interrupted`
 */
export function findDirections(
  open: OpenModel,
  kind: DirectionKind,
  seeds: number,
  watch: Watch,
): Promise<Found> {
  if (kind === 'attributes') return directionsOfAttributes(open, watch);
  return principalOf(open, kind, seeds, watch);
}

async function principalOf(
  { model, step }: OpenModel,
  kind: Exclude<DirectionKind, 'attributes'>,
  seeds: number,
  watch: Watch,
): Promise<Found> {
  // A fit of d latents wants several times as many draws.
  const count = Math.max(seeds, 3 * model.latent);
  const z = latentsFromSeeds(
    Array.from({ length: count }, (_, at) => at + 1),
    model.latent,
  );
  try {
    const draw = kind === 'pictures' ? generateImages : undefined;
    const moments = await latentMoments(
      z,
      (rows) =>
        draw === undefined
          ? mapsAt(model, rows, kind as Exclude<typeof kind, 'pictures'>)
          : draw(model, rows),
      'drawing',
      watch,
    );
    const directions = principalDirections(moments, mostDirections).map(({ vector, share }, at) => ({
      ...{ id: `${kind}-${at + 1}`, title: `Direction ${at + 1}`, vector, share, told: null },
    }));
    return { kind, step, count, directions, leftOut: [] };
  } finally {
    z.dispose();
  }
}

function directionsOfAttributes(open: OpenModel, watch: Watch): Promise<Found> {
  requireEncoder(open.model);
  return withImages(open.run, watch, async (images) => {
    if (images.attributeNames.length === 0) {
      throw new StudioError(
        'unavailable',
        'The pictures of this run have no list of attributes. Use the directions of pictures or of maps.',
      );
    }
    const { made, tried } = partsOf(images);
    const latents = await encoded(open, images, Int32Array.from([...made, ...tried]), watch);
    const { latent } = open.model;
    const part = (indices: Int32Array, from: number, column: number): LabelledLatents => ({
      latents: latents.subarray(from * latent, (from + indices.length) * latent),
      labels: Array.from(indices, (index) => images.attributesOf(index)[column]!),
    });
    const directions: Direction[] = [];
    const leftOut: Found['leftOut'] = [];
    images.attributeNames.forEach((name, column) => {
      const title = name.replaceAll('_', ' ');
      const found = attributeDirection(part(made, 0, column), part(tried, made.length, column), latent);
      if ('reason' in found) leftOut.push({ name: title, reason: found.reason });
      else directions.push({ id: `attributes-${column + 1}`, title, share: null, ...found });
    });
    directions.sort((a, b) => (b.told?.accuracy ?? 0) - (a.told?.accuracy ?? 0));
    return { kind: 'attributes', step: open.step, count: made.length, directions, leftOut };
  });
}

/** Pictures that directions are made from, and others; of a set without held-out ones a quarter is kept apart. */
function partsOf(images: PackedImages): { made: Int32Array; tried: Int32Array } {
  const train = images.indicesOf('train');
  const held = Int32Array.from([...images.indicesOf('validation'), ...images.indicesOf('test')]);
  if (held.length > 0) return { made: train.slice(0, madeFrom), tried: held.slice(0, triedOn) };
  const cut = Math.floor(train.length * 0.75);
  return { made: train.slice(0, Math.min(madeFrom, cut)), tried: train.slice(cut, cut + triedOn) };
}

async function encoded(
  { model }: OpenModel,
  images: PackedImages,
  indices: Int32Array,
  watch: Watch,
): Promise<Float32Array> {
  const latents = new Float32Array(indices.length * model.latent);
  for await (const { first, size } of batchesOf(indices.length, encodedAtATime)) {
    stopIfAsked(watch.signal);
    const means = valuesOf(() => encodeMeans(model, images, indices.slice(first, first + size)));
    latents.set(means, first * model.latent);
    watch.onProgress?.({ phase: 'encoding', done: first + size, total: indices.length });
  }
  return latents;
}
