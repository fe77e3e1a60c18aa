/**
 * `npm run test:soak`: the fault tests in their long form, which takes hours. Words after `--` choose files: `npm run test:soak -- injected`.
 * The command line must be built before (`npm run build`).
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));
const files =
  process.argv.length > 2 ? process.argv.slice(2).map((name) => `test/faults/${name}`) : ['test/faults'];
const env = { ...process.env, EXTRAPOLATION_SOAK: '1' };
const { status } = spawnSync(process.execPath, [vitest, 'run', '--project', 'integration', ...files], {
  stdio: 'inherit',
  env,
});
process.exitCode = status ?? 1;
