import { StudioError } from '../../contract/errors.ts';
import type { Activation, Doubling } from '../../contract/importedModel.ts';
import { biasOf, normedAfter } from './affine.ts';
import type { Affine } from './affine.ts';
import type { ChainLink, LinkOf } from './chain.ts';

/** A linear link with what follows it, up to the next one. */
export interface Section {
  linear: LinkOf<'dense'> | LinkOf<'convolution'>;
  /** Bias and batch norms: of the maps where rows become maps. */
  affine: Affine;
  /** In such a section, what was done to the rows before. */
  rows: Affine | undefined;
  activation: Activation;
  slope: number;
  doubled: Doubling | null;
  /** Where rows become maps, in a section that begins with a dense layer. */
  maps: LinkOf<'maps'> | undefined;
}

/** Cuts the chain at its linear links. */
export function sectionsOf(links: readonly ChainLink[]): Section[] {
  const sections: Section[] = [];
  let isActive = false;
  for (const link of links) {
    const section = sections.at(-1);
    if (link.kind === 'dense' || link.kind === 'convolution') {
      const affine = biasOf(link.bias, link.outputs);
      sections.push({
        linear: link,
        affine,
        activation: 'none',
        slope: 0,
        doubled: null,
        maps: undefined,
        rows: undefined,
      });
      isActive = false;
      continue;
    }
    // Latents that are written as maps of one pixel begin with a link that says so.
    if (section === undefined) throw misplaced(link);
    switch (link.kind) {
      case 'maps':
        if (section.linear.kind !== 'dense' || section.maps !== undefined) throw misplaced(link);
        section.maps = link;
        section.rows = section.affine;
        section.affine = biasOf(undefined, link.channels);
        break;
      case 'norm':
        if (isActive) throw misplaced(link);
        if (link.gamma.length !== section.affine.factor.length) throw misplaced(link);
        section.affine = normedAfter(section.affine, link);
        break;
      case 'activation':
        if (isActive || section.doubled === 'bilinear') throw misplaced(link);
        section.activation = link.activation;
        section.slope = link.activation === 'leakyRelu' ? link.slope : 0;
        isActive = true;
        break;
      case 'doubled':
        if (section.doubled !== null) throw misplaced(link);
        section.doubled = link.way;
    }
  }
  return sections;
}

export function misplaced({ at, kind }: ChainLink): StudioError {
  const names: Record<ChainLink['kind'], string> = {
    dense: 'dense layer',
    maps: 'reshape',
    convolution: 'convolution',
    norm: 'batch norm or sum',
    activation: 'non-linearity',
    doubled: 'upsampling',
  };
  return new StudioError(
    'wrong-usage',
    `The ${names[kind]} “${at}” stands where it is not understood here. Layers are read as convolution or dense, then batch norm, then non-linearity, then upsampling; each may be missing.`,
  );
}
