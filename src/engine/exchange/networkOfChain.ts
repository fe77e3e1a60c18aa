import { StudioError } from '../../contract/errors.ts';
import {
  fewestConvolutions,
  importedHyperParametersSchema,
  importedSizes,
} from '../../contract/importedModel.ts';
import type {
  Activation,
  Doubling,
  ImportedHyperParameters,
  ImportedLayer,
} from '../../contract/importedModel.ts';
import { levelsOfConvolutions } from '../../contract/levels.ts';
import type { NamedArray } from '../models/safetensors.ts';
import type { Chain, LinkOf } from './chain.ts';
import { imageArrays, kernelIn25, normArrays } from './importedArrays.ts';
import { kernelSize } from '../models/layers.ts';
import { misplaced, sectionsOf } from './sections.ts';
import type { Section } from './sections.ts';
import { flattenedStart } from './startOfChain.ts';

/** Layers after the first maps, and weights of one with its kernel in 5×5: 1024 channels from as many. */
const mostLayers = 12;
const mostWeights = 25 * 2 ** 20;

/** A generator with its weights, as `models/importedArchitecture.ts` runs it. */
export interface ImportedNetwork {
  hyperParameters: ImportedHyperParameters;
  arrays: Map<string, NamedArray>;
}

/**
 * A chain as dense layers, then maps, then at least two convolutions that double or keep their size, of which the last puts out
 * the picture.
 * @throws StudioError `wrong-usage` that names the layer that does not fit, and why
 */
export function networkOfChain({ latent, links }: Chain): ImportedNetwork {
  const sections = sectionsOf(links);
  const { start, rest, arrays } = flattenedStart(sections);
  const layers: ImportedLayer[] = [];
  let size = start.size * (start.doubled === null ? 1 : 2);
  let channels = start.channels;
  if (rest.length < fewestConvolutions) {
    throw new StudioError(
      'wrong-usage',
      `The generator has ${rest.length === 0 ? 'no convolution' : 'one convolution'} after its first maps, and at least two are needed: between the first maps and the picture there must be hidden maps to look at.`,
    );
  }
  if (rest.length > mostLayers) {
    throw new StudioError(
      'wrong-usage',
      `The generator has ${rest.length} convolutions after its first maps, and at most ${mostLayers} are understood here.`,
    );
  }
  rest.forEach((section, at) => {
    const name = nameOf(at, rest.length);
    const isLast = at === rest.length - 1;
    const layer = layerOf(section, { size, channels, isLast });
    layers.push(isLast ? { ...layer, outputChannels: 3, activation: 'none', normalised: false } : layer);
    const kernel = kernelIn25(section.linear as LinkOf<'convolution'>, layer.direction);
    if (isLast) imageArrays(arrays, name, { section, kernel, direction: layer.direction });
    else {
      arrays.set(`${name}.kernel`, kernel);
      normArrays(arrays, name, section.affine);
    }
    size = (layer.direction === 'up' ? 2 : 1) * size * (layer.doubled === null ? 1 : 2);
    channels = layer.outputChannels;
  });
  if (size < importedSizes.least || size > importedSizes.most) {
    throw new StudioError(
      'wrong-usage',
      `The generator draws pictures of ${size} × ${size} pixels; ${importedSizes.least} to ${importedSizes.most} are understood here.`,
    );
  }
  const last = rest.at(-1)!.linear as LinkOf<'convolution'>;
  const sizes = { latent, size, ...(last.outputs === 1 && { colours: 1 }), start, layers };
  return { hyperParameters: importedHyperParametersSchema.parse(sizes), arrays };
}

function nameOf(at: number, count: number): string {
  const levels = levelsOfConvolutions(count);
  const level = at - (count - levels.length);
  return `generator.${level < 0 ? `before${at}` : levels[level]!}`;
}

function layerOf(
  { linear, affine, activation, slope, doubled }: Section,
  { size, channels, isLast }: { size: number; channels: number; isLast: boolean },
): ImportedLayer {
  if (linear.kind === 'dense') throw misplaced(linear);
  const { at, isTransposed, inputs, outputs, kernel, stride, before, after } = linear;
  if (inputs !== channels) {
    throw new StudioError(
      'damaged',
      `The convolution “${at}” reads ${inputs} channels, and what goes into it has ${channels}.`,
    );
  }
  const isUp = isTransposed && stride === 2 && kernel - before - after === 2 && before >= 0;
  const isSame = stride === 1 && kernel % 2 === 1 && before === after && 2 * before === kernel - 1;
  if (kernel > 5 || (!isUp && !isSame)) {
    const what = isTransposed ? 'transposed convolution' : 'convolution';
    throw new StudioError(
      'wrong-usage',
      `The ${what} “${at}” has a kernel of ${kernel} × ${kernel}, stride ${stride} and padding ${before}. Understood are kernels of up to 5 × 5 that keep the size of their maps, or transposed ones with stride 2 that double it.`,
    );
  }
  if (kernelSize ** 2 * inputs * outputs > mostWeights) {
    throw new StudioError(
      'wrong-usage',
      `The convolution “${at}” reads ${inputs} channels and puts out ${outputs}, more than generators of pictures of up to 128 pixels have.`,
    );
  }
  if (isLast) requirePicture(linear, activation, doubled);
  return {
    ...{ direction: isUp ? 'up' : 'same', inputSize: size, inputChannels: inputs, outputChannels: outputs },
    ...{ kernel, cut: isUp ? before : 0, normalised: affine.isNorm, activation, slope, doubled },
  };
}

function requirePicture(
  { at, outputs }: LinkOf<'convolution'>,
  activation: Activation,
  doubled: Doubling | null,
): void {
  if (outputs !== 1 && outputs !== 3) {
    throw new StudioError(
      'wrong-usage',
      `The last convolution “${at}” puts out ${outputs} channels; pictures have 1 (grey) or 3 (red, green and blue).`,
    );
  }
  if (doubled !== null || (activation !== 'tanh' && activation !== 'sigmoid')) {
    throw new StudioError(
      'wrong-usage',
      `After the last convolution “${at}” a tanh (pictures from −1 to 1) or a sigmoid (0 to 1) is needed. Export the generator with its last non-linearity.`,
    );
  }
}
