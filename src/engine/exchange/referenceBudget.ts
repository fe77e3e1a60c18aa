import { StudioError } from '../../contract/errors.ts';
import type { OnnxNode } from './onnxModel.ts';
import { sizeOf } from '../models/safetensors.ts';

/**
 * What running one graph may take, whatever it asks for: the generator of 128 pixels that people have, 64 wide, makes five million numbers
 * of 600 million products.
 */
const most = { numbers: 2 ** 25, work: 2 ** 31, rank: 16 } as const;

/** Counts numbers and products before they are made, so that a small file cannot ask for a large memory or a long time. */
export class ReferenceBudget {
  #numbers = 0;
  #work = 0;

  /**
   * @returns zeros of that shape, rows first
   * @throws StudioError `damaged` for extents that are no sizes, `wrong-usage` for more than all nodes together may take
   */
  numbers(shape: readonly number[], node: OnnxNode): Float64Array {
    const isShape =
      shape.length <= most.rank && shape.every((extent) => Number.isInteger(extent) && extent >= 0);
    if (!isShape) {
      const told = shape
        .slice(0, most.rank)
        .map((extent) => String(extent))
        .join(' × ');
      throw new StudioError(
        'damaged',
        `The node “${node.name}” (${node.operator}) puts out maps of ${told}, which is no size. Export the model again.`,
      );
    }
    this.#numbers += sizeOf(shape);
    if (this.#numbers > most.numbers) throw tooLarge(node);
    return new Float64Array(sizeOf(shape));
  }

  /** Products that are about to be added up. */
  work(products: number, node: OnnxNode): void {
    this.#work += products;
    if (!(this.#work <= most.work)) throw tooLarge(node);
  }
}

function tooLarge({ name, operator }: OnnxNode): StudioError {
  return new StudioError(
    'wrong-usage',
    `At the node “${name}” (${operator}) the network becomes larger than generators of pictures of up to 128 pixels are. Is it the right file?`,
  );
}
