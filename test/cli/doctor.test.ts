import { expect, it, vi } from 'vitest';
import { itEndsLikeEveryCommand, runCommand } from '../setup/runCommand.ts';
import { answer, asked, forget } from '../setup/stubEngine.ts';

vi.mock('../../src/engine/engine.ts', () => import('../setup/stubEngine.ts'));

const report = {
  studio: '1.2.3',
  node: 'v20.1.0',
  platform: 'linux x64',
  tensorflow: '2.18.0',
  tfjs: '4.22.0',
  library: 'TensorFlow 2.18.0',
  device: 'cpu',
  deviceReason: 'There is no GPU.',
  gpus: [],
  processor: 'Some processor',
  processorFeatures: ['AVX2', 'FMA'],
  cores: 4,
  threads: { intraOp: 4, interOp: 2 },
  memory: { totalBytes: 16.04e9, freeBytes: 7.96e9 },
  matrixProductMilliseconds: 31,
};

it('asks what this machine runs on, and says it line by line', async () => {
  forget();
  answer('system.doctor', report);
  expect(await runCommand('doctor')).toEqual({
    code: 0,
    stdout: [
      'Extrapolation Studio 1.2.3 on Node v20.1.0, linux x64',
      'Library     TensorFlow 2.18.0 (TensorFlow.js 4.22.0)',
      'Device      CPU. There is no GPU.',
      'Processor   Some processor, 4 cores, AVX2 FMA',
      'Threads     4 within an operation, 2 between (EXTRAPOLATION_THREADS changes both)',
      'Memory      16 GB, of which 8 GB free',
      'Check       a 1024 × 1024 matrix product took 31 ms and is right',
      '',
    ].join('\n'),
    stderr: '',
  });
  expect(asked).toEqual([{ method: 'system.doctor', input: undefined }]);
  answer('system.doctor', { ...report, processorFeatures: [] });
  expect((await runCommand('doctor')).stdout).toContain('Processor   Some processor, 4 cores\n');
});

it('has a line for each GPU, and marks those that are left out', async () => {
  forget();
  const b200 = {
    ...{
      uuid: 'GPU-1',
      name: 'NVIDIA B200',
      computeCapability: 10,
      memoryMebibytes: 183359,
      driver: '580.1',
    },
    hidden: true,
  };
  const h200 = { ...b200, uuid: 'GPU-2', name: 'NVIDIA H200', computeCapability: 9, hidden: false };
  answer('system.doctor', { ...report, gpus: [h200, b200] });
  const { stdout } = await runCommand('doctor');
  expect(stdout.split('\n').slice(3, 5)).toEqual([
    'GPU         NVIDIA H200, compute capability 9.0, 192 GB, driver 580.1',
    'GPU         NVIDIA B200, compute capability 10.0, 192 GB, driver 580.1, left out',
  ]);
});

it('gives the whole report as JSON', async () => {
  forget();
  answer('system.doctor', report);
  const { code, stdout, stderr } = await runCommand('doctor', '--json');
  expect([code, JSON.parse(stdout), stderr]).toEqual([0, report, '']);
});

itEndsLikeEveryCommand(['doctor'], 'system.doctor', [['doctor', '--no-such'], ['doctr']]);
