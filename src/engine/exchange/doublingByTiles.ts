import type { OnnxNode } from './onnxModel.ts';
import type { ReferenceTensor } from './referenceTensor.ts';

/** Doubling by the nearest pixel as Keras's export writes it: each of the two axes is repeated in an axis of its own, which a reshape takes in again. */

export interface DoublingByTiles {
  /** Nodes of the path that it takes. */
  count: number;
  /** Whether the doubled maps have their channels last. */
  isLast: boolean;
}

/**
 * @param values of the graph for a latent: these nodes move numbers and change none, so numbers tell what they do
 * @param isLast whether the maps before have their channels last
 * @returns undefined where the path does something else there
 */
export function doublingByTiles(
  path: readonly OnnxNode[],
  at: number,
  values: ReadonlyMap<string, ReferenceTensor>,
  isLast: boolean,
): DoublingByTiles | undefined {
  const first = repetitionAt(path, at);
  const second = first === 0 ? 0 : repetitionAt(path, at + first);
  if (second === 0) return undefined;
  const count = first + second;
  const before = values.get(path[at]!.inputs[0]!)!;
  const after = values.get(path[at + count - 1]!.outputs[0]!)!;
  const found = [isLast, !isLast].find((isAfter) => isDoubled(before, isLast, after, isAfter));
  return found === undefined ? undefined : { count, isLast: found };
}

/** How many nodes repeat one axis there; tf2onnx may leave a turn of the axes between them. */
function repetitionAt(path: readonly OnnxNode[], at: number): number {
  const operators = path.slice(at, at + 4).map(({ operator }) => operator);
  if (operators[0] !== 'Unsqueeze' || operators[1] !== 'Tile') return 0;
  const turns = operators[2] === 'Transpose' ? 1 : 0;
  return operators[2 + turns] === 'Reshape' ? 3 + turns : 0;
}

function isDoubled(
  before: ReferenceTensor,
  isBeforeLast: boolean,
  after: ReferenceTensor,
  isAfterLast: boolean,
): boolean {
  if (before.shape.length !== 4 || after.shape.length !== 4) return false;
  const [from, to] = [extentsOf(before, isBeforeLast), extentsOf(after, isAfterLast)];
  const { count, channels, height, width } = to;
  const fits =
    from.count === count &&
    from.channels === channels &&
    2 * from.height === height &&
    2 * from.width === width;
  if (!fits) return false;
  for (let of = 0; of < count; of++) {
    for (let channel = 0; channel < channels; channel++) {
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) {
          const source = from.place(of, channel, Math.floor(y / 2), Math.floor(x / 2));
          if (after.data[to.place(of, channel, y, x)] !== before.data[source]) return false;
        }
      }
    }
  }
  return true;
}

interface Extents {
  count: number;
  channels: number;
  height: number;
  width: number;
  place: (of: number, channel: number, y: number, x: number) => number;
}

function extentsOf({ shape }: ReferenceTensor, isLast: boolean): Extents {
  const [count, second, third, fourth] = shape as [number, number, number, number];
  if (isLast) {
    const [height, width, channels] = [second, third, fourth];
    const place: Extents['place'] = (of, channel, y, x) =>
      ((of * height + y) * width + x) * channels + channel;
    return { count, channels, height, width, place };
  }
  const [channels, height, width] = [second, third, fourth];
  const place: Extents['place'] = (of, channel, y, x) => ((of * channels + channel) * height + y) * width + x;
  return { count, channels, height, width, place };
}
