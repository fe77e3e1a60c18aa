import { runCommandLine } from './runCommandLine.ts';

// Set, not called: what is still written to a pipe must get there.
void runCommandLine(process.argv.slice(2), process.stdout, process.stderr).then((code) => {
  process.exitCode = code;
});
