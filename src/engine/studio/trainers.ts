import { StudioError } from '../../contract/errors.ts';
import { readRun, readStatus, runPaths } from '../runs/runFolder.ts';
import { ChildRuns } from './childRuns.ts';
import type { ChildRunsSettings, CommandLine } from './childRuns.ts';

/** What is asked anew of a run that goes on. */
export interface GoingOn {
  /** Steps more than was asked before. */
  extend?: number | undefined;
  onDivergence?: 'stop' | 'lower' | undefined;
}

/** The trainers: one process a run, `train --resume`. Those of a served Studio leave room for clicks, a command's have nobody to wait for. */
export class Trainers extends ChildRuns {
  constructor(commandLine: CommandLine, priority: ChildRunsSettings['priority'] = 'low') {
    super({
      commandLine,
      logOf: (folder) => runPaths(folder).log,
      keepsLog: true,
      busy: (folder) => `The run in ${folder} is already being trained.`,
      elsewhere: (folder, owner) =>
        `The run in ${folder} is trained by ${owner}. It can be stopped there only.`,
      idle: (folder) => `The run in ${folder} is not being trained now.`,
      priority,
    });
  }

  /** @throws StudioError `busy` where the run is trained already, `wrong-usage` where nothing is left to train */
  async requireStartable(folder: string, { extend }: GoingOn): Promise<void> {
    await this.requireFree(folder);
    const [run, status] = [await readRun(folder), await readStatus(folder)];
    if (extend === undefined && status?.phase === 'finished' && status.step >= run.steps) {
      throw new StudioError('wrong-usage', `All ${run.steps} steps are trained. Extend the run to continue.`);
    }
  }
}

/** The command that goes on with a run. */
export function goOnWords(folder: string, { onDivergence }: Pick<GoingOn, 'onDivergence'>): string[] {
  return [
    ...['train', '--resume', folder],
    ...(onDivergence === undefined ? [] : ['--on-divergence', onDivergence]),
  ];
}
