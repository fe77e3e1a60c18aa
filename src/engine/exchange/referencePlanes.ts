import { StudioError } from '../../contract/errors.ts';
import { intOf, intsOf, textOf } from './attributes.ts';
import type { OnnxNode } from './onnxModel.ts';
import type { AtReference, ReferenceTensor } from './referenceTensor.ts';

/** Operators on maps [B, C, H, W]. */

type Inputs = readonly (ReferenceTensor | undefined)[];

interface Window {
  kernel: readonly [number, number];
  stride: readonly [number, number];
  dilation: readonly [number, number];
  /** Top, left, bottom, right. */
  pads: readonly [number, number, number, number];
  groups: number;
}

function windowOf(node: OnnxNode, kernel: readonly number[]): Window {
  if (textOf(node, 'auto_pad', 'NOTSET') !== 'NOTSET') {
    throw new StudioError(
      'wrong-usage',
      `The node “${node.name}” pads automatically (auto_pad), which is not understood here. Export the model with its pads.`,
    );
  }
  return {
    kernel: intsOf(node, 'kernel_shape', kernel) as [number, number],
    stride: intsOf(node, 'strides', [1, 1]) as [number, number],
    dilation: intsOf(node, 'dilations', [1, 1]) as [number, number],
    pads: intsOf(node, 'pads', [0, 0, 0, 0]) as [number, number, number, number],
    groups: intOf(node, 'group', 1),
  };
}

/** x [B, I, H, W], kernel [O, I / groups, h, w], bias [O] → [B, O, H', W'] */
export function convolution([x, kernel, bias]: Inputs, at: AtReference): ReferenceTensor {
  const [batch, inputs, height, width] = x!.shape as [number, number, number, number];
  const [outputs, perGroup, h, w] = kernel!.shape as [number, number, number, number];
  const { stride, dilation, pads, groups } = windowOf(at.node, [h, w]);
  const outHeight = Math.floor((height + pads[0] + pads[2] - dilation[0] * (h - 1) - 1) / stride[0]) + 1;
  const outWidth = Math.floor((width + pads[1] + pads[3] - dilation[1] * (w - 1) - 1) / stride[1]) + 1;
  const shape = [batch, outputs, outHeight, outWidth];
  const result = at.budget.numbers(shape, at.node);
  at.budget.work(result.length * perGroup * h * w, at.node);
  const sums = new Sums({ inputs, outputs, groups, perInput: outputs / groups });
  const taps = rowsOfTaps(kernel!, ({ tap, first, second }) => (tap * perGroup + second) * outputs + first);
  const pixels = channelsLast(x!.data, batch * height * width, inputs, height * width);
  const made = filled(batch * outHeight * outWidth, outputs, bias);
  for (let place = 0; place < batch * outHeight * outWidth; place++) {
    const picture = Math.floor(place / (outHeight * outWidth));
    const top = (Math.floor(place / outWidth) % outHeight) * stride[0] - pads[0];
    const left = (place % outWidth) * stride[1] - pads[1];
    for (let tap = 0; tap < h * w; tap++) {
      const y = top + Math.floor(tap / w) * dilation[0];
      const column = left + (tap % w) * dilation[1];
      if (y < 0 || y >= height || column < 0 || column >= width) continue;
      sums.add(made, place, { pixels, from: (picture * height + y) * width + column, taps, tap });
    }
  }
  return { shape, data: channelsFirst(made, result, outputs, outHeight * outWidth) };
}

/** x [B, I, H, W], kernel [I, O / groups, h, w], bias [O] → [B, O, H', W'] */
export function transposedConvolution([x, kernel, bias]: Inputs, at: AtReference): ReferenceTensor {
  const [batch, inputs, height, width] = x!.shape as [number, number, number, number];
  const [, perGroup, h, w] = kernel!.shape as [number, number, number, number];
  const { stride, dilation, pads, groups } = windowOf(at.node, [h, w]);
  const more = intsOf(at.node, 'output_padding', [0, 0]);
  const outputs = perGroup * groups;
  const outHeight = (height - 1) * stride[0] + dilation[0] * (h - 1) + 1 - pads[0] - pads[2] + more[0]!;
  const outWidth = (width - 1) * stride[1] + dilation[1] * (w - 1) + 1 - pads[1] - pads[3] + more[1]!;
  const shape = [batch, outputs, outHeight, outWidth];
  const result = at.budget.numbers(shape, at.node);
  at.budget.work(x!.data.length * perGroup * h * w, at.node);
  const sums = new Sums({ inputs, outputs, groups, perInput: perGroup });
  const ofGroup = inputs / groups;
  const taps = rowsOfTaps(
    kernel!,
    ({ tap, first, second }) =>
      (tap * ofGroup + (first % ofGroup)) * outputs + Math.floor(first / ofGroup) * perGroup + second,
  );
  const pixels = channelsLast(x!.data, batch * height * width, inputs, height * width);
  const made = filled(batch * outHeight * outWidth, outputs, bias);
  for (let from = 0; from < batch * height * width; from++) {
    const picture = Math.floor(from / (height * width));
    const top = (Math.floor(from / width) % height) * stride[0] - pads[0];
    const left = (from % width) * stride[1] - pads[1];
    for (let tap = 0; tap < h * w; tap++) {
      const y = top + Math.floor(tap / w) * dilation[0];
      const column = left + (tap % w) * dilation[1];
      if (y < 0 || y >= outHeight || column < 0 || column >= outWidth) continue;
      sums.add(made, (picture * outHeight + y) * outWidth + column, { pixels, from, taps, tap });
    }
  }
  return { shape, data: channelsFirst(made, result, outputs, outHeight * outWidth) };
}

/** What one tap of a kernel carries from a pixel to another: the channels lie side by side, so that the innermost loop is long. */
class Sums {
  readonly #inputs: number;
  readonly #outputs: number;
  readonly #groups: number;
  readonly #perInput: number;

  /** @param sizes channels that go in and come out, the groups of them, and how many outputs each input has a part in */
  constructor(sizes: { inputs: number; outputs: number; groups: number; perInput: number }) {
    ({
      inputs: this.#inputs,
      outputs: this.#outputs,
      groups: this.#groups,
      perInput: this.#perInput,
    } = sizes);
  }

  add(
    made: Float64Array,
    to: number,
    { pixels, from, taps, tap }: { pixels: Float64Array; from: number; taps: Float64Array; tap: number },
  ): void {
    const ofGroup = this.#inputs / this.#groups;
    for (let input = 0; input < this.#inputs; input++) {
      const value = pixels[from * this.#inputs + input]!;
      const first = Math.floor(input / ofGroup) * this.#perInput;
      const row = (tap * ofGroup + (input % ofGroup)) * this.#outputs + first;
      const start = to * this.#outputs + first;
      for (let output = 0; output < this.#perInput; output++)
        made[start + output]! += value * taps[row + output]!;
    }
  }
}

/** A kernel [first, second, h, w] with its numbers where `place` has them. */
function rowsOfTaps(
  { shape, data }: ReferenceTensor,
  place: (at: { tap: number; first: number; second: number }) => number,
): Float64Array {
  const [firsts, seconds, h, w] = shape as [number, number, number, number];
  const area = h * w;
  const rows = new Float64Array(data.length);
  for (let first = 0; first < firsts; first++) {
    for (let second = 0; second < seconds; second++) {
      const from = (first * seconds + second) * area;
      for (let tap = 0; tap < area; tap++) rows[place({ tap, first, second })] = data[from + tap]!;
    }
  }
  return rows;
}

/** [B, C, H, W] → [B, H, W, C] */
function channelsLast(data: Float64Array, pixels: number, channels: number, area: number): Float64Array {
  const moved = new Float64Array(pixels * channels);
  for (let pixel = 0; pixel < pixels; pixel++) {
    const from = Math.floor(pixel / area) * channels * area + (pixel % area);
    for (let channel = 0; channel < channels; channel++)
      moved[pixel * channels + channel] = data[from + channel * area]!;
  }
  return moved;
}

/** [B, H, W, C] → [B, C, H, W], into `result` */
function channelsFirst(
  made: Float64Array,
  result: Float64Array,
  channels: number,
  area: number,
): Float64Array {
  for (let at = 0; at < result.length; at++) {
    const plane = Math.floor(at / area);
    const pixel = Math.floor(plane / channels) * area + (at % area);
    result[at] = made[pixel * channels + (plane % channels)]!;
  }
  return result;
}

/** Pixels with the bias of each channel, [pixels, C]. */
function filled(pixels: number, channels: number, bias: ReferenceTensor | undefined): Float64Array {
  const data = new Float64Array(pixels * channels);
  if (bias !== undefined) for (let at = 0; at < data.length; at++) data[at] = bias.data[at % channels]!;
  return data;
}

/** Means over a window; what is padded counts only where the node says so. */
export function averagePool([x]: Inputs, { node, budget }: AtReference): ReferenceTensor {
  const [batch, channels, height, width] = x!.shape as [number, number, number, number];
  const { kernel, stride, pads } = windowOf(node, [1, 1]);
  const countsPads = intOf(node, 'count_include_pad', 0) === 1;
  const outHeight = Math.floor((height + pads[0] + pads[2] - kernel[0]) / stride[0]) + 1;
  const outWidth = Math.floor((width + pads[1] + pads[3] - kernel[1]) / stride[1]) + 1;
  const data = budget.numbers([batch, channels, outHeight, outWidth], node);
  budget.work(data.length * Math.min(kernel[0], height) * Math.min(kernel[1], width), node);
  for (let at = 0; at < data.length; at++) {
    const plane = Math.floor(at / (outHeight * outWidth));
    const top = (Math.floor(at / outWidth) % outHeight) * stride[0] - pads[0];
    const left = (at % outWidth) * stride[1] - pads[1];
    let sum = 0;
    let count = 0;
    for (let y = Math.max(0, top); y < Math.min(height, top + kernel[0]); y++) {
      for (let column = Math.max(0, left); column < Math.min(width, left + kernel[1]); column++) {
        sum += x!.data[(plane * height + y) * width + column]!;
        count += 1;
      }
    }
    data[at] = sum / (countsPads ? kernel[0] * kernel[1] : count);
  }
  return { shape: [batch, channels, outHeight, outWidth], data };
}

/** Height and width by whole factors, by the nearest pixel or half-pixel bilinear. */
export function resize(inputs: Inputs, { node, budget }: AtReference): ReferenceTensor {
  const [x, , , sizes] = inputs;
  // Before opset 11 there was no region of interest before the scales.
  const scales = inputs.length === 2 ? inputs[1] : inputs[2];
  const [batch, channels, height, width] = x!.shape as [number, number, number, number];
  const outHeight = sizes?.data[2] ?? Math.floor(height * scales!.data[2]!);
  const outWidth = sizes?.data[3] ?? Math.floor(width * scales!.data[3]!);
  const isNearest = textOf(node, 'mode', 'nearest') === 'nearest';
  const way = wayOfResize(node);
  const data = budget.numbers([batch, channels, outHeight, outWidth], node);
  const rows = sourcesOf(height, outHeight, way, isNearest);
  const columns = sourcesOf(width, outWidth, way, isNearest);
  for (let at = 0; at < data.length; at++) {
    const from = Math.floor(at / (outHeight * outWidth)) * height * width;
    const row = rows[Math.floor(at / outWidth) % outHeight]!;
    const column = columns[at % outWidth]!;
    const value = (y: number, c: number): number => x!.data[from + y * width + c]!;
    const low = value(row.low, column.low) * (1 - column.share) + value(row.low, column.high) * column.share;
    const high =
      value(row.high, column.low) * (1 - column.share) + value(row.high, column.high) * column.share;
    data[at] = low * (1 - row.share) + high * row.share;
  }
  return { shape: [batch, channels, outHeight, outWidth], data };
}

/** How places of the larger maps are found in the smaller: before opset 11 from the corner, which no attribute said. */
export function wayOfResize(node: OnnxNode): string {
  const isOld = node.inputs.length === 2;
  return isOld ? 'asymmetric' : textOf(node, 'coordinate_transformation_mode', 'half_pixel');
}

interface Source {
  low: number;
  high: number;
  share: number;
}

function sourcesOf(extent: number, to: number, way: string, isNearest: boolean): Source[] {
  const scale = to / extent;
  return Array.from({ length: to }, (_, at) => {
    const place =
      way === 'asymmetric'
        ? at / scale
        : way === 'align_corners'
          ? to === 1
            ? 0
            : (at * (extent - 1)) / (to - 1)
          : (at + 0.5) / scale - 0.5;
    const within = Math.min(extent - 1, Math.max(0, place));
    if (isNearest) {
      const low = way === 'asymmetric' ? Math.floor(within) : Math.ceil(within - 0.5);
      return { low, high: low, share: 0 };
    }
    const low = Math.floor(within);
    return { low, high: Math.min(extent - 1, low + 1), share: within - low };
  });
}
