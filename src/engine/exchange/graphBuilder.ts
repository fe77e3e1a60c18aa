import type { OnnxAttribute, OnnxGraph, OnnxNode, OnnxTensor, OnnxValue } from './onnxModel.ts';

/** Whole numbers are whole by their spelling here: a float is given as such. */
export const float = (value: number): OnnxAttribute => ({ kind: 'float', value });
export const ints = (...value: number[]): OnnxAttribute => ({ kind: 'ints', value });
export const text = (value: string): OnnxAttribute => ({ kind: 'text', value });

/** Puts a graph together node by node; each value has a name that is used once. */
export class GraphBuilder {
  readonly #nodes: OnnxNode[] = [];
  readonly #initialisers = new Map<string, OnnxTensor>();
  readonly #taken = new Set<string>();

  /**
   * @param name of what the node puts out, and of the node; a number is added where it is taken
   * @returns that name
   */
  node(
    name: string,
    operator: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, OnnxAttribute>> = {},
  ): string {
    const output = this.#free(name);
    this.#nodes.push({
      name: output,
      operator,
      inputs,
      outputs: [output],
      attributes: new Map(Object.entries(attributes)),
    });
    return output;
  }

  /** @returns the name under which the numbers are an input of nodes */
  floats(name: string, shape: readonly number[], data: Float32Array): string {
    const key = this.#free(name);
    this.#initialisers.set(key, { type: 'float32', shape, data });
    return key;
  }

  integers(name: string, data: readonly number[]): string {
    const key = this.#free(name);
    this.#initialisers.set(key, { type: 'int64', shape: [data.length], data });
    return key;
  }

  finish(name: string, inputs: readonly OnnxValue[], outputs: readonly OnnxValue[]): OnnxGraph {
    return { name, inputs, outputs, nodes: this.#nodes, initialisers: this.#initialisers };
  }

  #free(name: string): string {
    let free = name;
    for (let count = 2; this.#taken.has(free); count++) free = `${name}.${count}`;
    this.#taken.add(free);
    return free;
  }
}
