import { z } from 'zod';

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
