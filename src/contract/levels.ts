import { z } from 'zod';
import type { ModelKind } from './hyperParameters.ts';
import type { ImportedHyperParameters } from './importedModel.ts';

/**
 * The four convolutional levels of a generator, named by the maps they put out (paper, Sec. 4.1: "coarse" is closest
 * to the latents; which layer each word means is our choice). Of the β-VAE: coarse 16×16, intermediate 32×32, fine 64×64,
 * image 64×64×3; of the DCGAN: 8×8, 16×16, 32×32, 64×64×3.
 */
export const levels = ['coarse', 'intermediate', 'fine', 'image'] as const;
/** The levels whose maps are hidden, that is, all but the image. */
export const hiddenLevels = ['coarse', 'intermediate', 'fine'] as const;

export const levelSchema = z.enum(levels);
export const hiddenLevelSchema = z.enum(hiddenLevels);

export type Level = z.infer<typeof levelSchema>;
export type HiddenLevel = z.infer<typeof hiddenLevelSchema>;

/** Whether a level is named by the maps that its layer puts out, or by those that it takes in: both are readings of the paper. */
export const levelNamings = ['output', 'input'] as const;
export type LevelNaming = (typeof levelNamings)[number];

/** Sides of the maps that each layer takes in and puts out. */
export type LevelSides = Readonly<Record<Level, readonly [input: number, output: number]>>;

const sidesOf: Readonly<Record<ModelKind, LevelSides>> = {
  vae: { coarse: [8, 16], intermediate: [16, 32], fine: [32, 64], image: [64, 64] },
  dcgan: { coarse: [4, 8], intermediate: [8, 16], fine: [16, 32], image: [32, 64] },
};

/** The sides of a model's levels: of a generator from elsewhere those of its last four layers. */
export function levelSides(
  model: { kind: ModelKind } | { kind: 'imported'; hyperParameters: ImportedHyperParameters },
): LevelSides {
  if (model.kind !== 'imported') return sidesOf[model.kind];
  const { layers, size } = model.hyperParameters;
  const [coarse, intermediate, fine, image] = layers.slice(-4).map(({ inputSize }) => inputSize) as [
    number,
    number,
    number,
    number,
  ];
  return {
    coarse: [coarse, intermediate],
    intermediate: [intermediate, fine],
    fine: [fine, image],
    image: [image, size],
  };
}

/**
 * What people read wherever a level is named, on pages, in figures and from the command line: "fine"; with the sides of a model's levels
 * "fine (64 × 64)", or "fine (from 32 × 32)" by the maps that it takes in.
 */
export function levelName(level: Level, of?: { sides: LevelSides; naming: LevelNaming }): string {
  if (of === undefined) return level;
  const [input, output] = of.sides[level];
  return of.naming === 'input' ? `${level} (from ${input} × ${input})` : `${level} (${output} × ${output})`;
}

/**
 * The same of a measured layer such as `decoder.fine` or `discriminator.coarse`, by the maps that it puts out.
 * @param mapSize side of the maps that it takes in: a generator from elsewhere may have others than a DCGAN, and is named by these
 */
export function levelNameOfLayer({
  layer,
  level,
  mapSize,
}: {
  layer: string;
  level: Level;
  mapSize: number;
}): string {
  const isGenerator = layer.startsWith('generator.');
  const sides = sidesOf[isGenerator || layer.startsWith('discriminator.') ? 'dcgan' : 'vae'];
  const isOther = isGenerator && sides[level][0] !== mapSize;
  return isOther ? `${level} (from ${mapSize} × ${mapSize})` : levelName(level, { sides, naming: 'output' });
}
