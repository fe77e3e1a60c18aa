import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { runtimeRecordSchema } from '../../contract/doctor.ts';
import type { RuntimeRecord } from '../../contract/doctor.ts';

/** Undefined where the start script has not written one, as where somebody installed the binding by hand. */
export function readRuntimeRecord(): RuntimeRecord | undefined {
  try {
    const parsed = runtimeRecordSchema.safeParse(JSON.parse(readFileSync(recordFile(), 'utf8')));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

function recordFile(): string {
  const elsewhere = process.env['EXTRAPOLATION_RUNTIME'];
  if (elsewhere !== undefined && elsewhere !== '') return elsewhere;
  const require = createRequire(import.meta.url);
  const folder = dirname(require.resolve('@tensorflow/tfjs-node-gpu/package.json'));
  return join(folder, 'lib', 'napi-v8', 'runtime.json');
}
