import { StudioError } from './errors.ts';
import type { RunFile, TrainedSettings } from './runFiles.ts';

/**
 * The model of a run that can be trained.
 * @throws StudioError `wrong-usage` for a generator that was trained elsewhere
 */
export function trainable({ id, model }: Pick<RunFile, 'id' | 'model'>): TrainedSettings {
  if (model.kind !== 'imported') return model;
  throw new StudioError(
    'wrong-usage',
    `“${id}” is a generator that was imported from ${model.from.file}. It can be explored, changed and measured, and is not trained here. Train a run of your own.`,
  );
}
