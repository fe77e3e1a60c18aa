import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StepMode } from '../../../src/contract/runFiles.ts';
import { answersName, answersSchema } from './messages.ts';
import type { Answer, Request, Task } from './messages.ts';

/** A process of the check: what it is for, where it computes and how, and what it does. */
export interface Part {
  name: string;
  device: 'cpu' | 'gpu';
  mode: StepMode;
  /** Ampere and later round what goes into products to 10 bits unless this is false. */
  tf32: boolean;
  tasks: Task[];
}

/** Longer than anything takes but the compiling of kernels at a first start. */
const patienceMilliseconds = 30 * 60_000;

/** Runs a part in a process of its own: device, threads and ways of computing are settled when TensorFlow is loaded. */
export async function runPart(part: Part, program: string, folder: string): Promise<Answer[]> {
  const own = join(folder, part.name);
  await mkdir(own);
  const request: Request = { folder, tasks: part.tasks };
  const file = join(own, 'request.json');
  await writeFile(file, JSON.stringify(request));
  const child = spawn(process.execPath, [program, 'work', file], {
    env: environmentOf(part),
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: patienceMilliseconds,
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-2000)));
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  const answers = await readAnswers(own);
  const ending = code === 0 ? '' : `its process ended with ${String(code ?? signal)}: ${said.trim()}`;
  return part.tasks.map((_, at) => answers[at] ?? { kind: 'failed', message: ending });
}

function environmentOf({ device, mode, tf32 }: Part): NodeJS.ProcessEnv {
  return {
    ...process.env,
    EXTRAPOLATION_STEP: mode,
    ...(device === 'cpu' && { CUDA_VISIBLE_DEVICES: '-1' }),
    ...(!tf32 && { NVIDIA_TF32_OVERRIDE: '0' }),
  };
}

async function readAnswers(own: string): Promise<Answer[]> {
  const text = await readFile(join(own, answersName), 'utf8').catch(() => '[]');
  return answersSchema.parse(JSON.parse(text));
}
