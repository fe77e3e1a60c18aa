import { runCommandLine } from './runCommandLine.ts';

// A terminal that has gone, or a reader that has read enough: nobody is left to tell, and the work goes on or ends by itself.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
  });
}

// Set, not called: what is still written to a pipe must get there.
void runCommandLine(process.argv.slice(2), process.stdout, process.stderr).then((code) => {
  process.exitCode = code;
});
