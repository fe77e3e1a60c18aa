import { StudioError } from '../../contract/errors.ts';
import type { Activation } from '../../contract/importedModel.ts';
import type { NamedArray } from '../models/safetensors.ts';
import type { LinkOf } from './chain.ts';
import { groupsOf, LeftNorms, normOf } from './chainOfStateDict.ts';
import type { Group } from './chainOfStateDict.ts';
import { transposed } from './channelsFirst.ts';
import type { EncoderChain, EncoderHead, EncoderLink } from './encoderChain.ts';

/*
 * An encoder's weights without its network: convolutions that halve their maps, each with batch norm where there is one, dense layers, and
 * heads that are told by their names. Which non-linearity is between them no shape tells, so there is a chain for each usual one.
 */

const encoderName = /^(module\.)?(enc|encoder|net_?e|inference)[._/]/i;
const headNames = {
  mean: /(^|[._/])(fc|linear|to|z|enc|conv|head|layer)?_?(mu|mean|means)(_?(fc|linear|head|layer|z))?$/i,
  logVariance:
    /(^|[._/])(fc|linear|to|z|enc|conv|head|layer)?_?(log_?(var|variance|sigma2)|lv|var)(_?(fc|linear|head|layer|z))?$/i,
} as const;

/** Non-linearities that are tried: ReLU, and the leaky ones of PyTorch and of DCGANs. */
const bends: readonly { activation: Activation; slope: number }[] = [
  { activation: 'relu', slope: 0 },
  { activation: 'leakyRelu', slope: 0.01 },
  { activation: 'leakyRelu', slope: 0.2 },
];

/** Whether weights hold an encoder beside something else. */
export function holdsEncoder(arrays: ReadonlyMap<string, NamedArray>): boolean {
  return [...arrays.keys()].some((name) => encoderName.test(name));
}

/**
 * The chains that an encoder's weights may be of, one a non-linearity.
 * @throws StudioError `wrong-usage` where the shapes are of no encoder that is known
 */
export function encodersOfStateDict(
  arrays: ReadonlyMap<string, NamedArray>,
  { latent, side, source }: { latent: number; side: number; source: string },
): EncoderChain[] {
  const groups = groupsOf(encoderIn(arrays));
  const mean = groups.find(({ name }) => headNames.mean.test(name));
  const logVariance = groups.find(({ name }) => headNames.logVariance.test(name));
  const hidden = groups.filter((group) => group !== mean && group !== logVariance);
  const kernels = hidden.filter(({ kernel }) => kernel !== undefined);
  // Without named heads the last dense layer puts out mean and log-variance, or the mean alone.
  const last = mean ?? kernels.filter(({ kernel }) => kernel!.shape.length === 2).at(-1);
  if (last === undefined) throw unknown(source, 'it has no dense layer that puts out the mean');
  const layers = kernels.filter((group) => group !== last);
  const linear = linearLayers(layers, { side, source });
  const heads = headsOf(last, logVariance, latent, source);
  return bends.map((bend) => ({
    pictures: linear.pictures,
    trunk: withBends(linear.links, hidden, bend, source),
    ...heads,
  }));
}

function encoderIn(arrays: ReadonlyMap<string, NamedArray>): ReadonlyMap<string, NamedArray> {
  if (!holdsEncoder(arrays)) return arrays;
  const isHead = (name: string): boolean => {
    const layer = name.slice(0, name.lastIndexOf('.'));
    return headNames.mean.test(layer) || headNames.logVariance.test(layer);
  };
  return new Map([...arrays].filter(([name]) => encoderName.test(name) || isHead(name)));
}

interface Linear {
  pictures: EncoderChain['pictures'];
  links: EncoderLink[];
}

function linearLayers(groups: readonly Group[], { side, source }: { side: number; source: string }): Linear {
  const links: EncoderLink[] = [];
  let size = side;
  let channels: number | undefined;
  const convolutions = groups.filter(({ kernel }) => kernel!.shape.length === 4);
  const colours = convolutions[0]?.kernel!.shape[1];
  if (colours !== 1 && colours !== 3) throw unknown(source, 'its first layer is no convolution of pictures');
  for (const { name, kernel, bias } of convolutions) {
    const [outputs, inputs, rows, columns] = kernel!.shape as [number, number, number, number];
    if (rows !== columns || (channels !== undefined && inputs !== channels)) {
      throw unknown(
        source,
        `“${name}” is ${kernel!.shape.join(' × ')}, and ${channels ?? colours} channels go into it`,
      );
    }
    const isWhole = rows === size;
    const around = isWhole ? 0 : Math.floor((rows - 1) / 2);
    const stride = isWhole ? 1 : 2;
    links.push({
      ...{ at: name, kind: 'convolution', isTransposed: false, inputs, outputs, kernel: rows, stride },
      ...{ taps: kernel!.data, bias: bias?.data, before: around, after: around },
    });
    size = Math.floor((size + 2 * around - rows) / stride) + 1;
    channels = outputs;
  }
  links.push({ at: 'flatten', kind: 'flat', channels: channels!, side: size, order: 'channelsFirst' });
  for (const group of groups) if (group.kernel!.shape.length === 2) links.push(denseOf(group));
  return { pictures: { channels: colours, side }, links };
}

function denseOf({ name, kernel, bias }: Group): LinkOf<'dense'> {
  const [outputs, inputs] = kernel!.shape as [number, number];
  const { data: matrix } = transposed(kernel!.data, kernel!.shape, [1, 0]);
  return { at: name, kind: 'dense', inputs, outputs, matrix, bias: bias?.data };
}

/** Batch norms go to the layers that they belong to; after every layer comes the non-linearity. */
function withBends(
  links: readonly EncoderLink[],
  groups: readonly Group[],
  bend: (typeof bends)[number],
  source: string,
): EncoderLink[] {
  const norms = new LeftNorms(groups);
  const all = links.flatMap((link): EncoderLink[] => {
    if (link.kind !== 'convolution' && link.kind !== 'dense') return [link];
    const norm = norms.take(link.at, link.outputs);
    const normed = norm === undefined ? [] : [normOf(norm, link.outputs, source) as LinkOf<'norm'>];
    return [link, ...normed, { at: link.at, kind: 'activation', ...bend }];
  });
  if (norms.next !== undefined) throw unknown(source, `the batch norm “${norms.next.name}” fits no layer`);
  return all;
}

function headsOf(
  mean: Group,
  logVariance: Group | undefined,
  latent: number,
  source: string,
): Pick<EncoderChain, 'mean' | 'logVariance'> {
  const head = (group: Group, columns?: EncoderHead['columns']): EncoderHead => {
    if (group.kernel?.shape.length !== 2) throw unknown(source, `“${group.name}” is no dense layer`);
    return { at: group.name, linear: denseOf(group), norms: [], columns };
  };
  const ending = { form: 'linear', least: 0, most: 0 } as const;
  if (logVariance !== undefined)
    return { mean: head(mean), logVariance: { head: head(logVariance), ending } };
  if (mean.kernel?.shape[0] !== 2 * latent) return { mean: head(mean), logVariance: undefined };
  return {
    mean: head(mean, [0, latent]),
    logVariance: { head: head(mean, [latent, 2 * latent]), ending },
  };
}

function unknown(source: string, why: string): StudioError {
  return new StudioError(
    'wrong-usage',
    `${source} holds an encoder’s weights without its network, and their shapes are of no encoder that is known: ${why}. Export the encoder as ONNX (docs/python.md).`,
  );
}
