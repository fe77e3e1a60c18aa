import { StudioError } from '../../contract/errors.ts';
import type { ImportedHyperParameters } from '../../contract/importedModel.ts';
import type { NamedArray } from '../models/safetensors.ts';
import { columnsChannelsLast, transposed } from './channelsFirst.ts';
import type { LinkOf } from './chain.ts';
import { normArrays } from './importedArrays.ts';
import type { Section } from './sections.ts';

const start = 'generator.start';

/**
 * From latents to the first maps: dense layers and a reshape, or a transposed convolution on one pixel, which is a dense layer
 * too. What is left are the convolutions.
 */
export function flattenedStart(sections: readonly Section[]): {
  start: ImportedHyperParameters['start'];
  rest: readonly Section[];
  arrays: Map<string, NamedArray>;
} {
  const at = sections.findIndex(({ linear, maps }) => maps !== undefined || linear.kind === 'convolution');
  const first = sections[at];
  if (first === undefined) {
    throw new StudioError(
      'wrong-usage',
      'The file holds no convolutions, so there is no generator of pictures in it.',
    );
  }
  const arrays = new Map<string, NamedArray>();
  const dense = sections.slice(0, at).map((section, index) => hiddenDense(arrays, section, index));
  const { activation, slope, doubled, affine } = first;
  const ending = { activation, slope, doubled };
  if (first.linear.kind === 'convolution') {
    const { channels, side } = onePixel(arrays, first.linear);
    if (affine.isNorm) normArrays(arrays, start, affine);
    else arrays.set(`${start}.bias`, spreadBias(affine.offset, side));
    if (affine.isNorm)
      arrays.set(
        `${start}.bias`,
        spreadBias(
          affine.offset.map(() => 0),
          side,
        ),
      );
    const shape = { dense, size: side, channels, normalised: affine.isNorm, ...ending };
    return { start: shape, rest: sections.slice(at + 1), arrays };
  }
  const { channels, side } = first.maps!;
  denseToMaps(arrays, first);
  if (affine.isNorm) normArrays(arrays, start, affine);
  return {
    start: { dense, size: side, channels, normalised: affine.isNorm, ...ending },
    rest: sections.slice(at + 1),
    arrays,
  };
}

/** A dense layer before the last one; batch norm on its rows becomes part of its matrix. */
function hiddenDense(
  arrays: Map<string, NamedArray>,
  { linear, affine, activation, slope }: Section,
  index: number,
): ImportedHyperParameters['start']['dense'][number] {
  const { inputs, outputs, matrix } = linear as LinkOf<'dense'>;
  const name = `generator.dense${index}`;
  arrays.set(`${name}.matrix`, {
    shape: [inputs, outputs],
    data: matrix.map((value, place) => value * affine.factor[place % outputs]!),
  });
  arrays.set(`${name}.bias`, { shape: [outputs], data: Float32Array.from(affine.offset) });
  return { outputs, activation, slope };
}

/** The dense layer whose rows become maps, its columns in the order of H, W, C. */
function denseToMaps(arrays: Map<string, NamedArray>, { linear, affine, rows, maps }: Section): void {
  const { inputs, outputs, matrix, at } = linear as LinkOf<'dense'>;
  const { channels, side, order } = maps!;
  if (outputs !== channels * side * side) {
    throw new StudioError(
      'damaged',
      `The dense layer “${at}” puts out ${outputs} numbers, and the maps after it need ${channels * side * side}.`,
    );
  }
  const turned = (table: Float32Array): Float32Array =>
    order === 'channelsLast' ? table : columnsChannelsLast(table, side, channels);
  const ofRows = rows!;
  const scaled = matrix.map((value, place) => value * ofRows.factor[place % outputs]!);
  arrays.set(`${start}.matrix`, { shape: [inputs, outputs], data: turned(scaled) });
  const bias = turned(Float32Array.from(ofRows.offset));
  // What is added to the maps without a batch norm goes into the bias.
  if (!affine.isNorm)
    bias.forEach((value, place) => (bias[place] = value + affine.offset[place % channels]!));
  arrays.set(`${start}.bias`, { shape: [outputs], data: bias });
}

/** A transposed convolution of one pixel: [in, out, k, k], cut as it says → [in, side · side · out]. */
function onePixel(
  arrays: Map<string, NamedArray>,
  { at, isTransposed, inputs, outputs, kernel, taps, before, after }: LinkOf<'convolution'>,
): { channels: number; side: number } {
  if (!isTransposed) {
    throw new StudioError(
      'wrong-usage',
      `The convolution “${at}” reads latents as one pixel; only a transposed one makes maps of them.`,
    );
  }
  const side = kernel - before - after;
  const { data } = transposed(taps, [inputs, outputs, kernel, kernel], [0, 2, 3, 1]);
  const rows = new Float32Array(inputs * side * side * outputs);
  for (let input = 0; input < inputs; input++) {
    for (let row = 0; row < side; row++) {
      const from = ((input * kernel + row + before) * kernel + before) * outputs;
      rows.set(data.subarray(from, from + side * outputs), (input * side + row) * side * outputs);
    }
  }
  arrays.set(`${start}.matrix`, { shape: [inputs, side * side * outputs], data: rows });
  return { channels: outputs, side };
}

/** A bias a channel, for every pixel. */
function spreadBias(offset: Float64Array, side: number): NamedArray {
  const data = Float32Array.from(
    { length: side * side * offset.length },
    (_, at) => offset[at % offset.length]!,
  );
  return { shape: [data.length], data };
}
