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

/** Sides of the maps that each layer of a model takes in and puts out; a level that the model lacks has none. */
export type LevelSides = Readonly<Partial<Record<Level, readonly [input: number, output: number]>>>;

/** What decides the levels that a model has. */
export type LevelledModel =
  | { kind: ModelKind }
  | { kind: 'imported'; hyperParameters: Pick<ImportedHyperParameters, 'layers' | 'size'> };

/**
 * The levels of a generator by the number of its convolutions after its first maps, named from the picture's end: the last is
 * `image`, and FluoHair's maps, which it takes in, are always `fine` (our choice; docs/decisions/exchange.md). One with fewer than four
 * lacks the first levels; one with more has the others before them.
 */
export function levelsOfConvolutions(count: number): readonly Level[] {
  return levels.slice(-Math.min(count, levels.length));
}

/** The levels that a model has, in computing order. */
export function levelsOf(model: LevelledModel): readonly Level[] {
  return model.kind === 'imported' ? levelsOfConvolutions(model.hyperParameters.layers.length) : levels;
}

/** Those whose maps are hidden. */
export function hiddenLevelsOf(model: LevelledModel): readonly HiddenLevel[] {
  return hiddenAmong(levelsOf(model));
}

/** Of some levels those whose maps are hidden. */
export function hiddenAmong(some: readonly Level[]): readonly HiddenLevel[] {
  return hiddenLevels.filter((level) => some.includes(level));
}

/** The level that was asked for where a model has it, else the nearest that it has: those that are missing are the first ones. */
export function nearestLevel<L extends Level>(asked: L, some: readonly L[]): L {
  return some.includes(asked) ? asked : (some[0] ?? asked);
}

const sidesOf: Readonly<Record<ModelKind, Required<LevelSides>>> = {
  vae: { coarse: [8, 16], intermediate: [16, 32], fine: [32, 64], image: [64, 64] },
  dcgan: { coarse: [4, 8], intermediate: [8, 16], fine: [16, 32], image: [32, 64] },
};

/** The sides of a model's levels: of a generator from elsewhere those of its last layers, four at most. */
export function levelSides(model: LevelledModel): LevelSides {
  if (model.kind !== 'imported') return sidesOf[model.kind];
  const { layers, size } = model.hyperParameters;
  const own = levelsOf(model);
  const sides = [...layers.slice(-own.length).map(({ inputSize }) => inputSize), size];
  return Object.fromEntries(own.map((level, at) => [level, [sides[at]!, sides[at + 1]!]]));
}

/**
 * What people read wherever a level is named, on pages, in figures and from the command line: "fine"; with the sides of a model's levels
 * "fine (64 × 64)", or "fine (from 32 × 32)" by the maps that it takes in.
 */
export function levelName(level: Level, of?: { sides: LevelSides; naming: LevelNaming }): string {
  const sides = of?.sides[level];
  if (of === undefined || sides === undefined) return level;
  const [input, output] = sides;
  return of.naming === 'input' ? `${level} (from ${input} × ${input})` : `${level} (${output} × ${output})`;
}

/** A measured layer, such as `decoder.fine` or `discriminator.coarse`, with the side of the maps that it takes in. */
interface MeasuredLayer {
  layer: string;
  level: Level;
  mapSize: number;
}

/**
 * The same of a measured layer, by the maps that it puts out.
 * @param measured all layers that were measured with it: a generator from elsewhere is told from a DCGAN by them, and its levels are named
 *   by the maps that they take in
 */
export function levelNameOfLayer(
  { layer, level, mapSize }: MeasuredLayer,
  measured: readonly MeasuredLayer[],
): string {
  const isGenerator = isOfGenerator(layer);
  const sides = sidesOf[isGenerator || layer.startsWith('discriminator.') ? 'dcgan' : 'vae'];
  return isGenerator && !isOwnDcgan(measured)
    ? levelName(level, { sides: { [level]: [mapSize, mapSize] }, naming: 'input' })
    : levelName(level, { sides, naming: 'output' });
}

function isOfGenerator(layer: string): boolean {
  return layer.startsWith('generator.');
}

/** Whether the layers of a generator take in maps of the sides of those that are trained here. */
function isOwnDcgan(measured: readonly MeasuredLayer[]): boolean {
  return levels.every((level) =>
    measured.some(
      (each) => isOfGenerator(each.layer) && each.level === level && each.mapSize === sidesOf.dcgan[level][0],
    ),
  );
}
