import { runCommandLine } from './runCommandLine.ts';

// A reader that has seen enough (`| head`), or a terminal that was closed, ends nobody's work.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
  });
}

// Set, not called: what is still written to a pipe must get there.
void runCommandLine(process.argv.slice(2), process.stdout, process.stderr).then((code) => {
  process.exitCode = code;
});
