#!/usr/bin/env node
/**
 * `npm start` and the program `extrapolate`: gets the clone ready, silently where nothing is to be done, and then is the command line.
 * `--gpu` as the first option asks for the CUDA build of TensorFlow.
 */
import { nodeTooOld } from './nodeVersion.mjs';

const hindrance = nodeTooOld(process.versions.node) ?? folderGone();
if (hindrance === undefined) {
  const { start } = await import('./start.mjs');
  await start();
} else {
  process.stderr.write(`${hindrance}\n`);
  process.exitCode = 1;
}

/** Whether this was started in a folder that was deleted since; then no path means anything. */
function folderGone() {
  try {
    process.cwd();
    return undefined;
  } catch {
    return 'The folder that this was started in is not there any more. Go to another one (cd), and start again.';
  }
}
