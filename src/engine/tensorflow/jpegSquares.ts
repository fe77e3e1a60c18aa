import { SavedGraph, constant, ofType, placeholder } from './savedGraph.ts';
import type { GraphNode } from './savedGraph.ts';
import { tf } from './tf.ts';

/** A square of a JPEG, in whole pixels from its upper left corner. */
export interface JpegSquare {
  bytes: Uint8Array;
  /** Of the whole picture, in pixels. */
  width: number;
  height: number;
  box: { left: number; top: number; side: number };
}

/**
 * How many pictures a graph takes at once, the most first. Sixteen keep several threads busy and hold JavaScript up for a few
 * milliseconds; what is left over goes by fours and ones.
 */
const slotCounts = [16, 4, 1] as const;

/** Pixels of pictures that are decoded at once, so that large ones hold nothing up for long either: some 25 ms on two cores. */
const pixelsAtOnce = 2 ** 22;

const graphs = new Map<number, SavedGraph>();

/**
 * Decodes JPEGs and resizes a square of each, side by side on TensorFlow's threads: libjpeg-turbo with the accurate integer
 * transform and smooth chroma, then the triangle filter as wide as the reduction asks for. Pillow does the same: its BILINEAR
 * differs by at most 1 of 255, as it rounds between columns and rows.
 * @param size the side of the squares that come out, in pixels; even, since TensorFlow.js reads no bytes, only four at a time
 * @returns RGB bytes [size, size, 3] of each; undefined where the decoder gave up
 */
export function decodeJpegSquares(squares: readonly JpegSquare[], size: number): (Uint8Array | undefined)[] {
  const decoded: (Uint8Array | undefined)[] = [];
  while (decoded.length < squares.length) {
    const rest = squares.slice(decoded.length, decoded.length + slotCounts[0]);
    const slots = slotCounts.find(
      (count) => count <= rest.length && pixelsOf(rest.slice(0, count)) <= pixelsAtOnce,
    );
    decoded.push(...decodeSlots(rest.slice(0, slots ?? 1), size));
  }
  return decoded;
}

function pixelsOf(squares: readonly JpegSquare[]): number {
  return squares.reduce((sum, { width, height }) => sum + width * height, 0);
}

function decodeSlots(squares: readonly JpegSquare[], size: number): (Uint8Array | undefined)[] {
  const graph = graphFor(squares.length);
  let pixels: Uint8Array;
  try {
    pixels = runGraph(graph, squares, size);
  } catch {
    // The graph does not say which of them it was.
    return squares.length === 1 ? [undefined] : squares.flatMap((square) => decodeSlots([square], size));
  }
  const each = size * size * 3;
  return squares.map((_, index) => pixels.subarray(index * each, (index + 1) * each));
}

function runGraph(graph: SavedGraph, squares: readonly JpegSquare[], size: number): Uint8Array {
  const count = squares.length;
  const inputs = {
    contents: tf.tensor1d(
      squares.map(({ bytes }) => bytes),
      'string',
    ),
    windows: tf.tensor2d(Int32Array.from(squares.flatMap(windowOf)), [count, 4], 'int32'),
    corners: tf.tensor2d(
      Int32Array.from(squares.flatMap(({ box: { left } }) => [0, columnsBefore(left), 0])),
      [count, 3],
      'int32',
    ),
    sides: tf.tensor2d(
      Int32Array.from(squares.flatMap(({ box: { side } }) => [side, side, 3])),
      [count, 3],
      'int32',
    ),
    scales: tf.tensor2d(
      Float32Array.from(squares.flatMap(({ box: { side } }) => [size / side, size / side])),
      [count, 2],
    ),
    size: tf.tensor1d([size, size], 'int32'),
  };
  try {
    const words = graph.run(inputs, 'words');
    const { buffer } = words.dataSync<'int32'>();
    words.dispose();
    return new Uint8Array(buffer);
  } finally {
    tf.dispose(inputs);
  }
}

/**
 * What is decoded, as [top, left, height, width]: a column more than the square has on either side, where there is one. Smooth chroma
 * looks a sample back and ahead, and the decoder does not look beyond its window: the window's last column, and its first where that
 * begins a block, differ from those of the whole picture (findings/tensorflow-crop-jpeg-edges.sh).
 */
function windowOf({ width, box: { left, top, side } }: JpegSquare): number[] {
  const first = left - columnsBefore(left);
  return [top, first, side, Math.min(left + side + 1, width) - first];
}

function columnsBefore(left: number): number {
  return Math.min(1, left);
}

function graphFor(slots: number): SavedGraph {
  const known = graphs.get(slots);
  if (known !== undefined) return known;
  const graph = new SavedGraph(squaresGraph(slots));
  graphs.set(slots, graph);
  return graph;
}

function squaresGraph(slots: number): GraphNode[] {
  const perSlot = (name: string, type: 'string' | 'int32' | 'float32'): GraphNode[] => [
    placeholder(name, type),
    {
      name: `each-${name}`,
      op: 'Unpack',
      inputs: [name],
      attributes: { num: { type: 'int', value: slots }, axis: { type: 'int', value: 0 }, T: ofType(type) },
    },
  ];
  const names = Array.from({ length: slots }, (_, slot) => `bytes-${slot}`);
  return [
    ...perSlot('contents', 'string'),
    ...perSlot('windows', 'int32'),
    ...perSlot('corners', 'int32'),
    ...perSlot('sides', 'int32'),
    ...perSlot('scales', 'float32'),
    placeholder('size', 'int32'),
    constant('first', Int32Array.of(0), []),
    constant('origin', Float32Array.of(0, 0)),
    constant('half', Float32Array.of(0.5), []),
    ...names.flatMap((_, slot) => slotNodes(slot)),
    {
      name: 'squares',
      op: 'Pack',
      inputs: names,
      attributes: { N: { type: 'int', value: slots }, axis: { type: 'int', value: 0 }, T: ofType('uint8') },
    },
    constant('fours', Int32Array.of(-1, 4)),
    {
      name: 'quartets',
      op: 'Reshape',
      inputs: ['squares', 'fours'],
      attributes: { T: ofType('uint8'), Tshape: ofType('int32') },
    },
    {
      name: 'words',
      op: 'Bitcast',
      inputs: ['quartets'],
      attributes: { T: ofType('uint8'), type: ofType('int32') },
    },
  ];
}

/** From the bytes of one JPEG to its square, [1, size, size, 3]. */
function slotNodes(slot: number): GraphNode[] {
  const uint8 = ofType('uint8');
  const int32 = ofType('int32');
  const float32 = ofType('float32');
  return [
    {
      name: `window-${slot}`,
      op: 'DecodeAndCropJpeg',
      inputs: [`each-contents:${slot}`, `each-windows:${slot}`],
      attributes: {
        channels: { type: 'int', value: 3 },
        dct_method: { type: 'string', value: 'INTEGER_ACCURATE' },
        fancy_upscaling: { type: 'bool', value: true },
      },
    },
    {
      name: `crop-${slot}`,
      op: 'Slice',
      inputs: [`window-${slot}`, `each-corners:${slot}`, `each-sides:${slot}`],
      attributes: { T: uint8, Index: int32 },
    },
    {
      name: `batch-${slot}`,
      op: 'ExpandDims',
      inputs: [`crop-${slot}`, 'first'],
      attributes: { T: uint8, Tdim: int32 },
    },
    {
      name: `resized-${slot}`,
      op: 'ScaleAndTranslate',
      inputs: [`batch-${slot}`, 'size', `each-scales:${slot}`, 'origin'],
      attributes: {
        T: uint8,
        kernel_type: { type: 'string', value: 'triangle' },
        antialias: { type: 'bool', value: true },
      },
    },
    // A half goes up, as in Pillow: a reduction by two has many. The cast cuts off what is behind the point.
    { name: `raised-${slot}`, op: 'AddV2', inputs: [`resized-${slot}`, 'half'], attributes: { T: float32 } },
    {
      name: `bytes-${slot}`,
      op: 'Cast',
      inputs: [`raised-${slot}`],
      attributes: { SrcT: float32, DstT: uint8 },
    },
  ];
}
