import type { CommandLine } from '../../studio/childRuns.ts';
import type { CellJob } from '../sweepEngine.ts';
import { shellQuoted } from './shellWords.ts';

/** Of this program's environment, what a cell needs where sbatch hands nothing on (`--export=NONE`). */
const handedOn = ['EXTRAPOLATION_CACHE', 'EXTRAPOLATION_RUNTIME'] as const;

/**
 * The script of an array job whose tasks are cells: task N trains cell N of the sweep.
 * @param command how it is handed in, for who reads the script
 */
export function jobScript(
  folder: string,
  { program, before }: CommandLine,
  jobs: readonly Pick<CellJob, 'index' | 'log'>[],
  command: readonly string[],
  environment: NodeJS.ProcessEnv,
): string {
  const exported = handedOn.flatMap((name) => {
    const value = environment[name];
    return value === undefined || value === '' ? [] : [`export ${name}=${shellQuoted(value)}`];
  });
  const logs = jobs.map(({ index, log }) => `  ${index}) log=${shellQuoted(log)} ;;`);
  const train = [program, ...before, 'sweep', 'cell', folder].map(shellQuoted).join(' ');
  return `#!/bin/bash
# Trains one cell of the sweep in ${shellQuoted(folder)}: task N of the array is cell N. Handed in by "extrapolate sweep" with
#   ${command.map(shellQuoted).join(' ')}
${exported.map((line) => `${line}\n`).join('')}case "$SLURM_ARRAY_TASK_ID" in
${logs.join('\n')}
  *) echo "Cell $SLURM_ARRAY_TASK_ID is not in this job." >&2; exit 2 ;;
esac
# A USR1 that comes this early must not end the shell.
trap '' USR1
# As the job's own process the trainer hears Slurm's signals: USR1 before the time limit, TERM when it is cancelled or handed back.
exec ${train} "$SLURM_ARRAY_TASK_ID" >>"$log" 2>&1
`;
}

/** Places of cells as sbatch has them: [0, 1, 2, 5, 8, 9] → "0-2,5,8-9". */
export function arrayOf(indices: readonly number[]): string {
  const rows: [first: number, last: number][] = [];
  for (const index of [...new Set(indices)].sort((a, b) => a - b)) {
    const row = rows.at(-1);
    if (row !== undefined && index === row[1] + 1) row[1] = index;
    else rows.push([index, index]);
  }
  return rows.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(',');
}

/** A file's path as sbatch has it, where `%` begins what it fills in. */
export function outputPattern(folder: string): string {
  return `${folder.replaceAll('%', '%%')}/%A_%a.out`;
}
