import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeBackend } from './rawOp.ts';
import type { Tensor } from './tf.ts';

/** Numbers of TensorFlow's DataType. */
const dataTypes = { float32: 1, int32: 3, uint8: 4, string: 7 } as const;
type DataType = keyof typeof dataTypes;

/** An attribute of a node, with the type that its op's definition names. */
export type NodeAttribute =
  | { type: 'string'; value: string }
  | { type: 'int'; value: number }
  | { type: 'bool'; value: boolean }
  | { type: 'dtype'; value: DataType }
  | { type: 'tensor'; value: Int32Array<ArrayBuffer> | Float32Array<ArrayBuffer>; shape: readonly number[] };

/** A node of a graph: an op by its name, and where its inputs come from, `node` or `node:output`. */
export interface GraphNode {
  name: string;
  op: string;
  inputs: readonly string[];
  attributes: Readonly<Record<string, NodeAttribute>>;
}

export const ofType = (value: DataType): NodeAttribute => ({ type: 'dtype', value });

/** A value that is given anew each time. */
export function placeholder(name: string, type: DataType): GraphNode {
  return { name, op: 'Placeholder', inputs: [], attributes: { dtype: ofType(type) } };
}

/** Whole numbers, or reals, that never change. */
export function constant(
  name: string,
  value: Int32Array<ArrayBuffer> | Float32Array<ArrayBuffer>,
  shape: readonly number[] = [value.length],
): GraphNode {
  const dtype = ofType(value instanceof Int32Array ? 'int32' : 'float32');
  return { name, op: 'Const', inputs: [], attributes: { dtype, value: { type: 'tensor', value, shape } } };
}

const tag = 'serve';
/** Of the graph's format: that of TensorFlow 2.9, which every later one reads. */
const producer = 1087;
/** Nothing here is worth a way to a GPU and back. */
const device = '/device:CPU:0';

/**
 * A graph that TensorFlow runs as a whole, independent nodes side by side on its threads, which op after op from JavaScript never are.
 * TensorFlow.js has no other way to a graph than a SavedModel, so it is written as one, loaded, and removed.
 */
export class SavedGraph {
  readonly #id: number;

  constructor(nodes: readonly GraphNode[]) {
    const folder = mkdtempSync(join(tmpdir(), 'extrapolation-graph-'));
    try {
      writeFileSync(join(folder, 'saved_model.pb'), savedModel(nodes));
      this.#id = nodeBackend().loadSavedModelMetaGraph(folder, tag);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  /**
   * One run, which this thread waits for.
   * @param inputs a tensor for each placeholder
   * @param output name of the node whose first output is wanted
   * @throws Error what an op of the graph says
   */
  run(inputs: Readonly<Record<string, Tensor>>, output: string): Tensor {
    const described = Object.entries(inputs).map(([name, { dtype }]) => ({ name: `${name}:0`, dtype }));
    return nodeBackend().runSavedModel(this.#id, Object.values(inputs), described, [`${output}:0`])[0]!;
  }
}

/** SavedModel { saved_model_schema_version = 1; MetaGraphDef { MetaInfoDef { tags = 4 } = 1; GraphDef = 2 } = 2 } */
function savedModel(nodes: readonly GraphNode[]): Buffer {
  const versions = message(4, number(1, producer));
  const graph = message(2, ...nodes.map(nodeDef), versions);
  return Buffer.concat([number(1, 1), message(2, message(1, text(4, tag)), graph)]);
}

/** GraphDef.node = 1: NodeDef { name = 1; op = 2; input = 3; device = 4; attr = 5, a map } */
function nodeDef({ name, op, inputs, attributes }: GraphNode): Buffer {
  return message(
    1,
    ...[text(1, name), text(2, op), ...inputs.map((input) => text(3, input)), text(4, device)],
    ...Object.entries(attributes).map(([key, value]) =>
      message(5, text(1, key), message(2, attrValue(value))),
    ),
  );
}

/** AttrValue { s = 2; i = 3; b = 5; type = 6; tensor = 8 } */
function attrValue(attribute: NodeAttribute): Buffer {
  switch (attribute.type) {
    case 'string':
      return text(2, attribute.value);
    case 'int':
      return number(3, attribute.value);
    case 'bool':
      return number(5, Number(attribute.value));
    case 'dtype':
      return number(6, dataTypes[attribute.value]);
    case 'tensor': {
      // TensorProto { dtype = 1; TensorShapeProto { Dim { size = 1 } = 2 } = 2; tensor_content = 4 }
      const { value, shape } = attribute;
      const type = number(1, value instanceof Int32Array ? dataTypes.int32 : dataTypes.float32);
      const sizes = message(2, ...shape.map((size) => message(2, number(1, size))));
      return message(8, type, sizes, field(4, Buffer.from(value.buffer)));
    }
  }
}

/** Protocol buffers: a field is its number and the kind of what follows, then that: 0 a number, 2 a length and so many bytes. */
function number(key: number, value: number): Buffer {
  return Buffer.from([...varint(key << 3), ...varint(value)]);
}

function field(key: number, bytes: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([...varint((key << 3) | 2), ...varint(bytes.length)]), bytes]);
}

function text(key: number, value: string): Buffer {
  return field(key, Buffer.from(value));
}

function message(key: number, ...parts: readonly Buffer[]): Buffer {
  return field(key, Buffer.concat(parts));
}

/** Seven bits a byte, the lowest first; the top bit says that more follow. */
function varint(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 128) return [...bytes, rest];
    bytes.push((rest & 127) | 128);
  }
}
