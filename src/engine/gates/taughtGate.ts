import { StudioError } from '../../contract/errors.ts';
import type { PartGate } from '../../contract/recipe.ts';
import type { OpenModel } from '../session/openModel.ts';
import { tf } from '../tensorflow/tf.ts';
import { valuesOf } from '../tensorflow/valuesOf.ts';
import { faceFeatures, featureStandard } from './faceFeatures.ts';
import { fitCorrection } from './fitCorrection.ts';
import type { Correction } from './fitCorrection.ts';
import { onPlainFeatures, partGateOf, readOutOf } from './partGate.ts';
import type { ReadOut, Standard } from './partGate.ts';
import { unknownLabel } from './strokeLabels.ts';

/** A face some of whose pixels are known to be the part, 1, or not, 0. */
export interface LabelledFace {
  latents: readonly number[];
  /** size · size */
  labels: Uint8Array;
}

export interface GateRequest {
  name: string;
  madeFrom: PartGate['madeFrom'];
  faces: readonly LabelledFace[];
  /** The gate that holds where nobody painted. */
  start?: PartGate | undefined;
}

/** Penalty on the read-out's weights: what five short strokes a face do best with (measured; docs/decisions/taught-gates.md). */
const ridge = 0.2;
/** Logits are sharpened, those of the start already are. */
const sharpening = 3;
/** Painted pixels that are fitted on: few under strokes, since somebody waits; masks are read once. */
const mostRows = { live: 1500, whole: 6000 };
/** How much the painted part, the painted rest and unpainted pixels count. */
const shares = { part: 0.27, rest: 0.73, unpainted: 0.15 };
/** A start that is very sure is taken for this sure: what a person paints must be able to say otherwise. */
const mostLogit = 4;
/** Every so many-th row and column of a taught face stands for what nobody painted. */
const unpaintedGrid = 8;
const mostUnits = 64;

/**
 * A gate from faces that a person painted. With a start it is the start plus what the strokes ask for; without one it is
 * the strokes alone, and while only the part was painted, all else counts a little as not the part.
 *
 * @returns null where no pixel is known to be the part
 * @throws StudioError `wrong-usage` for a start that has no room for a correction
 */
export async function gateFromFaces(open: OpenModel, request: GateRequest): Promise<PartGate | null> {
  const { name, madeFrom, start } = request;
  if (start !== undefined && start.units + 2 > mostUnits) {
    throw new StudioError(
      'wrong-usage',
      `The gate to start from has ${start.units} units, and a gate has at most ${mostUnits}, so nothing can be added to it. Start from the gate that it was taught from, or from nothing.`,
    );
  }
  const rows = chosenRows(request);
  if (!rows.some(({ label, isPainted }) => isPainted && label === 1)) return null;
  const standard = await featureStandard.of(open, null, {});
  const plain = await plainRows(open, request.faces, rows);
  const correction = correct(plain, rows, standard, start);
  const readOut = joined(correction, standard, start);
  const faces = request.faces.filter(({ labels }) => labels.some((label) => label !== unknownLabel)).length;
  return partGateOf(open.model, readOut, { name, madeFrom, faces: Math.max(1, faces) });
}

interface Row {
  face: number;
  pixel: number;
  /** 0 … 1; null stands for what the start says. */
  label: number | null;
  isPainted: boolean;
}

/** Painted pixels, evenly thinned where there are many, and a grid of unpainted ones where they are needed. */
function chosenRows({ faces, start, madeFrom }: GateRequest): Row[] {
  const painted = faces.flatMap(({ labels }, face) =>
    Array.from(labels, (label, pixel): Row => ({ face, pixel, label, isPainted: true })).filter(
      ({ label }) => label !== unknownLabel,
    ),
  );
  const every = Math.max(1, painted.length / (madeFrom === 'strokes' ? mostRows.live : mostRows.whole));
  const thinned = Array.from(
    { length: Math.floor(painted.length / every) },
    (_, at) => painted[Math.floor(at * every)]!,
  );
  const isOneSided = !painted.some(({ label }) => label === 0);
  if (start === undefined && !isOneSided) return thinned;
  const unpainted = faces.flatMap(({ labels }, face) => {
    const side = Math.sqrt(labels.length);
    return Array.from(labels, (_, pixel): Row => ({
      face,
      pixel,
      label: start === undefined ? 0 : null,
      isPainted: false,
    })).filter(
      ({ pixel }) =>
        labels[pixel] === unknownLabel &&
        Math.floor(pixel / side) % unpaintedGrid === 0 &&
        (pixel % side) % unpaintedGrid === 0,
    );
  });
  return [...thinned, ...unpainted];
}

/** Features of the chosen pixels as they come: [rows, features]. */
async function plainRows(
  open: OpenModel,
  faces: readonly LabelledFace[],
  rows: readonly Row[],
): Promise<Float32Array> {
  let plain = new Float32Array(0);
  let at = 0;
  for (const [index, { latents }] of faces.entries()) {
    const own = rows.filter(({ face }) => face === index);
    if (own.length === 0) continue;
    const features = await faceFeatures.of(open, latents, {});
    const columns = features.length / open.model.imageSize ** 2;
    if (plain.length === 0) plain = new Float32Array(rows.length * columns);
    for (const { pixel } of own) {
      plain.set(features.subarray(pixel * columns, (pixel + 1) * columns), at * columns);
      at += 1;
    }
  }
  return plain;
}

function correct(
  plain: Float32Array,
  inRequest: readonly Row[],
  { means, scales }: Standard,
  start: PartGate | undefined,
): Correction {
  // In the order of `plainRows`: face after face.
  const rows = [...inRequest].sort((a, b) => a.face - b.face);
  const columns = plain.length / rows.length;
  const startLogits =
    start === undefined ? new Float32Array(rows.length) : logitsOf(readOutOf(start), plain, columns);
  const labels = Float32Array.from(rows, ({ label }, at) => label ?? 1 / (1 + Math.exp(-startLogits[at]!)));
  const kindOf = ({ label, isPainted }: Row): keyof typeof shares =>
    isPainted ? (label === 1 ? 'part' : 'rest') : 'unpainted';
  const counts = { part: 0, rest: 0, unpainted: 0 };
  for (const row of rows) counts[kindOf(row)] += 1;
  // Where only the part was painted, what was not painted stands for the rest.
  const share = {
    ...shares,
    unpainted: counts.rest === 0 && start === undefined ? shares.rest : shares.unpainted,
  };
  const kinds = ['part', 'rest', 'unpainted'] as const;
  const total = kinds.reduce((sum, kind) => sum + (counts[kind] > 0 ? share[kind] : 0), 0);
  const weights = Float32Array.from(rows, (row) => share[kindOf(row)] / counts[kindOf(row)] / total);
  const standardised = Float32Array.from(
    plain,
    (value, at) => (value - means[at % columns]!) * scales[at % columns]!,
  );
  const features = tf.tensor2d(standardised, [rows.length, columns]);
  try {
    return fitCorrection(
      {
        features,
        start: startLogits.map((logit) => Math.max(-mostLogit, Math.min(mostLogit, logit / sharpening))),
        labels,
        weights,
      },
      ridge,
    );
  } finally {
    features.dispose();
  }
}

/** A network's logits of rows of plain features. */
function logitsOf(readOut: ReadOut, plain: Float32Array, columns: number): Float32Array {
  const units = readOut.out.length;
  return valuesOf(() =>
    tf
      .matMul(
        tf
          .matMul(
            tf.tensor2d(plain, [plain.length / columns, columns]),
            tf.tensor2d(Float32Array.from(readOut.weights), [columns, units]),
          )
          .add(tf.tensor1d(Float32Array.from(readOut.unitBias)))
          .relu(),
        tf.tensor2d(Float32Array.from(readOut.out), [units, 1]),
      )
      .add(readOut.bias),
  );
}

/** The start's units, trusted as the fit says, and two more whose difference is the correction: relu(a) − relu(−a) = a. */
function joined(correction: Correction, standard: Standard, start: PartGate | undefined): ReadOut {
  const { weights, bias, trust } = correction;
  const linear = onPlainFeatures(
    {
      weights: Array.from(weights).flatMap((weight) => [weight, -weight]),
      ...{ unitBias: [0, 0], out: [sharpening, -sharpening], bias: sharpening * bias },
    },
    standard,
  );
  if (start === undefined) return linear;
  const before = readOutOf(start);
  const features = weights.length;
  return {
    weights: Array.from({ length: features }, (_, feature) => [
      ...Array.from({ length: start.units }, (_, unit) => before.weights[feature * start.units + unit]!),
      linear.weights[2 * feature]!,
      linear.weights[2 * feature + 1]!,
    ]).flat(),
    unitBias: [...start.unitBias, ...Array.from(linear.unitBias)],
    out: [...start.out.map((value) => trust * value), ...Array.from(linear.out)],
    bias: trust * start.bias + linear.bias,
  };
}
