import { firstTap } from '../models/importedArchitecture.ts';
import { kernelSize } from '../models/layers.ts';
import type { NamedArray } from '../models/safetensors.ts';
import { batchNormalizationEpsilon } from '../tensorflow/batchNormalization.ts';
import type { Affine } from './affine.ts';
import type { LinkOf } from './chain.ts';
import type { Section } from './sections.ts';

/** Weights of an imported generator under the names and in the layouts of those that are trained here. */

/** A kernel of up to 5×5 in one of 5×5: [5, 5, in, out], of `up` [5, 5, out, in]. */
export function kernelIn25(
  { isTransposed, inputs, outputs, kernel, taps }: LinkOf<'convolution'>,
  direction: 'up' | 'same',
): NamedArray {
  const first = firstTap(direction, kernel);
  const data = new Float32Array(kernelSize * kernelSize * inputs * outputs);
  for (let input = 0; input < inputs; input++) {
    for (let output = 0; output < outputs; output++) {
      const from = (isTransposed ? input * outputs + output : output * inputs + input) * kernel * kernel;
      const to = direction === 'up' ? output * inputs + input : input * outputs + output;
      for (let tap = 0; tap < kernel * kernel; tap++) {
        // A transposed convolution with stride 1 is a convolution with its kernel turned around.
        const turned = isTransposed && direction === 'same' ? kernel * kernel - 1 - tap : tap;
        const row = first + Math.floor(tap / kernel);
        const column = first + (tap % kernel);
        data[(row * kernelSize + column) * inputs * outputs + to] = taps[from + turned]!;
      }
    }
  }
  const shape = direction === 'up' ? [outputs, inputs] : [inputs, outputs];
  return { shape: [kernelSize, kernelSize, ...shape], data };
}

/** Bias, or a batch norm that multiplies and shifts alike: of mean 0 and variance 1. */
export function normArrays(arrays: Map<string, NamedArray>, name: string, affine: Affine): void {
  const shape = [affine.factor.length];
  const set = (part: string, values: Float64Array): void => {
    arrays.set(`${name}.${part}`, { shape, data: Float32Array.from(values) });
  };
  if (!affine.isNorm) {
    set('bias', affine.offset);
    return;
  }
  set(
    'gamma',
    affine.factor.map((value) => value * Math.sqrt(1 + batchNormalizationEpsilon)),
  );
  set('beta', affine.offset);
  set(
    'runningMean',
    affine.factor.map(() => 0),
  );
  set(
    'runningVariance',
    affine.factor.map(() => 1),
  );
}

const colours = 3;

/**
 * The layer that puts out the picture, with tanh after it: a grey picture is one with three equal colours, and since
 * 2σ(x) − 1 = tanh(x / 2), one with a sigmoid is half of it.
 */
export function imageArrays(
  arrays: Map<string, NamedArray>,
  name: string,
  { section, kernel, direction }: { section: Section; kernel: NamedArray; direction: 'up' | 'same' },
): void {
  const { affine, activation } = section;
  const outputs = affine.factor.length;
  const half = activation === 'sigmoid' ? 0.5 : 1;
  const [rows, columns, third, fourth] = kernel.shape as [number, number, number, number];
  const inputs = direction === 'up' ? fourth : third;
  const data = new Float32Array(rows * columns * inputs * colours);
  for (let tap = 0; tap < rows * columns; tap++) {
    for (let input = 0; input < inputs; input++) {
      for (let colour = 0; colour < colours; colour++) {
        const output = outputs === 1 ? 0 : colour;
        const from = direction === 'up' ? output * inputs + input : input * outputs + output;
        const to = direction === 'up' ? colour * inputs + input : input * colours + colour;
        data[tap * inputs * colours + to] =
          half * affine.factor[output]! * kernel.data[tap * inputs * outputs + from]!;
      }
    }
  }
  const shape = direction === 'up' ? [colours, inputs] : [inputs, colours];
  arrays.set(`${name}.kernel`, { shape: [rows, columns, ...shape], data });
  const offsets = Array.from({ length: colours }, (_, colour) => affine.offset[outputs === 1 ? 0 : colour]!);
  arrays.set(`${name}.bias`, { shape: [colours], data: Float32Array.from(offsets, (value) => half * value) });
}
