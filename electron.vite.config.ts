import { resolve } from 'node:path';
import { defineConfig } from 'electron-vite';

const source = (path: string): string => resolve(import.meta.dirname, 'src', path);

export default defineConfig({
  // Main, engine and command line are one build: CommonJS for the oldest Node inside a supported Electron.
  main: {
    build: {
      target: 'node16',
      rolldownOptions: {
        input: {
          main: source('main/main.ts'),
          engine: source('engine/engine.ts'),
          cli: source('cli/cli.ts'),
          bench: resolve(import.meta.dirname, 'test/bench/vaeStep.ts'),
          benchDcgan: resolve(import.meta.dirname, 'test/bench/dcganStep.ts'),
          photographGates: resolve(import.meta.dirname, 'test/bench/photographGates.ts'),
          reconstructions: resolve(import.meta.dirname, 'test/bench/reconstructions.ts'),
          gpuCheck: resolve(import.meta.dirname, 'test/bench/gpuCheck/gpuCheck.ts'),
          benchPieces: resolve(import.meta.dirname, 'test/bench/pieces.ts'),
          benchQuick: resolve(import.meta.dirname, 'test/bench/quickRatios.ts'),
          pageLatency: resolve(import.meta.dirname, 'test/bench/pageLatency.ts'),
        },
        output: { format: 'cjs', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      target: 'node16',
      rolldownOptions: {
        input: { preload: source('preload/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].js' },
      },
    },
  },
  renderer: {
    root: source('renderer'),
    build: {
      minify: true,
      rolldownOptions: {
        input: { index: source('renderer/index.html') },
        // "use client" speaks to servers that render React; there is none here.
        checks: { moduleLevelDirective: false },
      },
    },
  },
});
