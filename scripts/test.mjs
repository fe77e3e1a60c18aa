/**
 * `npm test`: gets the clone ready, then runs every check and says what each took.
 * `npm test -- unit layers` runs only the parts named, `npm test -- quick` those that take less than three minutes.
 */
import { nodeTooOld } from './nodeVersion.mjs';

const old = nodeTooOld(process.versions.node);
if (old === undefined) {
  const { runTests } = await import('./checks.mjs');
  process.exitCode = await runTests(process.argv.slice(2));
} else {
  process.stderr.write(`${old}\n`);
  process.exitCode = 1;
}
