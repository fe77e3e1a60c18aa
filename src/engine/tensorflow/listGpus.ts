import { spawnSync } from 'node:child_process';
import { z } from 'zod';
import { gpuSchema } from '../../contract/gpu.ts';
import type { Gpu } from '../../contract/gpu.ts';

/** Without a driver that stays loaded, the tool wakes every GPU first, which takes seconds. */
const patienceMilliseconds = 30_000;

const fields = ['uuid', 'compute_cap', 'name', 'memory.total', 'driver_version'] as const;

const rowSchema = z
  .tuple([z.string(), z.coerce.number(), z.string(), z.coerce.number(), z.string()])
  .transform(([uuid, computeCapability, name, memoryMebibytes, driver]) => ({
    ...{ uuid, name, computeCapability, memoryMebibytes, driver },
  }))
  .pipe(gpuSchema);

/**
 * Asks the driver's own tool, `nvidia-smi`, which GPUs there are.
 * @returns undefined where it is missing, or says what nobody understands: nothing is known then, and nothing is to be concluded
 */
export function listGpus(env: NodeJS.ProcessEnv): Gpu[] | undefined {
  const asked = spawnSync(
    'nvidia-smi',
    [`--query-gpu=${fields.join(',')}`, '--format=csv,noheader,nounits'],
    { env, encoding: 'utf8', timeout: patienceMilliseconds, stdio: ['ignore', 'pipe', 'ignore'] },
  );
  return asked.status === 0 ? parseGpus(asked.stdout) : undefined;
}

/** A line a GPU, its fields between commas. */
export function parseGpus(text: string): Gpu[] | undefined {
  const rows = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => line.split(',').map((field) => field.trim()));
  const parsed = z.array(rowSchema).safeParse(rows);
  return parsed.success ? parsed.data : undefined;
}
