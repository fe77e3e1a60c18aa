import { z } from 'zod';
import { StudioError } from '../../contract/errors.ts';
import type { Activation } from '../../contract/importedModel.ts';
import type { Chain, ChainLink } from './chain.ts';
import { transposed } from './channelsFirst.ts';
import { sizeOf } from '../models/safetensors.ts';

/*
 * A TensorFlow.js layers model, as `tensorflowjs_converter` and `model.save` write it: model.json with the layers of Keras and a list of
 * weights, and shards of bytes beside it. Its maps have the channels last, and its SAME pads as TensorFlow does.
 */

const configSchema = z.looseObject({ name: z.string().default('') });
const layerSchema = z.object({ class_name: z.string(), config: configSchema });
type Layer = z.infer<typeof layerSchema>;

const weightSchema = z.object({
  name: z.string(),
  shape: z.array(z.number().int().nonnegative()),
  dtype: z.string(),
  quantization: z.unknown().optional(),
});

const modelSchema = z.object({
  modelTopology: z.union([
    z.object({
      model_config: z.object({
        config: z.union([z.array(layerSchema), z.object({ layers: z.array(layerSchema) })]),
      }),
    }),
    z.object({ config: z.union([z.array(layerSchema), z.object({ layers: z.array(layerSchema) })]) }),
  ]),
  weightsManifest: z.array(z.object({ paths: z.array(z.string()), weights: z.array(weightSchema) })),
});

interface Weight {
  shape: number[];
  data: Float32Array;
}

/**
 * The chain of a TensorFlow.js layers model.
 * @param beside reads a file that lies beside it
 * @throws StudioError `damaged` for other JSON, `wrong-usage` for a layer that is not understood, naming it
 */
export async function chainOfTfjs(
  bytes: Buffer,
  source: string,
  beside: (name: string) => Promise<Uint8Array>,
): Promise<Chain> {
  const { modelTopology, weightsManifest } = parse(bytes, source);
  const weights = new Map<string, Weight>();
  for (const { paths, weights: listed } of weightsManifest) {
    const shards: Uint8Array[] = [];
    for (const path of paths) shards.push(await beside(path));
    addWeights(weights, Buffer.concat(shards), listed, source);
  }
  const config = 'model_config' in modelTopology ? modelTopology.model_config.config : modelTopology.config;
  const layers = Array.isArray(config) ? config : config.layers;
  const links: ChainLink[] = [];
  let side = 1;
  for (const layer of layers) {
    const added = linksOf(layer, weights, side);
    links.push(...added);
    for (const link of added) side = sideAfter(link, side);
  }
  const first = links[0];
  if (first?.kind !== 'dense' && first?.kind !== 'convolution') {
    throw new StudioError(
      'wrong-usage',
      `${source} does not begin with a dense layer or a transposed convolution of latents. Is it a generator?`,
    );
  }
  return { latent: first.inputs, links };
}

function parse(bytes: Buffer, source: string): z.infer<typeof modelSchema> {
  let json: unknown;
  try {
    json = JSON.parse(bytes.toString('utf8'));
  } catch (cause) {
    throw new StudioError('damaged', `${source} is not valid JSON. Save the model again.`, { cause });
  }
  const parsed = modelSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new StudioError(
    'wrong-usage',
    `${source} is not a TensorFlow.js layers model: its layers or its list of weights are missing. Graph models are not understood; convert the Keras model to a layers model.`,
  );
}

function addWeights(
  weights: Map<string, Weight>,
  bytes: Buffer,
  listed: readonly z.infer<typeof weightSchema>[],
  source: string,
): void {
  let offset = 0;
  for (const { name, shape, dtype, quantization } of listed) {
    if (dtype !== 'float32' || quantization !== undefined) {
      throw new StudioError(
        'wrong-usage',
        `${source} holds “${name}” as ${quantization === undefined ? dtype : 'quantised numbers'}; only float32 is read. Convert it without quantisation.`,
      );
    }
    const count = sizeOf(shape);
    if (offset + 4 * count > bytes.length) {
      throw new StudioError(
        'damaged',
        `The weights of ${source} end before “${name}”. Copy all its files again.`,
      );
    }
    const data = Float32Array.from({ length: count }, (_, at) => bytes.readFloatLE(offset + 4 * at));
    weights.set(name, { shape, data });
    offset += 4 * count;
  }
}

const activationsOf: Readonly<Record<string, Activation | undefined>> = {
  relu: 'relu',
  tanh: 'tanh',
  sigmoid: 'sigmoid',
  leaky_relu: 'leakyRelu',
};

function linksOf(
  { class_name: kind, config }: Layer,
  weights: ReadonlyMap<string, Weight>,
  side: number,
): ChainLink[] {
  const at = config.name;
  const weight = (part: string): Weight | undefined => weights.get(`${at}/${part}`);
  switch (kind) {
    case 'InputLayer':
    case 'Dropout':
    case 'Flatten':
      return [];
    case 'Dense': {
      const kernel = needed(weight('kernel'), at);
      const [inputs, outputs] = kernel.shape as [number, number];
      return [
        { at, kind: 'dense', inputs, outputs, matrix: kernel.data, bias: weight('bias')?.data },
        ...activation(at, config['activation']),
      ];
    }
    case 'Reshape': {
      const [height, , channels] = z
        .tuple([z.number(), z.number(), z.number()])
        .parse(config['target_shape'], {
          error: () => `The layer “${at}” reshapes to something other than maps.`,
        });
      return height === 1 ? [] : [{ at, kind: 'maps', channels, side: height, order: 'channelsLast' }];
    }
    case 'Conv2D':
    case 'Conv2DTranspose':
      return convolution(
        { at, config, isTransposed: kind === 'Conv2DTranspose', side },
        needed(weight('kernel'), at),
        weight('bias'),
      );
    case 'BatchNormalization': {
      const [mean, variance] = [
        needed(weight('moving_mean'), at).data,
        needed(weight('moving_variance'), at).data,
      ];
      const gamma = weight('gamma')?.data ?? new Float32Array(mean.length).fill(1);
      const beta = weight('beta')?.data ?? new Float32Array(mean.length);
      const epsilon = typeof config['epsilon'] === 'number' ? config['epsilon'] : 1e-3;
      return [{ at, kind: 'norm', gamma, beta, mean, variance, epsilon }];
    }
    case 'ReLU':
      return activation(at, 'relu');
    case 'LeakyReLU': {
      const given = config['alpha'] ?? config['negative_slope'];
      return [
        { at, kind: 'activation', activation: 'leakyRelu', slope: typeof given === 'number' ? given : 0.3 },
      ];
    }
    case 'Activation':
      return activation(at, config['activation']);
    case 'UpSampling2D':
      return [upsampled(at, config)];
    default:
      throw new StudioError(
        'wrong-usage',
        `The layer “${at}” is of the kind ${kind}, which is not understood here. Networks of convolutions, dense layers, batch norm and the usual non-linearities are (docs/python.md).`,
      );
  }
}

function needed(weight: Weight | undefined, at: string): Weight {
  if (weight !== undefined) return weight;
  throw new StudioError(
    'damaged',
    `The weights of the layer “${at}” are not in the model’s list. Save the model again.`,
  );
}

function activation(at: string, name: unknown): ChainLink[] {
  if (name === undefined || name === null || name === 'linear') return [];
  const known = typeof name === 'string' ? activationsOf[name] : undefined;
  if (known !== undefined)
    return [{ at, kind: 'activation', activation: known, slope: known === 'leakyRelu' ? 0.2 : 0 }];
  throw new StudioError(
    'wrong-usage',
    `The layer “${at}” has the non-linearity ${JSON.stringify(name)}, which is not understood here.`,
  );
}

function upsampled(at: string, config: Layer['config']): ChainLink {
  const size = config['size'];
  const way = config['interpolation'] ?? 'nearest';
  const isDouble = Array.isArray(size) && size[0] === 2 && size[1] === 2;
  if (isDouble && (way === 'nearest' || way === 'bilinear')) return { at, kind: 'doubled', way };
  throw new StudioError(
    'wrong-usage',
    `The layer “${at}” upsamples by something other than 2 × 2, nearest or bilinear.`,
  );
}

interface ConvolutionAt {
  at: string;
  config: Layer['config'];
  isTransposed: boolean;
  /** Of the maps that go in. */
  side: number;
}

function convolution(
  { at, config, isTransposed, side }: ConvolutionAt,
  kernel: Weight,
  bias: Weight | undefined,
): ChainLink[] {
  const [height, width, third, fourth] = kernel.shape as [number, number, number, number];
  const strides = config['strides'];
  const stride = Array.isArray(strides) && typeof strides[0] === 'number' ? strides[0] : 1;
  if (height !== width || (Array.isArray(strides) && strides[0] !== strides[1])) {
    throw new StudioError(
      'wrong-usage',
      `The convolution “${at}” is not square, which is not understood here.`,
    );
  }
  const [inputs, outputs] = isTransposed ? [fourth, third] : [third, fourth];
  const { before, after } = padding(config['padding'], { kernel: height, stride, isTransposed, side });
  const { data: taps } = transposed(kernel.data, kernel.shape, [3, 2, 0, 1]);
  return [
    {
      ...{ at, kind: 'convolution', isTransposed, inputs, outputs, kernel: height, taps },
      ...{ bias: bias?.data, stride, before, after },
    },
    ...activation(at, config['activation']),
  ];
}

/** TensorFlow's SAME: what is padded, or cut, more is so after the last pixel. */
function padding(
  name: unknown,
  {
    kernel,
    stride,
    isTransposed,
    side,
  }: { kernel: number; stride: number; isTransposed: boolean; side: number },
): { before: number; after: number } {
  if (name !== 'same') return { before: 0, after: 0 };
  const rest = isTransposed ? 0 : side % stride;
  const whole = Math.max(0, kernel - (rest === 0 ? stride : rest));
  const before = Math.floor(whole / 2);
  return { before, after: whole - before };
}

function sideAfter(link: ChainLink, side: number): number {
  switch (link.kind) {
    case 'maps':
      return link.side;
    case 'doubled':
      return 2 * side;
    case 'convolution':
      return link.isTransposed
        ? (side - 1) * link.stride + link.kernel - link.before - link.after
        : Math.floor((side + link.before + link.after - link.kernel) / link.stride) + 1;
    case 'dense':
    case 'norm':
    case 'activation':
      return side;
  }
}
