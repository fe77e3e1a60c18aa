import { spawnSync } from 'node:child_process';

/** Bytes of a GPU's memory that are taken, by whomever; undefined where the driver's tool does not say. */
export function gpuMemoryInUse(uuid: string): number | undefined {
  const asked = spawnSync(
    'nvidia-smi',
    [`--id=${uuid}`, '--query-gpu=memory.used', '--format=csv,noheader,nounits'],
    { encoding: 'utf8', timeout: 30_000, stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const mebibytes = Number.parseFloat(asked.stdout);
  return asked.status === 0 && Number.isFinite(mebibytes) ? mebibytes * 2 ** 20 : undefined;
}
