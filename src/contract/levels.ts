import { z } from 'zod';
import type { ModelKind } from './hyperParameters.ts';

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

/** Sides of the maps that each layer of a β-VAE takes in and puts out; a DCGAN's are half, but for its picture. */
const sides: Readonly<Record<Level, readonly [input: number, output: number]>> = {
  coarse: [8, 16],
  intermediate: [16, 32],
  fine: [32, 64],
  image: [64, 64],
};

/**
 * What people read wherever a level is named, on pages, in figures and from the command line: "fine"; with the model's kind "fine (64 × 64)",
 * or "fine (from 32 × 32)" by the maps that it takes in.
 */
export function levelName(level: Level, of?: { kind: ModelKind; naming: LevelNaming }): string {
  if (of === undefined) return level;
  const [input, output] = sides[level];
  const isHalf = of.kind === 'dcgan';
  if (of.naming === 'input') {
    const side = isHalf ? input / 2 : input;
    return `${level} (from ${side} × ${side})`;
  }
  const side = isHalf && level !== 'image' ? output / 2 : output;
  return `${level} (${side} × ${side})`;
}

/** The kind of model that a layer such as `decoder.fine` or `discriminator.coarse` belongs to. */
export function kindOfLayer(layer: string): ModelKind {
  return /^(?:generator|discriminator)\./.test(layer) ? 'dcgan' : 'vae';
}
