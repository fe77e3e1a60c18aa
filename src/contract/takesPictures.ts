import type { ModelKind } from './hyperParameters.ts';

/** As much of a run's model as tells whether it has an encoder. */
export type MayEncode = { kind: ModelKind } | { kind: 'imported'; encoder?: object | undefined };

/** Whether a model takes in pictures: a β-VAE does, and a generator from elsewhere that came with its encoder. */
export function takesPictures(model: MayEncode): boolean {
  return model.kind === 'vae' || (model.kind === 'imported' && model.encoder !== undefined);
}
