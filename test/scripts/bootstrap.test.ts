import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cacheFolder } from '../../scripts/bootstrap/cacheFolder.mjs';
import { compilerArguments, functions, quietLoading } from '../../scripts/bootstrap/compiler.mjs';
import { chooseVariant, findDriverFile } from '../../scripts/bootstrap/gpu.mjs';
import { definitionsFor } from '../../scripts/bootstrap/pins.mjs';
import { nodeNotice, nodeTooOld } from '../../scripts/nodeVersion.mjs';

describe('the Node that is needed', () => {
  test.each(['20.19.0', '20.20.2', '22.0.0', '24.21.0'])('%s is new enough', (version) => {
    expect(nodeTooOld(version)).toBeUndefined();
  });
  test.each(['20.18.3', '18.20.0', '16.17.1'])('%s is told what to install', (version) => {
    expect(nodeTooOld(version)).toMatch(
      new RegExp(`^Node 20\\.19 or newer is needed, and this is Node ${version}: install`),
    );
  });
});

describe('a Node that works', () => {
  test.each([
    ['20.20.2', '2026-04-29', undefined],
    ['20.20.2', '2026-05-01', /Node 20 is not maintained since 2026-04-30: it works here/],
    ['23.1.0', '2026-01-01', /Node 23\.1\.0 was a version between/],
    ['24.21.0', '2026-12-01', undefined],
    ['26.12.1', '2026-12-01', undefined],
    ['27.0.0', '2026-12-01', undefined],
  ])('%s on %s', (version, day, words) => {
    const notice = nodeNotice(version, new Date(day));
    if (words === undefined) expect(notice).toBeUndefined();
    else expect(notice).toMatch(words);
  });
});

describe('the cache folder', () => {
  test.each([
    ['linux', {}, '/home/a/.cache/extrapolation-studio'],
    ['linux', { XDG_CACHE_HOME: '/x' }, '/x/extrapolation-studio'],
    // A relative path is to be ignored, says the XDG base directory specification.
    ['linux', { XDG_CACHE_HOME: 'x' }, '/home/a/.cache/extrapolation-studio'],
    ['darwin', { XDG_CACHE_HOME: '/x' }, '/home/a/Library/Caches/extrapolation-studio'],
    ['win32', { LOCALAPPDATA: '/local' }, '/local/extrapolation-studio'],
    ['linux', { EXTRAPOLATION_CACHE: '/own', XDG_CACHE_HOME: '/x' }, '/own'],
  ])('on %s with %o', (platform, env, expected) => {
    expect(cacheFolder(env, platform, '/home/a')).toBe(expected);
  });
});

describe('which build of TensorFlow', () => {
  const facts = {
    wish: undefined,
    driver: undefined,
    available: true,
    platform: 'linux-x64',
    installed: undefined,
  };
  test.each([
    [{}, 'cpu', 'No NVIDIA driver was found.'],
    [{ driver: '/d' }, 'gpu', 'An NVIDIA driver was found (/d).'],
    [{ driver: '/d', wish: 'forbidden' as const }, 'cpu', 'EXTRAPOLATION_GPU=0 asks for the CPU.'],
    [{ wish: 'wanted' as const }, 'gpu', 'The GPU was asked for, though no NVIDIA driver was found.'],
    [{ wish: 'wanted' as const, driver: '/d' }, 'gpu', 'The GPU was asked for.'],
    [{ installed: 'gpu' as const }, 'gpu', 'The CUDA build was installed by an earlier start.'],
    [
      { available: false, wish: 'wanted' as const },
      'cpu',
      'There is no CUDA build of TensorFlow for linux-x64.',
    ],
    [{ available: false, driver: '/d' }, 'cpu', 'There is no CUDA build of TensorFlow for linux-x64.'],
    [{ available: false }, 'cpu', 'No NVIDIA driver was found.'],
  ])('%o: %s', (more, variant, reason) => {
    expect(chooseVariant({ ...facts, ...more })).toEqual({ variant, reason });
  });

  test.each([
    'proc/driver/nvidia/version',
    'usr/lib/x86_64-linux-gnu/libcuda.so.1',
    'usr/lib/wsl/lib/libcuda.so.1',
  ])('a driver is found by %s', async (trace) => {
    const root = mkdtempSync(join(tmpdir(), 'driver-'));
    try {
      expect(await findDriverFile({}, root)).toBeUndefined();
      mkdirSync(join(root, trace, '..'), { recursive: true });
      writeFileSync(join(root, trace), '');
      expect(await findDriverFile({}, root)).toBe(join(root, trace));
    } finally {
      rmSync(root, { recursive: true });
    }
  });
});

describe('the compiler', () => {
  const places = { tfjs: '/t', headers: '/h', runtime: '/r', target: '/o.node' };

  test('links the libraries of Linux by their files and finds them again in the same folder', () => {
    const libraries = ['tensorflow/libtensorflow_cc.so.2'];
    const args = compilerArguments({ ...places, libraries }, 'linux');
    expect(args).toEqual(
      expect.arrayContaining(['-shared', '/r/tensorflow/libtensorflow_cc.so.2', '-Wl,-rpath,/r/tensorflow']),
    );
    expect(args).not.toContain('-undefined');
    expect(args).toEqual(expect.arrayContaining([functions, quietLoading]));
    expect(args).not.toContain('/t/binding/tfjs_binding.cc');
  });

  test('tells the linker of macOS that Node brings its own symbols', () => {
    const libraries = ['tensorflow/libtensorflow_cc.2.dylib'];
    const args = compilerArguments({ ...places, libraries }, 'darwin');
    expect(args.join(' ')).toContain('-bundle -undefined dynamic_lookup');
    expect(args).toContain('/r/tensorflow/libtensorflow_cc.2.dylib');
    expect(args).toContain(functions);
    expect(args).not.toContain(quietLoading);
  });
});

describe('the table of wheels', () => {
  const all = ['linux-x64', 'linux-arm64', 'darwin-arm64'].map((platform) => {
    const [system, architecture] = platform.split('-');
    return definitionsFor(system!, architecture!);
  });

  test('names a file of the right platform, with hash and sizes, for every wheel', () => {
    const definitions = all.flatMap(({ cpu, gpu }) => [cpu!, ...(gpu === undefined ? [] : [gpu])]);
    expect(definitions).toHaveLength(4);
    for (const { wheels, libraries } of definitions) {
      for (const wheel of wheels) {
        expect(wheel.sha256).toMatch(/^[0-9a-f]{64}$/);
        expect(wheel.file).toContain(wheel.platform);
        expect(wheel.file.startsWith(`${wheel.name.replaceAll('-', '_')}-`)).toBe(true);
        expect(Math.min(wheel.bytes, wheel.unpackedBytes)).toBeGreaterThan(500_000);
      }
      for (const library of libraries) expect(wheels[0]!.keep).toContain(library);
    }
    const hashes = definitions.flatMap(({ wheels }) => wheels.map(({ sha256 }) => sha256));
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  test('has every library that the and-cuda extra of the tensorflow 2.21.0 wheel names', () => {
    // Requires-Dist lines of the wheel's METADATA.
    const extra = [
      'cublas',
      'cuda-cupti',
      'cuda-nvcc',
      'cuda-nvrtc',
      'cuda-runtime',
      'cudnn',
      'cufft',
      'curand',
      'cusolver',
      'cusparse',
      'nccl',
      'nvjitlink',
    ];
    const names = definitionsFor('linux', 'x64').gpu?.wheels.map(({ name }) => name);
    expect(names).toEqual(['tensorflow', ...extra.map((name) => `nvidia-${name}-cu12`)]);
  });

  test('has nothing where no wheel holds the libraries', () => {
    expect(definitionsFor('win32', 'x64')).toEqual({});
    expect(definitionsFor('darwin', 'x64')).toEqual({});
  });
});
