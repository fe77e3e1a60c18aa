import { defineConfig } from 'vitest/config';

const shared = { pool: 'forks' as const, setupFiles: ['test/setup/failOnLeaks.ts'], restoreMocks: true };

export default defineConfig({
  test: {
    maxWorkers: 2,
    reporters: ['default'],
    projects: [
      {
        test: {
          ...shared,
          name: 'unit',
          include: ['test/{charts,contract,engine,cli,main,paper,scripts,serve,renderer}/**/*.test.{ts,tsx}'],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          ...shared,
          name: 'integration',
          execArgv: ['--expose-gc'],
          include: ['test/{integration,faults}/**/*.test.ts'],
          testTimeout: 600_000,
          hookTimeout: 600_000,
        },
      },
      {
        test: {
          ...shared,
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 600_000,
          hookTimeout: 600_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
