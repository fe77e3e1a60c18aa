import { StudioError } from '../../contract/errors.ts';
import { intOf, intsOf, textOf } from './attributes.ts';
import type { OnnxNode } from './onnxModel.ts';
import type { ReferenceTensor } from './referenceTensor.ts';

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
export function convolution([x, kernel, bias]: Inputs, node: OnnxNode): ReferenceTensor {
  const [batch, inputs, height, width] = x!.shape as [number, number, number, number];
  const [outputs, perGroup, h, w] = kernel!.shape as [number, number, number, number];
  const { stride, dilation, pads, groups } = windowOf(node, [h, w]);
  const outHeight = Math.floor((height + pads[0] + pads[2] - dilation[0] * (h - 1) - 1) / stride[0]) + 1;
  const outWidth = Math.floor((width + pads[1] + pads[3] - dilation[1] * (w - 1) - 1) / stride[1]) + 1;
  const data = filled(batch, outputs, outHeight * outWidth, bias);
  for (let of = 0; of < batch * outputs; of++) {
    const [picture, output] = [Math.floor(of / outputs), of % outputs];
    const group = Math.floor(output / (outputs / groups));
    for (let local = 0; local < perGroup; local++) {
      const from = (picture * inputs + group * perGroup + local) * height * width;
      for (let tap = 0; tap < h * w; tap++) {
        const value = kernel!.data[(output * perGroup + local) * h * w + tap]!;
        const top = Math.floor(tap / w) * dilation[0] - pads[0];
        const left = (tap % w) * dilation[1] - pads[1];
        for (let row = 0; row < outHeight; row++) {
          const y = row * stride[0] + top;
          if (y < 0 || y >= height) continue;
          const to = (of * outHeight + row) * outWidth;
          for (let column = 0; column < outWidth; column++) {
            const at = column * stride[1] + left;
            if (at >= 0 && at < width) data[to + column]! += value * x!.data[from + y * width + at]!;
          }
        }
      }
    }
  }
  return { shape: [batch, outputs, outHeight, outWidth], data };
}

/** x [B, I, H, W], kernel [I, O / groups, h, w], bias [O] → [B, O, H', W'] */
export function transposedConvolution([x, kernel, bias]: Inputs, node: OnnxNode): ReferenceTensor {
  const [batch, inputs, height, width] = x!.shape as [number, number, number, number];
  const [, perGroup, h, w] = kernel!.shape as [number, number, number, number];
  const { stride, dilation, pads, groups } = windowOf(node, [h, w]);
  const more = intsOf(node, 'output_padding', [0, 0]);
  const outputs = perGroup * groups;
  const outHeight = (height - 1) * stride[0] + dilation[0] * (h - 1) + 1 - pads[0] - pads[2] + more[0]!;
  const outWidth = (width - 1) * stride[1] + dilation[1] * (w - 1) + 1 - pads[1] - pads[3] + more[1]!;
  const data = filled(batch, outputs, outHeight * outWidth, bias);
  for (let of = 0; of < batch * inputs; of++) {
    const [picture, input] = [Math.floor(of / inputs), of % inputs];
    const group = Math.floor(input / (inputs / groups));
    for (let local = 0; local < perGroup; local++) {
      const plane = picture * outputs + group * perGroup + local;
      for (let tap = 0; tap < h * w; tap++) {
        const value = kernel!.data[(input * perGroup + local) * h * w + tap]!;
        const top = Math.floor(tap / w) * dilation[0] - pads[0];
        const left = (tap % w) * dilation[1] - pads[1];
        for (let row = 0; row < height; row++) {
          const y = row * stride[0] + top;
          if (y < 0 || y >= outHeight) continue;
          const to = (plane * outHeight + y) * outWidth;
          for (let column = 0; column < width; column++) {
            const at = column * stride[1] + left;
            if (at >= 0 && at < outWidth)
              data[to + at]! += value * x!.data[(of * height + row) * width + column]!;
          }
        }
      }
    }
  }
  return { shape: [batch, outputs, outHeight, outWidth], data };
}

function filled(
  batch: number,
  channels: number,
  area: number,
  bias: ReferenceTensor | undefined,
): Float64Array {
  const data = new Float64Array(batch * channels * area);
  if (bias === undefined) return data;
  for (let of = 0; of < batch * channels; of++)
    data.fill(bias.data[of % channels]!, of * area, (of + 1) * area);
  return data;
}

/** Means over a window; what is padded counts only where the node says so. */
export function averagePool([x]: Inputs, node: OnnxNode): ReferenceTensor {
  const [batch, channels, height, width] = x!.shape as [number, number, number, number];
  const { kernel, stride, pads } = windowOf(node, [1, 1]);
  const countsPads = intOf(node, 'count_include_pad', 0) === 1;
  const outHeight = Math.floor((height + pads[0] + pads[2] - kernel[0]) / stride[0]) + 1;
  const outWidth = Math.floor((width + pads[1] + pads[3] - kernel[1]) / stride[1]) + 1;
  const data = new Float64Array(batch * channels * outHeight * outWidth);
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
export function resize([x, , scales, sizes]: Inputs, node: OnnxNode): ReferenceTensor {
  const [batch, channels, height, width] = x!.shape as [number, number, number, number];
  const outHeight = sizes?.data[2] ?? Math.floor(height * scales!.data[2]!);
  const outWidth = sizes?.data[3] ?? Math.floor(width * scales!.data[3]!);
  const isNearest = textOf(node, 'mode', 'nearest') === 'nearest';
  const way = textOf(node, 'coordinate_transformation_mode', 'half_pixel');
  const rows = sourcesOf(height, outHeight, way, isNearest);
  const columns = sourcesOf(width, outWidth, way, isNearest);
  const data = new Float64Array(batch * channels * outHeight * outWidth);
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
