import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodingOf, faceSetSchema } from '../../../contract/dataSet.ts';
import { StudioError } from '../../../contract/errors.ts';
import type { Watch } from '../../../contract/progress.ts';
import { faceSetName } from '../../data/faces/makeFaces.ts';
import { faceParameters } from '../../data/faces/parameters.ts';
import type { FaceParameters } from '../../data/faces/parameters.ts';
import { renderFace } from '../../data/faces/renderFace.ts';
import type { PackedImages } from '../../data/packedImages.ts';
import { findEyes, measureEyes } from '../../interventions/measureEyes.ts';
import type { EyeMeasurement } from '../../interventions/measureEyes.ts';
import { boxFilter } from '../../math/boxFilter.ts';
import { median, quantile } from '../../math/statistics.ts';
import { eyePositions, stretchFactors } from './measureRun.ts';
import type { FaceTruth } from '../../data/faceTruth.ts';

/** What is scaled by a known factor when a face is drawn anew. */
export const drawnChanges = ['distance', 'size'] as const;
export type DrawnChange = (typeof drawnChanges)[number];
/** Faces that are drawn anew: enough for a median, few enough for every factor. */
const mostDrawn = 64;
/** As drawn, and averaged over squares of this side, since a decoder draws eyes softer than they are. */
export const softness = [1, 3] as const;

export interface DetectorError {
  /** Faces drawn anew: those whose eyes neither touch one another nor leave the head at the largest factor. */
  faces: number;
  /** On the faces as they are, eyes that were found: measured − true distance in pixels, and the dip's width. */
  truth: {
    found: number;
    bias: number | null;
    q25: number | null;
    q75: number | null;
    dipWidth: number | null;
  };
  /** Faces drawn anew, in the order of `stretchFactors`. */
  drawn: { change: DrawnChange; blur: number; measured: EyeMeasurement[]; dipWidth: number | null }[];
}

/**
 * How well the measurement sees what is known: the distance of the eyes on true faces, and faces that our generator
 * draws anew with their eyes' distance, or their size, multiplied by each factor, everything else the same.
 * @throws StudioError `not-found` or `damaged` where the faces are not ours
 */
export async function measureDetector(
  images: PackedImages,
  indices: Int32Array,
  truth: FaceTruth,
  watch: Watch,
): Promise<DetectorError> {
  const { seed, hard } = await faceSetOf(images);
  const { size } = images;
  const all = truth.rows.map((row) => level(faceParameters(seed, row.number, hard)));
  const places = [...all.keys()].filter((place) => fits(all[place]!)).slice(0, mostDrawn);
  const faces = places.map((place) => all[place]!);
  const positions = eyePositions(truth);
  const eyes = Float32Array.from(
    places.flatMap((place) => [...positions.subarray(place * 4, place * 4 + 4)]),
  );
  const before = await draw(faces, size, images);
  const drawn: DetectorError['drawn'] = [];
  for (const change of drawnChanges) {
    const pictures: Float32Array[] = [];
    for (const [at, factor] of stretchFactors.entries()) {
      if (watch.signal?.aborted === true)
        throw new StudioError('interrupted', 'The measurement of eyes was stopped.');
      const changed = faces.map((face) => scaled(face, change, factor));
      pictures.push(factor === 1 ? before : await draw(changed, size, images));
      watch.onProgress?.({
        phase: 'redrawing faces',
        done: drawnChanges.indexOf(change) * stretchFactors.length + at + 1,
        total: drawnChanges.length * stretchFactors.length,
      });
    }
    for (const blur of softness) {
      const soft = pictures.map((picture) => softened(picture, size, blur));
      drawn.push({
        change,
        blur,
        measured: soft.map((after, at) =>
          measureEyes({
            before: softened(before, size, blur),
            after,
            eyes,
            factor: change === 'distance' ? stretchFactors[at]! : 1,
            size,
          }),
        ),
        dipWidth: medianDip(softened(before, size, blur), eyes, size),
      });
    }
  }
  return {
    faces: faces.length,
    truth: againstTruth(images, indices, truth),
    drawn,
  };
}

async function faceSetOf(images: PackedImages): Promise<{ seed: number; hard: boolean }> {
  const file = join(images.manifest.source, faceSetName);
  let content: unknown;
  try {
    content = JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    throw new StudioError(
      'not-found',
      `There is no readable ${file}. It says how the faces were drawn, which is needed to redraw them; make the faces again.`,
      { cause },
    );
  }
  const result = faceSetSchema.safeParse(content);
  if (result.success) return result.data;
  throw new StudioError('damaged', `${file} is not what "data make" writes. Make the faces again.`);
}

/** Without a roll: a horizontal stretch leaves eyes in their row, and so must the face drawn anew. */
function level(face: FaceParameters): FaceParameters {
  return { ...face, roll: 0 };
}

function scaled(face: FaceParameters, change: DrawnChange, factor: number): FaceParameters {
  const { distance, iris } = face.eyes;
  return {
    ...face,
    eyes: {
      ...face.eyes,
      distance: change === 'distance' ? distance * factor : distance,
      iris: change === 'size' ? iris * factor : iris,
    },
  };
}

/** Whether the eyes stay apart and on the face at the largest factor. */
function fits({ eyes, head, yaw }: FaceParameters): boolean {
  const most = Math.max(...stretchFactors);
  const half = eyes.iris * eyes.widening;
  const apart = eyes.distance - 2 * half * most > 2;
  return apart && (eyes.distance / 2) * most + half < head.halfWidth - Math.abs(yaw) * 4.5;
}

async function draw(
  faces: readonly FaceParameters[],
  size: number,
  { manifest }: PackedImages,
): Promise<Float32Array> {
  const each = size * size * 3;
  const all = new Float32Array(faces.length * each);
  for (const [place, face] of faces.entries()) {
    const pixels = await renderFace(face, manifest.crop, size, decodingOf(manifest));
    for (let i = 0; i < each; i++) all[place * each + i] = pixels[i]! / 127.5 - 1;
  }
  return all;
}

/** Each colour averaged over squares of `side` pixels. */
function softened(pictures: Float32Array, size: number, side: number): Float32Array {
  if (side === 1) return pictures;
  const pixels = size * size;
  const soft = new Float32Array(pictures.length);
  for (let start = 0; start < pictures.length; start += pixels * 3) {
    for (let colour = 0; colour < 3; colour++) {
      const plane = Float64Array.from({ length: pixels }, (_, at) => pictures[start + at * 3 + colour]!);
      const mean = boxFilter(plane, size, size, side);
      for (let at = 0; at < pixels; at++) soft[start + at * 3 + colour] = mean[at]!;
    }
  }
  return soft;
}

function medianDip(pictures: Float32Array, eyes: Float32Array, size: number): number | null {
  const widths = findEyes(pictures, eyes, size)
    .flat()
    .flatMap((dip) => (typeof dip === 'string' ? [] : [dip.width]));
  return widths.length === 0 ? null : median(widths);
}

function againstTruth(images: PackedImages, indices: Int32Array, truth: FaceTruth): DetectorError['truth'] {
  const bytes = images.read(indices);
  const pictures = Float32Array.from(bytes, (value) => value / 127.5 - 1);
  const found = findEyes(pictures, eyePositions(truth), images.size);
  const errors = found.flatMap(([left, right], face) => {
    if (typeof left === 'string' || typeof right === 'string') return [];
    const [one, other] = [truth.eyes[face]!.left, truth.eyes[face]!.right];
    return [right.centre - left.centre - (other[0] - one[0])];
  });
  const widths = found.flat().flatMap((dip) => (typeof dip === 'string' ? [] : [dip.width]));
  const at = (share: number): number | null => (errors.length === 0 ? null : quantile(errors, share));
  return {
    found: errors.length,
    bias: at(0.5),
    q25: at(0.25),
    q75: at(0.75),
    dipWidth: widths.length === 0 ? null : median(widths),
  };
}
