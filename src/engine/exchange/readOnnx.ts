import { z } from 'zod';
import { StudioError } from '../../contract/errors.ts';
import type { OnnxAttribute, OnnxGraph, OnnxModel, OnnxNode, OnnxTensor, OnnxValue } from './onnxModel.ts';
import { extentOfOnnx } from './onnxExtent.ts';
import { attributeTypes, elementTypes, externalLocation, modelProto } from './onnxSchema.ts';
import { sizeOf } from '../models/safetensors.ts';

const whole = z.number().int();
/** More than any generator of small pictures has: fields of messages, bytes of numbers that are not raw, and numbers of weights. */
const most = { fields: 500_000, packed: 2 ** 26, weights: 2 ** 26 } as const;
const entrySchema = z.object({ key: z.string().default(''), value: z.string().default('') });

const tensorSchema = z.object({
  name: z.string().default(''),
  dims: z.array(whole.nonnegative()).default([]),
  dataType: whole.default(0),
  floatData: z.array(z.number()).default([]),
  int32Data: z.array(whole).default([]),
  int64Data: z.array(whole).default([]),
  doubleData: z.array(z.number()).default([]),
  rawData: z.instanceof(Uint8Array).optional(),
  externalData: z.array(entrySchema).default([]),
  dataLocation: whole.default(0),
});
type TensorMessage = z.infer<typeof tensorSchema>;

const attributeSchema = z.object({
  name: z.string().default(''),
  f: z.number().default(0),
  i: whole.default(0),
  s: z.instanceof(Uint8Array).optional(),
  t: tensorSchema.optional(),
  floats: z.array(z.number()).default([]),
  ints: z.array(whole).default([]),
  type: whole.default(0),
});

const nodeSchema = z.object({
  name: z.string().default(''),
  opType: z.string().default(''),
  domain: z.string().default(''),
  input: z.array(z.string()).default([]),
  output: z.array(z.string()).default([]),
  attribute: z.array(attributeSchema).default([]),
});

const valueSchema = z.object({
  name: z.string().default(''),
  type: z
    .object({
      tensorType: z
        .object({
          shape: z
            .object({
              dim: z
                .array(z.object({ dimValue: whole.optional(), dimParam: z.string().optional() }))
                .default([]),
            })
            .default({ dim: [] }),
        })
        .optional(),
    })
    .optional(),
});

const modelSchema = z.object({
  irVersion: whole.default(0),
  producerName: z.string().default(''),
  producerVersion: z.string().default(''),
  opsetImport: z.array(z.object({ domain: z.string().default(''), version: whole.default(0) })).default([]),
  metadataProps: z.array(entrySchema).default([]),
  graph: z.object({
    name: z.string().default(''),
    node: z.array(nodeSchema).default([]),
    initializer: z.array(tensorSchema).default([]),
    input: z.array(valueSchema).default([]),
    output: z.array(valueSchema).default([]),
    sparseInitializer: z.array(z.unknown()).default([]),
  }),
});

/** Files beside an ONNX file that hold weights of it, by their names in it. */
export type ExternalFiles = ReadonlyMap<string, Uint8Array<ArrayBuffer>>;

/** What the bytes came from, for sentences, and the weights that lie beside them. */
interface Source {
  name: string;
  files: ExternalFiles;
}

/** The names of the files that hold weights of an ONNX file, as it says them. @throws StudioError `damaged` */
export function externalLocations(bytes: Uint8Array, source: string): string[] {
  const { graph } = parse(bytes, source);
  const named = graph.initializer.flatMap(({ externalData }) =>
    externalData.filter(({ key }) => key === 'location').map(({ value }) => value),
  );
  return [...new Set(named)];
}

/**
 * The model in the bytes of an ONNX file. Nothing in it is run.
 * @param name the file's, for sentences
 * @param files what lies beside it, by the names of `externalLocations`
 * @throws StudioError `damaged` for other bytes, `not-found` where weights lie in a file that is not there, `wrong-usage` for other
 *   numbers than float32
 */
export function decodeOnnx(bytes: Uint8Array, name: string, files: ExternalFiles = new Map()): OnnxModel {
  const message = parse(bytes, name);
  const source = { name, files };
  const { graph } = message;
  const weights = graph.initializer.reduce((sum, { dims }) => sum + sizeOf(dims), 0);
  if (weights > most.weights) throw tooLarge(name, `${Math.round(weights / 1e6)} million weights`);
  if (graph.sparseInitializer.length > 0) {
    throw new StudioError('wrong-usage', `${name} has sparse weights, which are not understood here.`);
  }
  const constants = graph.initializer.map(
    (tensor) => [tensor.name, tensorOfMessage(tensor, source)] as const,
  );
  const initialisers = new Map(constants);
  const nodes: OnnxNode[] = [];
  for (const { name: own, opType, domain, input, output, attribute } of graph.node) {
    const node = {
      name: own === '' ? (output[0] ?? opType) : own,
      operator: domain === '' || domain === 'ai.onnx' ? opType : `${domain}.${opType}`,
      inputs: input,
      outputs: output,
      attributes: new Map(attribute.flatMap((each) => attributeOf(each, source))),
    };
    const constant = constantOf(node);
    if (constant === undefined) nodes.push(node);
    else initialisers.set(output[0] ?? '', constant);
  }
  const result: OnnxGraph = {
    name: graph.name,
    inputs: graph.input.map(valueOf).filter(({ name }) => !initialisers.has(name)),
    outputs: graph.output.map(valueOf),
    nodes,
    initialisers,
  };
  return {
    irVersion: message.irVersion,
    opset: message.opsetImport.find(({ domain }) => domain === '' || domain === 'ai.onnx')?.version ?? 0,
    producer: { name: message.producerName, version: message.producerVersion },
    graph: result,
    metadata: new Map(message.metadataProps.map(({ key, value }) => [key, value])),
  };
}

function parse(bytes: Uint8Array, source: string): z.infer<typeof modelSchema> {
  const damaged = (cause?: unknown): StudioError =>
    new StudioError(
      'damaged',
      `${source} is not a whole ONNX file. Export it again, or copy it again if it was cut off on the way.`,
      { cause },
    );
  let message: unknown;
  try {
    const { fields, packed } = extentOfOnnx(bytes, most.fields);
    if (fields > most.fields) throw tooLarge(source, `more than ${most.fields / 1000} thousand parts`);
    if (packed > most.packed) throw tooLarge(source, `${Math.round(packed / 2 ** 20)} MiB of single numbers`);
    message = modelProto.toObject(modelProto.decode(bytes), { longs: Number });
  } catch (cause) {
    if (cause instanceof StudioError) throw cause;
    throw damaged(cause);
  }
  const parsed = modelSchema.safeParse(message);
  if (!parsed.success || parsed.data.graph.node.length === 0) throw damaged(parsed.error);
  return parsed.data;
}

function tooLarge(source: string, what: string): StudioError {
  return new StudioError(
    'wrong-usage',
    `${source} has ${what}, and generators of pictures of up to 128 pixels have far less. Is it the right file?`,
  );
}

/** A node that is a constant is one, and no work. */
function constantOf({ operator, attributes }: OnnxNode): OnnxTensor | undefined {
  if (operator !== 'Constant') return undefined;
  const [attribute] = [...attributes.values()];
  switch (attribute?.kind) {
    case 'tensor':
      return attribute.value;
    case 'float':
      return { type: 'float32', shape: [], data: new Float32Array([attribute.value]) };
    case 'floats':
      return { type: 'float32', shape: [attribute.value.length], data: new Float32Array(attribute.value) };
    case 'int':
      return { type: 'int64', shape: [], data: [attribute.value] };
    case 'ints':
      return { type: 'int64', shape: [attribute.value.length], data: attribute.value };
    case 'text':
    case undefined:
      return undefined;
  }
}

function attributeOf(
  { name, type, f, i, s, t, floats, ints }: z.infer<typeof attributeSchema>,
  source: Source,
): [string, OnnxAttribute][] {
  switch (type) {
    case attributeTypes.float:
      return [[name, { kind: 'float', value: f }]];
    case attributeTypes.int:
      return [[name, { kind: 'int', value: i }]];
    case attributeTypes.floats:
      return [[name, { kind: 'floats', value: floats }]];
    case attributeTypes.ints:
      return [[name, { kind: 'ints', value: ints }]];
    case attributeTypes.text:
      return [[name, { kind: 'text', value: new TextDecoder().decode(s) }]];
    case attributeTypes.tensor:
      return t === undefined ? [] : [[name, { kind: 'tensor', value: tensorOfMessage(t, source) }]];
    default:
      return [];
  }
}

function valueOf({ name, type }: z.infer<typeof valueSchema>): OnnxValue {
  const dims = type?.tensorType?.shape.dim ?? [];
  return { name, shape: dims.map(({ dimValue, dimParam }) => dimValue ?? dimParam ?? '?') };
}

function tensorOfMessage(message: TensorMessage, source: Source): OnnxTensor {
  const { name, dims: shape, dataType } = message;
  const isBeside = message.dataLocation === externalLocation || message.externalData.length > 0;
  const whole = isBeside ? { ...message, rawData: bytesBeside(message, source) } : message;
  const isWhole = dataType === elementTypes.int32 || dataType === elementTypes.int64;
  const data = isWhole ? integersOf(whole) : floatsOf(whole, source);
  if (data.length !== sizeOf(shape)) {
    throw new StudioError(
      'damaged',
      `${source.name} has ${data.length} numbers for “${name}”, whose shape ${shape.join(' × ')} needs ${sizeOf(shape)}. Export it again.`,
    );
  }
  return data instanceof Float32Array ? { type: 'float32', shape, data } : { type: 'int64', shape, data };
}

function bytesBeside({ name, externalData }: TensorMessage, source: Source): Uint8Array<ArrayBuffer> {
  const entries = new Map(externalData.map(({ key, value }) => [key, value]));
  const location = entries.get('location') ?? '';
  const bytes = source.files.get(location);
  if (bytes === undefined) {
    throw new StudioError(
      'not-found',
      `${source.name} keeps the weights “${name}” in the file “${location}”, which is not beside it. Put both into one folder.`,
    );
  }
  const offset = Number(entries.get('offset') ?? 0);
  const length = Number(entries.get('length') ?? bytes.length - offset);
  if (!(offset >= 0 && length >= 0 && offset + length <= bytes.length)) {
    throw new StudioError(
      'damaged',
      `“${location}” is shorter than ${source.name} says. Export the model again.`,
    );
  }
  return bytes.subarray(offset, offset + length);
}

/** Sizes and places, which TensorFlow's exports have in 32 bits, too. */
function integersOf({ rawData, int32Data, int64Data, dataType }: TensorMessage): number[] {
  const isShort = dataType === elementTypes.int32;
  if (rawData === undefined || rawData.length === 0) return isShort ? int32Data : int64Data;
  const view = new DataView(rawData.buffer, rawData.byteOffset, rawData.byteLength);
  const width = isShort ? 4 : 8;
  return Array.from({ length: Math.floor(rawData.length / width) }, (_, at) =>
    isShort ? view.getInt32(at * width, true) : Number(view.getBigInt64(at * width, true)),
  );
}

/** Types of numbers in which people save what is not understood here, as ONNX numbers them. */
const namesOfTypes: ReadonlyMap<number, string> = new Map([
  [2, 'as uint8, as quantised models do'],
  [3, 'as int8, as quantised models do'],
  [10, 'in float16'],
  [16, 'in bfloat16'],
]);

function floatsOf(message: TensorMessage, source: Source): Float32Array {
  const { rawData, floatData, doubleData, dataType, name } = message;
  const isDouble = dataType === elementTypes.float64;
  if (dataType !== elementTypes.float32 && !isDouble) {
    throw new StudioError(
      'wrong-usage',
      `${source.name} holds “${name}” ${namesOfTypes.get(dataType) ?? `in ONNX’s type of numbers ${dataType}`}, which is not read here. Export the model in float32 (model.float() in PyTorch).`,
    );
  }
  if (rawData === undefined || rawData.length === 0)
    return Float32Array.from(isDouble ? doubleData : floatData);
  const width = isDouble ? 8 : 4;
  const view = new DataView(rawData.buffer, rawData.byteOffset, rawData.byteLength);
  const floats = new Float32Array(Math.floor(rawData.length / width));
  for (let at = 0; at < floats.length; at++) {
    floats[at] = isDouble ? view.getFloat64(at * 8, true) : view.getFloat32(at * 4, true);
  }
  return floats;
}
