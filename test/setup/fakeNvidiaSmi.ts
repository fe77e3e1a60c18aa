import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const gpuLines = {
  v100: 'GPU-11111111-aaaa, 7.0, Tesla V100-SXM2-16GB, 16384, 570.86.10',
  h200: 'GPU-22222222-bbbb, 9.0, NVIDIA H200, 143771, 580.159.03',
  b200: 'GPU-33333333-cccc, 10.0, NVIDIA B200, 183359, 580.159.03',
  gtx: 'GPU-44444444-dddd, 5.2, NVIDIA GeForce GTX 970, 4096, 535.54.03',
};

/**
 * A program named nvidia-smi in a folder of its own that answers with these lines.
 * @returns the PATH that finds it first
 */
export function fakeNvidiaSmi(folder: string, lines: readonly string[], code = 0): string {
  const place = join(folder, 'driver-tools');
  mkdirSync(place, { recursive: true });
  const file = join(place, 'nvidia-smi');
  // It checks how it is asked: the real one refuses fields that it does not know.
  const script = [
    '#!/bin/sh',
    `[ "$1" = "--query-gpu=uuid,compute_cap,name,memory.total,driver_version" ] || exit 2`,
    `[ "$2" = "--format=csv,noheader,nounits" ] || exit 2`,
    ...lines.map((line) => `echo '${line}'`),
    `exit ${code}`,
  ];
  writeFileSync(file, `${script.join('\n')}\n`);
  chmodSync(file, 0o755);
  return `${place}:${process.env['PATH'] ?? ''}`;
}
