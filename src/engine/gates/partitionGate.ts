import { StudioError } from '../../contract/errors.ts';
import type { Watch } from '../../contract/progress.ts';
import type { PartGate } from '../../contract/recipe.ts';
import { createRandom } from '../math/random.ts';
import type { LayeredGenerator } from '../models/layeredGenerator.ts';
import { batchesOf } from '../session/batches.ts';
import { tf } from '../tensorflow/tf.ts';
import { valuesOf } from '../tensorflow/valuesOf.ts';
import { fitNetwork } from './fitNetwork.ts';
import type { LabelledPixels } from './fitNetwork.ts';
import { featuresOf } from './gateFeatures.ts';
import { onPlainFeatures, partGateOf } from './partGate.ts';
import type { ReadOut, Standard } from './partGate.ts';
import { parts } from './partRegions.ts';
import type { Part } from './partRegions.ts';
import { responsesTo } from './responses.ts';
import { throwIfGateStopped } from './stopped.ts';

/** Of each face so many pixels teach. */
const pixelsOfFace = 300;
const batch = 16;
const stream = 0x9a27;
/** A pixel is the part's where it moves at least this much with it … */
const leastResponse = 0.35;
/** … and by so much more than with any other part: faces are near hair, and keep their distance. */
const lead: Record<Part, number> = { hair: 1.2, face: 2, background: 1.2, clothes: 1.2 };
/** Between "the part's" and "not the part's" nothing is said. */
const undecided = 0.05;
/** Logits are sharpened: a gate that is half open everywhere paints everything a little. */
const sharpening = 3;
/** A spread below this is taken for this: a channel that is dead in most faces must not drown the others. */
const leastSpread = 1e-2;

export type Directions = Readonly<Record<Part, Float64Array>>;

/**
 * A gate on a part, taught by interventions on the model itself (our choice; docs/decisions/taught-gates.md): the latents
 * of faces move along each part's own direction, and a pixel belongs to the part whose movement it follows. A network then
 * learns to tell that from a face's maps alone.
 *
 * @param z faces [count, latent], row after row
 * @throws StudioError `empty` where no pixel follows the part, `interrupted`
 */
export async function partitionGate(
  generator: LayeredGenerator,
  { part, directions, z, madeFrom, name }: PartitionRequest,
  seed: number,
  watch: Watch,
): Promise<PartGate> {
  const pixels = await pixelsThatFollow(generator, { part, directions, z }, seed, watch);
  if (!pixels.labels.includes(1) || !pixels.labels.includes(0)) {
    throw new StudioError(
      'empty',
      `Nothing in this model's faces moves with the ${part} and with nothing else. Train longer, or teach the ${name} with strokes.`,
    );
  }
  const standard = standardise(pixels);
  const readOut = onPlainFeatures(sharpened(await fitNetwork(pixels, seed, watch)), standard);
  const faces = z.length / generator.latent;
  return partGateOf(generator, readOut, { name, madeFrom, faces });
}

export interface PartitionRequest {
  name: string;
  part: Part;
  madeFrom: PartGate['madeFrom'];
  directions: Directions;
  z: Float32Array;
}

async function pixelsThatFollow(
  generator: LayeredGenerator,
  { part, directions, z }: Pick<PartitionRequest, 'part' | 'directions' | 'z'>,
  seed: number,
  watch: Watch,
): Promise<LabelledPixels> {
  const { latent, imageSize } = generator;
  const [faces, area] = [z.length / latent, imageSize ** 2];
  const random = createRandom(seed, stream);
  const rows: Float32Array[] = [];
  const labels: number[] = [];
  let columns = 0;
  for await (const { first, size } of batchesOf(faces, batch)) {
    throwIfGateStopped(watch.signal);
    const own = tf.tensor2d(z.slice(first * latent, (first + size) * latent), [size, latent]);
    const responses = new Map(parts.map((each) => [each, responsesTo(generator, own, directions[each])]));
    const features = valuesOf(() => featuresOf(generator, own));
    own.dispose();
    columns = features.length / (size * area);
    for (let draw = 0; draw < size * pixelsOfFace; draw++) {
      const at = Math.floor(draw / pixelsOfFace) * area + random.integer(area);
      const label = labelOf(part, (each) => responses.get(each)![at]!);
      if (label === null) continue;
      rows.push(features.slice(at * columns, (at + 1) * columns));
      labels.push(label);
    }
    watch.onProgress?.({ phase: 'what moves together', done: first + size, total: faces });
  }
  const joined = new Float32Array(rows.length * columns);
  rows.forEach((row, at) => {
    joined.set(row, at * columns);
  });
  return { features: joined, columns, labels: Uint8Array.from(labels) };
}

/** 1 the part, 0 something else, null where it is not plain. */
function labelOf(part: Part, responseTo: (part: Part) => number): 0 | 1 | null {
  const own = responseTo(part);
  const others = parts.filter((each) => each !== part);
  const leads = (each: Part): number => (part === 'hair' ? lead[each] : lead.hair) * responseTo(each);
  if (own > leastResponse && others.every((each) => own > leads(each))) return 1;
  if (own < leastResponse - undecided) return 0;
  return others.some((each) => own < leads(each) / lead.hair) ? 0 : null;
}

/** Standardises the features in place. */
function standardise({ features, columns }: LabelledPixels): Standard {
  const rows = features.length / columns;
  const [means, squares] = [new Float64Array(columns), new Float64Array(columns)];
  for (let at = 0; at < features.length; at++) means[at % columns]! += features[at]! / rows;
  for (let at = 0; at < features.length; at++)
    squares[at % columns]! += (features[at]! - means[at % columns]!) ** 2 / rows;
  const scales = squares.map((square) => 1 / Math.max(Math.sqrt(square), leastSpread));
  for (let at = 0; at < features.length; at++)
    features[at] = (features[at]! - means[at % columns]!) * scales[at % columns]!;
  return { means, scales };
}

function sharpened(readOut: ReadOut): ReadOut {
  return {
    ...readOut,
    out: Array.from(readOut.out, (value) => sharpening * value),
    bias: sharpening * readOut.bias,
  };
}
