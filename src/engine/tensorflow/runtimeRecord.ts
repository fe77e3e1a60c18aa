import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { runtimeRecordSchema } from '../../contract/doctor.ts';
import type { RuntimeRecord } from '../../contract/doctor.ts';

/** Undefined where the start script has not written one, as where somebody installed the binding by hand. */
export function readRuntimeRecord(): RuntimeRecord | undefined {
  try {
    const require = createRequire(import.meta.url);
    const folder = dirname(require.resolve('@tensorflow/tfjs-node-gpu/package.json'));
    const text = readFileSync(join(folder, 'lib', 'napi-v8', 'runtime.json'), 'utf8');
    const parsed = runtimeRecordSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
