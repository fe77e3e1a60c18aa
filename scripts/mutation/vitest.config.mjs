import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { warmProcesses } from './warmProcesses.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));

/** What `npm run mutation` runs for each mutant: the unit tests that lie nearest to the folder, as `vitest.config.mts` runs them. */
export default defineConfig({
  plugins: [
    {
      name: 'processes-for-mutants',
      configureVitest({ project }) {
        // Stryker asks for threads, and TensorFlow's addon can be loaded by one thread of a process only.
        project.config.pool = warmProcesses.name;
        project.config.poolRunner = warmProcesses;
      },
    },
  ],
  test: {
    include: process.env.MUTATION_TESTS?.split(',') ?? [],
    setupFiles: [path.join(here, 'betweenMutants.mjs'), 'test/setup/failOnLeaks.ts'],
    restoreMocks: true,
    // Nobody reads how a mutant's pictures differ, and telling takes minutes for two of them.
    diff: { truncateThreshold: 20, maxDepth: 3 },
    // Stryker ends what takes too long, by what the test took without a mutant; a busy machine may slow that as it likes.
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
