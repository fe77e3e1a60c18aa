import type { PictureSource } from '../../contract/intervene.ts';
import type { TaughtFace, TaughtGate } from '../../contract/gates.ts';
import type { ColourMap, PartGate } from '../../contract/recipe.ts';
import { affineColour } from '../interventions/colourMatrix.ts';
import { colourChange, recolourWhereOpen } from '../interventions/gate.ts';
import { latentsOf, picturesAtATime } from '../interventions/recipePictures.ts';
import { mapsOfLevels } from '../models/hypercolumns.ts';
import { bytesFromFloats } from '../pictures/raster.ts';
import { batchesOf } from '../session/batches.ts';
import type { OpenModel } from '../session/openModel.ts';
import { stopIfAsked } from '../session/signal.ts';
import { tanh } from '../tensorflow/activations.ts';
import { tf } from '../tensorflow/tf.ts';
import type { Tensor4D } from '../tensorflow/tf.ts';
import { openingOnMaps } from './openingOf.ts';
import { labelledFaces } from './strokeLabels.ts';
import { gateFromFaces } from './taughtGate.ts';

export interface TeachRequest {
  name: string;
  faces: readonly TaughtFace[];
  shown: number[][];
  map: ColourMap;
  start?: PartGate | undefined;
}

/** A gate from strokes, and what it does to the faces that are looked at. @throws StudioError `wrong-usage`, `interrupted` */
export async function teachGate(
  open: OpenModel,
  { name, faces, shown, map, start }: TeachRequest,
  signal: AbortSignal | undefined,
): Promise<TaughtGate> {
  const begun = performance.now();
  const size = open.model.imageSize;
  const labelled = labelledFaces(faces, size);
  const painted = await gateFromFaces(open, { name, madeFrom: 'strokes', faces: labelled, start });
  stopIfAsked(signal);
  const gate = painted ?? start ?? null;
  const maps = await levelMapsOf(open, { kind: 'latents', latents: shown }, signal);
  const { pictures, open: opening } = await paintShown(maps, { gate, map, size }, signal).finally(() => {
    tf.dispose(maps);
  });
  const area = size * size;
  return {
    gate,
    recoloured: {
      pixels: new Blob([new Uint8Array(bytesFromFloats(pictures))]),
      ...{ count: shown.length, width: size, height: size },
    },
    openness: new Blob([Uint8Array.from(opening, (value) => Math.round(255 * value))]),
    uncertainty: shown.map(
      (_, face) =>
        opening.subarray(face * area, (face + 1) * area).reduce((sum, h) => sum + 4 * h * (1 - h), 0) / area,
    ),
    milliseconds: performance.now() - begun,
  };
}

/** Maps of start and every hidden level, and the outputs before tanh, the caller's to dispose; the model keeps the last few. */
async function levelMapsOf(
  open: OpenModel,
  source: PictureSource,
  signal: AbortSignal | undefined,
): Promise<Tensor4D[]> {
  const key = `levels ${JSON.stringify(source)}`;
  const known = open.maps.get(key);
  if (known !== undefined) return known;
  const z = latentsOf(source, open.model.latent);
  const parts: Tensor4D[][] = [];
  try {
    for await (const { first, size } of batchesOf(z.shape[0], picturesAtATime)) {
      stopIfAsked(signal);
      parts.push(
        tf.tidy(() => {
          const levels = mapsOfLevels(open.model, z.slice([first, 0], [size, open.model.latent]));
          return [...levels, open.model.imageLogits(levels[levels.length - 1]!)];
        }),
      );
    }
    const all = parts[0]!.map((_, at) =>
      tf.concat4d(
        parts.map((part) => part[at]!),
        0,
      ),
    );
    open.maps.set(key, all);
    return all;
  } finally {
    tf.dispose([z, ...parts.flat()]);
  }
}

interface Painting {
  gate: PartGate | null;
  map: ColourMap;
  size: number;
}

/** The faces recoloured where the gate is open, and how open it is. */
async function paintShown(
  maps: readonly Tensor4D[],
  { gate, map, size }: Painting,
  signal: AbortSignal | undefined,
): Promise<{ pictures: Float32Array; open: Float32Array }> {
  const count = maps[0]!.shape[0];
  const pictures = new Float32Array(count * size * size * 3);
  const opening = new Float32Array(count * size * size);
  for await (const { first, size: many } of batchesOf(count, picturesAtATime)) {
    stopIfAsked(signal);
    const part = maps.map((each) => each.slice([first, 0, 0, 0], [many, ...each.shape.slice(1)]));
    const [painted, open] = tf.tidy(() => paint(part, gate, map, size));
    pictures.set(painted.dataSync<'float32'>(), first * size * size * 3);
    opening.set(open.dataSync<'float32'>(), first * size * size);
    tf.dispose([...part, painted, open]);
  }
  return { pictures, open: opening };
}

function paint(
  maps: readonly Tensor4D[],
  gate: PartGate | null,
  map: ColourMap,
  size: number,
): [Tensor4D, Tensor4D] {
  const logits = maps[maps.length - 1]!;
  if (gate === null) return [tanh(logits), tf.zeros([logits.shape[0], size, size, 1])];
  const open = openingOnMaps(gate, maps, size);
  return [tanh(recolourWhereOpen(logits, open, colourChange(affineColour(map)))), open];
}
