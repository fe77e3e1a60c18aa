import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 1,
    setupFiles: ['test/setup/failOnLeaks.ts'],
    restoreMocks: true,
    include: ['test/setup/leaking/leaks*.ts'],
  },
});
