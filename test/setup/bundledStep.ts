import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** The folder of the model that comes along, and its one checkpoint. */
export const bundledFolder = join(import.meta.dirname, '..', '..', 'resources', 'model');
export const bundledStep = z
  .object({ step: z.number() })
  .parse(JSON.parse(readFileSync(join(bundledFolder, 'status.json'), 'utf8'))).step;
/** As files and folders of that checkpoint are named. */
export const bundledStepName = `step-${String(bundledStep).padStart(8, '0')}`;
