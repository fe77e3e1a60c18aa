import { defineConfig } from 'vitest/config';

/** What `npm run mutation` runs for each mutant: the unit tests that lie nearest to the folder, as `vitest.config.mts` runs them. */
export default defineConfig({
  plugins: [
    {
      name: 'processes-for-mutants',
      configureVitest({ project }) {
        // Stryker asks for threads, and TensorFlow's addon can be loaded by one thread of a process only.
        project.config.pool = 'forks';
      },
    },
  ],
  test: {
    include: process.env.MUTATION_TESTS?.split(',') ?? [],
    setupFiles: ['test/setup/failOnLeaks.ts'],
    restoreMocks: true,
    testTimeout: 30_000,
  },
});
