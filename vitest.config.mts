import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer } from 'vitest/node';
import type { TestSpecification } from 'vitest/node';

/** Tests of functions and of markup, which leave nothing behind in their process: the next file goes on in it. */
const pure = [
  'test/charts/**/*.test.ts',
  'test/engine/{equations,math,pictures,theory}/**/*.test.ts',
  'test/renderer/**/*.test.{ts,tsx}',
];

const shared = { pool: 'forks' as const, setupFiles: ['test/setup/failOnLeaks.ts'], restoreMocks: true };

/** Vitest's second is too short for a page or a process beside others. */
const patient = { poll: { timeout: 30_000 } };

/** Test files that take long, the longest of each part first. */
const longest = [
  'test/engine/training/trainerLeaks.test.ts',
  'test/engine/training/dcganTrainer.test.ts',
  'test/engine/modules/modules.test.ts',
  'test/integration/reproduce.test.ts',
  'test/integration/ray.test.ts',
  'test/integration/slurm.test.ts',
  'test/faults/kill.test.ts',
  'test/faults/bootstrapInterrupted.test.ts',
  'test/integration/demo.test.ts',
  'test/integration/mainJob.test.ts',
  'test/integration/bundledModel.test.ts',
  'test/faults/bootstrapGpu.test.ts',
  'test/faults/bootstrap.test.ts',
  'test/e2e/story.test.ts',
  'test/e2e/experiments.test.ts',
  'test/e2e/screens.test.ts',
  'test/e2e/together.test.ts',
  'test/e2e/keyboard.test.ts',
  'test/e2e/closing.test.ts',
];

/** Two workers end together where the longest files begin first; a fresh clone has no times of its own yet. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const gone = longest.filter((name) => !existsSync(name));
    if (gone.length > 0) throw new Error(`vitest.config.mts names ${gone.join(', ')}, which is not there`);
    const rank = ({ moduleId }: TestSpecification): number => {
      const place = longest.indexOf(relative(process.cwd(), moduleId).replaceAll('\\', '/'));
      return place < 0 ? longest.length : place;
    };
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  test: {
    maxWorkers: 2,
    reporters: ['default'],
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          ...shared,
          name: 'unit',
          include: [
            'test/{charts,commandLine,contract,engine,cli,main,paper,scripts,serve,renderer}/**/*.test.{ts,tsx}',
          ],
          exclude: pure,
          testTimeout: 60_000,
        },
      },
      { test: { ...shared, name: 'unit-pure', include: pure, isolate: false, testTimeout: 60_000 } },
      {
        test: {
          ...shared,
          name: 'integration',
          execArgv: ['--expose-gc'],
          include: ['test/{integration,faults}/**/*.test.ts'],
          testTimeout: 600_000,
          hookTimeout: 600_000,
          expect: patient,
        },
      },
      {
        test: {
          ...shared,
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 600_000,
          hookTimeout: 600_000,
          expect: patient,
          fileParallelism: false,
        },
      },
    ],
  },
});
