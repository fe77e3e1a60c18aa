import { count, duration, exact, figure } from '../../contract/figures.ts';
import type { Command } from 'commander';
import { showRunCommand } from '../../commandLine/runs.ts';
import type { ListedRunReport } from '../../contract/runs.ts';
import { openEngine } from '../../engine/engine.ts';
import { addInput } from '../options.ts';
import type { Surroundings } from '../surroundings.ts';

const examples = `
Examples:
  extrapolate runs ls
  extrapolate runs show 20261125-142501-vae-s0
  extrapolate runs diff runs/plain runs/spectral
  extrapolate runs rm runs/old`;

export function addRunsCommand(program: Command, { terminal }: Surroundings): void {
  const runs = program
    .command('runs')
    .description('list, show, compare and remove runs')
    .addHelpText('after', examples);
  runs
    .command('ls', { isDefault: true })
    .description('the runs in the runs folder, newest first')
    .action(async () => {
      const listed = await (await openEngine()).runs.list();
      for (const sentence of listed.unreadable) terminal.say(sentence);
      const lines = listed.runs.map((run) => `${run.id.padEnd(36)} ${describeStatus(run)}`);
      terminal.result(lines.length > 0 ? lines : [`There are no runs in ${listed.folder} yet.`], listed);
    });
  const show = runs
    .command('show')
    .description('one run: its settings, progress, checkpoints and last measurements');
  addInput(show, showRunCommand, async (input) => {
    const shown = await (await openEngine()).runs.show(input);
    const last = new Map<string, number>();
    for (const line of shown.metrics)
      for (const [name, value] of Object.entries(line.values)) last.set(name, value);
    terminal.result(
      [
        `${shown.id}: ${describeStatus(shown)}`,
        ...[...flatten(shown.run)].map(([name, value]) => `  ${name.padEnd(40)} ${value}`),
        `  checkpoints: ${shown.checkpoints.map(count).join(', ') || 'none'}`,
        ...[...last].map(([name, value]) => `  ${name.padEnd(40)} ${figure(value, 4)}`),
      ],
      shown,
    );
  });
  runs
    .command('diff <run> <other>')
    .description('the settings in which two runs differ')
    .action(async (run: string, other: string) => {
      const engine = await openEngine();
      const [one, two] = await Promise.all([engine.runs.show({ run }), engine.runs.show({ run: other })]);
      const [left, right] = [flatten(one.run), flatten(two.run)];
      const names = [...new Set([...left.keys(), ...right.keys()])].filter(
        (name) => !['id', 'createdAt'].includes(name),
      );
      const differing = names.filter((name) => left.get(name) !== right.get(name));
      terminal.result(
        differing.length === 0
          ? ['The two runs have the same settings.']
          : differing.map((name) => `${name}: ${left.get(name) ?? '–'} → ${right.get(name) ?? '–'}`),
        Object.fromEntries(
          differing.map((name) => [name, [left.get(name) ?? null, right.get(name) ?? null]]),
        ),
      );
    });
  runs
    .command('rm <runs...>')
    .description('remove runs with their checkpoints, recipes and exports; there is no way back')
    .action(async (names: string[]) => {
      const engine = await openEngine();
      const removed: { folder: string }[] = [];
      for (const run of names) removed.push(await engine.runs.remove({ run }));
      terminal.result(
        removed.map(({ folder }) => `Removed ${folder}.`),
        removed,
      );
    });
}

function describeStatus({ run, status, alive }: ListedRunReport): string {
  const progress = `step ${count(status?.step ?? 0)} of ${count(run.steps)}`;
  if (status === undefined) return `waiting, ${progress}`;
  if (status.phase === 'training') {
    if (!alive) return `interrupted, ${progress}`;
    return `training, ${progress}${status.etaSeconds === null ? '' : `, ${duration(status.etaSeconds)} left`}`;
  }
  return `${status.phase}, ${progress}${status.error === null ? '' : `: ${status.error}`}`;
}

/** A seed is a name and keeps its digits together. */
function settingText(name: string, value: unknown): string {
  return typeof value === 'number' && !/seed$/i.test(name) ? exact(value) : String(value);
}

/** Nested settings as "model.hyperParameters.width" → "16". */
function flatten(value: object, prefix = ''): Map<string, string> {
  const flat = new Map<string, string>();
  for (const [name, part] of Object.entries(value) as [string, unknown][]) {
    const path = `${prefix}${name}`;
    if (typeof part === 'object' && part !== null)
      for (const [inner, text] of flatten(part, `${path}.`)) flat.set(inner, text);
    else flat.set(path, settingText(name, part));
  }
  return flat;
}
