import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeSafetensors } from '../../src/engine/models/safetensors.ts';
import { medianError, relativeError, worstGreyLevels, worstLoss } from '../bench/gpuCheck/compare.ts';
import { Judge } from '../bench/gpuCheck/judge.ts';
import { filesOf } from '../bench/gpuCheck/messages.ts';
import { runPart } from '../bench/gpuCheck/processes.ts';
import type { Answer } from '../bench/gpuCheck/messages.ts';
import { reportLines, reportSchema } from '../bench/gpuCheck/report.ts';
import type { Check, Report } from '../bench/gpuCheck/report.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gpu-check-test-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const gpu = {
  ...{ uuid: 'GPU-1', name: 'NVIDIA H200', computeCapability: 9, memoryMebibytes: 1000, driver: '580.1' },
};
const machine = {
  device: 'gpu',
  ...{ reason: 'An NVIDIA GPU was found and is used.', tensorflow: '2.21.0' },
  ...{
    node: '20',
    processor: 'Some processor',
    cores: 2,
    threads: 2,
    gpu,
    growth: true,
    deterministic: true,
  },
  firstResultSeconds: 3,
} as const;
const facts = { kind: 'facts', machine } as const satisfies Answer;

const stepsOf = (sha256: string, ...losses: number[]): Answer => ({
  kind: 'steps',
  losses: losses.map((loss) => ({ loss })),
  sha256,
});

function write(file: string, name: string, ...values: number[]): void {
  const arrays = new Map([[name, { shape: [values.length], data: Float32Array.from(values) }]]);
  writeFileSync(join(folder, file), encodeSafetensors(arrays));
}

function judge(parts: Record<string, Record<string, Answer>>): Judge {
  const outcomes = Object.entries(parts).map(
    ([part, answers]) => [part, new Map(Object.entries(answers))] as const,
  );
  return new Judge(new Map(outcomes), folder);
}

/** Names of what failed. */
const failed = ({ checks }: Judge): string[] =>
  checks.filter(({ passed }) => !passed).map(({ name }) => name);

// Expected numbers here are worked out by hand.
describe('how far two results are apart', () => {
  it('of gradients: the length of the difference over that of the second, over the arrays that are named', () => {
    const arrays = (...values: number[]): Map<string, { shape: number[]; data: Float32Array }> =>
      new Map([
        ['m.a', { shape: [2], data: Float32Array.from(values) }],
        ['v.a', { shape: [2], data: Float32Array.from([9, values[0]! * 9]) }],
      ]);
    expect(relativeError(arrays(3, 4.5), arrays(3, 4), 'm.')).toBeCloseTo(0.1, 7);
  });

  it('of losses: relative, and as if .01 where they are smaller', () => {
    expect(worstLoss({ a: 1.1, b: 0.002 }, { a: 1, b: 0.001 })).toBeCloseTo(0.1, 7);
    expect(worstLoss({ a: NaN }, { a: 1 })).toBeNaN();
  });

  it('of pictures in [−1, 1]: in grey levels; of spectra: by their medians', () => {
    expect(worstGreyLevels(Float32Array.of(0, -1, 1), Float32Array.of(0, -0.5, 1))).toBe(63.75);
    expect(medianError(Float32Array.of(1, 30, 2, 3), Float32Array.of(2, 1, 9))).toBe(0.25);
  });
});

describe('the checks', () => {
  it('want the device that was asked for, and settings that suit a GPU', () => {
    const good = judge({ device: { facts } });
    good.device('gpu');
    expect(failed(good)).toEqual([]);
    expect(good.checks[0]).toMatchObject({ measured: 'NVIDIA H200, 9.0', allowed: 'gpu' });
    const bad = judge({
      device: {
        facts: {
          ...facts,
          machine: { ...machine, device: 'cpu', gpu: null, growth: false, deterministic: false },
        },
      },
    });
    bad.device('gpu');
    expect(failed(bad)).toHaveLength(3);
  });

  it('hold a step against the processor: its losses, its gradients, the means over all steps', async () => {
    const middle = { 'vae-middle': stepsOf('', 0.5) };
    const parts = {
      reference: { vae: stepsOf('', 1, 3), ...middle },
      plain: { vae: stepsOf('', 1.00005, 3.5), ...middle },
      device: { vae: stepsOf('', 1.02, 6), ...middle },
    };
    for (const part of Object.keys(parts)) {
      for (const task of ['vae', 'vae-middle']) {
        const off = part === 'device' && task === 'vae' ? 0.3 : 0;
        write(filesOf(`${part}-${task}`).gradients, 'm.kernel', 1, off);
      }
    }
    const judged = judge(parts);
    await judged.closeness('vae');
    // Without TF32: 5·10⁻⁵ of 10⁻⁴, means 2.25 and 2. With it: 2 % of 1 %, .3 of .2, 3.51 and 2: 76 % of 50 %.
    expect(failed(judged)).toEqual([
      'vae, losses of the step from start, tf32',
      'vae, gradients of the step from start, tf32',
      'vae, mean losses of 2 steps, tf32',
    ]);
    expect(judged.checks).toHaveLength(10);
  });

  it('want the same bits twice and after a resumption; op by op on a GPU is only written down', () => {
    const parts = {
      device: { vae: stepsOf('a') },
      again: { vae: stepsOf('a'), 'vae-resumed': stepsOf('b') },
      eager: { vae: stepsOf('b') },
    };
    const onGpu = judge(parts);
    onGpu.bits('vae', false);
    expect(failed(onGpu)).toEqual(['vae, resumed half-way']);
    const onProcessor = judge(parts);
    onProcessor.bits('vae', true);
    expect(failed(onProcessor)).toEqual(['vae, resumed half-way', 'vae, op by op']);
  });

  it('hold pictures and spectra against the processor', async () => {
    const pictures = { pictures: { kind: 'pictures' } } as const;
    write('reference.pictures', 'fluoHair', 0, 0.5);
    write('plain.pictures', 'fluoHair', 0.01, 0.5);
    write('device.pictures', 'fluoHair', 0.01, 0.5);
    const judged = judge({ reference: pictures, plain: pictures, device: pictures });
    await judged.pictures();
    // 1.275 grey levels: more than .1, less than 8.
    expect(failed(judged)).toEqual(['fluoHair, grey levels, plain']);
  });

  it('want memory that stays, and a GPU that is not taken whole', () => {
    const mebibyte = 2 ** 20;
    const course = (peak: number, growth: number): { peak: number; growth: number } => ({
      peak: peak * mebibyte,
      growth: growth * mebibyte,
    });
    const judged = judge({
      device: { memory: { kind: 'memory', resident: course(900, 101), gpu: course(600, 65) } },
    });
    judged.memory(300, 1000 * mebibyte);
    expect(failed(judged)).toEqual([
      'resident memory, MiB over 300 steps, growth',
      'memory of the GPU, MiB over 300 steps, growth',
      'share of the GPU’s memory that is taken',
    ]);
    const silent = judge({ device: { memory: { kind: 'memory', resident: course(900, 0), gpu: null } } });
    silent.memory(300, 1000 * mebibyte);
    expect(failed(silent)).toEqual(['memory of the GPU']);
  });

  it('fail with what a process said where it gave no answer', () => {
    const judged = judge({ device: { vae: { kind: 'failed', message: 'No algorithm worked!' } } });
    judged.bits('vae', false);
    expect(judged.checks[0]).toEqual({
      ...{ name: 'vae (device)', passed: false, measured: null, allowed: 'an answer' },
      note: 'No algorithm worked!',
    });
    expect(failed(judged)).toEqual(['vae (device)', 'vae (again)', 'vae-resumed (again)', 'vae (eager)']);
  });
});

it('a process that breaks keeps the answers it gave; one that gives a number that is none has failed with it', async () => {
  const answers = `[{"kind":"pictures"},{"kind":"decode","milliseconds":null}]`;
  const program = join(folder, 'program.mjs');
  writeFileSync(
    program,
    `import fs from 'node:fs';
     import path from 'node:path';
     const { CUDA_VISIBLE_DEVICES, EXTRAPOLATION_STEP, NVIDIA_TF32_OVERRIDE } = process.env;
     fs.writeFileSync(path.join(path.dirname(process.argv[3]), 'answers.json'), '${answers}');
     console.error([CUDA_VISIBLE_DEVICES, EXTRAPOLATION_STEP, NVIDIA_TF32_OVERRIDE].join(' '));
     process.exit(7);`,
  );
  const decode = { kind: 'decode', repeats: 1 } as const;
  const pictures = { kind: 'pictures', name: 'x', samples: 1 } as const;
  const part = { name: 'part', device: 'cpu', mode: 'eager', tf32: false } as const;
  expect(await runPart({ ...part, tasks: [pictures, decode, decode] }, program, folder)).toEqual([
    { kind: 'pictures' },
    { kind: 'failed', message: 'its answer is not of the form that is expected: is a number none?' },
    // It computed on the processor, op by op, without TF32.
    { kind: 'failed', message: 'its process ended with 7: -1 eager 0' },
  ]);
});

it('the report ends with a sentence that names what failed', () => {
  const good: Check = { name: 'device', passed: true, measured: 'cpu', allowed: 'cpu', note: '' };
  const bad: Check = { name: 'gradients', passed: false, measured: 0.123456, allowed: 0.1, note: 'why' };
  const report: Report = reportSchema.parse({
    ...{ version: 1, studio: '1.0.0', createdAt: '2026-01-01T00:00:00.000Z', wanted: 'gpu', scale: 'full' },
    ...{ machine, checks: [good, bad], decodeMilliseconds: 5.04, seconds: 60 },
    times: [{ model: 'vae', preset: 'paper', mode: 'eager', milliseconds: 4.056 }],
  });
  expect(reportLines(report)).toEqual([
    'TensorFlow 2.21.0 on NVIDIA H200',
    '✓ device     cpu  (demanded cpu)',
    '✗ gradients  0.123  (demanded ≤ 0.1)  why',
    '',
    'step of vae paper, eager: 4.06 ms',
    '36 pictures: 5.0 ms',
    '',
    'Of 2 checks on the GPU 1 failed, in 60 s: gradients.',
  ]);
  expect(reportLines({ ...report, checks: [good] }).at(-1)).toBe('All 1 checks on the GPU passed, in 60 s.');
});
