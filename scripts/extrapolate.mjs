#!/usr/bin/env node
/**
 * `npm start` and the program `extrapolate`: gets the clone ready, silently where nothing is to be done, and then is the command line.
 * `--gpu` as the first option asks for the CUDA build of TensorFlow.
 */
import { nodeTooOld } from './nodeVersion.mjs';

const old = nodeTooOld(process.versions.node);
if (old === undefined) {
  const { start } = await import('./start.mjs');
  await start();
} else {
  process.stderr.write(`${old}\n`);
  process.exitCode = 1;
}
