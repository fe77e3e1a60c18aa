import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { StudioError } from '../../contract/errors.ts';
import type { ImportedFrom } from '../../contract/importedModel.ts';
import { createRandom } from '../math/random.ts';
import { intOf } from './attributes.ts';
import type { Chain } from './chain.ts';
import { chainOfOnnx } from './chainOfOnnx.ts';
import { chainOfStateDict } from './chainOfStateDict.ts';
import { chainOfTfjs } from './chainOfTfjs.ts';
import { besideOf, filesBeside, modelBytes } from './modelFileBytes.ts';
import type { OnnxGraph } from './onnxModel.ts';
import { decodeOnnx, externalLocations } from './readOnnx.ts';
import { referenceRun } from './referenceRun.ts';
import type { ReferenceTensor } from './referenceTensor.ts';
import { sizeOf } from '../models/safetensors.ts';
import { readStateDict } from './stateDict.ts';

/** A generator in a file, and where the file has its network, what that draws. */
export interface ModelFileContent {
  chain: Chain;
  from: Omit<ImportedFrom, 'difference'>;
  drawn: { z: Float32Array; images: ReferenceTensor } | undefined;
}

const seedOfCheck = 1;
const mostLatents = 4096;

/**
 * Reads a generator from a file of another program. Nothing in it is run but the arithmetic of its layers.
 * @throws StudioError that names the file: `not-found`, `damaged`, `wrong-usage`
 */
export async function readModelFile(path: string): Promise<ModelFileContent> {
  const file = basename(path);
  const bytes = await modelBytes(path);
  const hash = (): string => createHash('sha256').update(bytes).digest('hex');
  if (/\.onnx$/i.test(file)) {
    const { graph } = decodeOnnx(bytes, file, await filesBeside(path, externalLocations(bytes, file)));
    return {
      ...orSentence(file, () => drawnOnnx(graph, file)),
      from: { format: 'onnx', file, sha256: hash() },
    };
  }
  if (/\.safetensors$/i.test(file)) {
    const chain = orSentence(file, () => chainOfStateDict(readStateDict(bytes, file), file));
    return { chain, from: { format: 'safetensors', file, sha256: hash() }, drawn: undefined };
  }
  if (/\.json$/i.test(file)) {
    const chain = await chainOfTfjs(bytes, file, (name) => besideOf(path, name));
    return { chain, from: { format: 'tfjs', file, sha256: hash() }, drawn: undefined };
  }
  throw new StudioError(
    'wrong-usage',
    `${file} is not a kind of file that models are read from. Use ONNX (.onnx), weights as .safetensors, or the model.json of a TensorFlow.js layers model.`,
  );
}

function drawnOnnx(graph: OnnxGraph, file: string): Pick<ModelFileContent, 'chain' | 'drawn'> {
  const z = latentFor(graph, file);
  const values = referenceRun(graph, new Map([[graph.inputs[0]!.name, z]]));
  const images = values.get(graph.outputs[0]?.name ?? '');
  if (images === undefined) {
    throw new StudioError(
      'damaged',
      `Nothing in ${file} puts out what it says it does. Export the model again.`,
    );
  }
  return { chain: chainOfOnnx(graph, values), drawn: { z: Float32Array.from(z.data), images } };
}

/**
 * What a file asks for is checked layer by layer; where it still makes no sense, as in one that was damaged on purpose, that is said, too.
 * @throws StudioError `damaged` for whatever else is thrown
 */
export function orSentence<T>(file: string, make: () => T): T {
  try {
    return make();
  } catch (cause) {
    if (cause instanceof StudioError) throw cause;
    throw new StudioError(
      'damaged',
      `The layers in ${file} do not fit each other. Export the model again, or copy it again if it was damaged on the way.`,
      { cause },
    );
  }
}

/** A standard normal latent in the form that the graph's input has. */
function latentFor(graph: OnnxGraph, file: string): ReferenceTensor {
  const [input] = graph.inputs;
  if (input === undefined || graph.inputs.length > 1) {
    const names = graph.inputs.map(({ name }) => name).join(', ');
    throw new StudioError(
      'wrong-usage',
      `${file} has ${graph.inputs.length} inputs${names === '' ? '' : ` (${names})`}; a generator has one, its latents.`,
    );
  }
  const latent = typeof input.shape[1] === 'string' ? latentOfWeights(graph, input.name) : input.shape[1];
  const shape = input.shape.map((extent, axis) =>
    axis === 1 ? (latent ?? 0) : axis === 0 || typeof extent === 'string' ? 1 : extent,
  );
  const rest = shape.slice(1);
  const isLatent = latent !== undefined && latent >= 1 && latent <= mostLatents;
  if (!isLatent || rest.slice(1).some((extent) => extent !== 1)) {
    throw new StudioError(
      'wrong-usage',
      `The input “${input.name}” of ${file} is ${input.shape.join(' × ')}, and latents are [batch, latent] or [batch, latent, 1, 1]. Is it a generator?`,
    );
  }
  const random = createRandom(seedOfCheck, 0x1a7e47);
  return { shape, data: Float64Array.from({ length: sizeOf(shape) }, () => Math.fround(random.normal())) };
}

/** How many latents the first layer reads, where the input leaves it open. */
function latentOfWeights({ nodes, initialisers }: OnnxGraph, input: string): number | undefined {
  for (const node of nodes) {
    const shape = initialisers.get(node.inputs[1] ?? '')?.shape;
    if (shape === undefined) continue;
    if (node.operator === 'ConvTranspose' || node.operator === 'MatMul') return shape[0];
    if (node.operator === 'Gemm') return shape[intOf(node, 'transB', 0)];
    if (node.inputs[0] === input && node.operator === 'Conv') return shape[1];
  }
  return undefined;
}
