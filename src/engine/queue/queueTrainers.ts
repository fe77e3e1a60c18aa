import { runPaths } from '../runs/runFolder.ts';
import { ChildRuns } from '../studio/childRuns.ts';
import type { CommandLine } from '../studio/childRuns.ts';

/** The trainers of a command that works on the queue; those of a served Studio are its own. */
export function queueTrainers(commandLine: CommandLine): ChildRuns {
  return new ChildRuns({
    commandLine,
    logOf: (folder) => runPaths(folder).log,
    keepsLog: true,
    busy: (folder) => `The run in ${folder} is already being trained.`,
    elsewhere: (folder, owner) => `The run in ${folder} is trained by ${owner}.`,
    idle: (folder) => `The run in ${folder} is not being trained now.`,
    priority: 'own',
  });
}
