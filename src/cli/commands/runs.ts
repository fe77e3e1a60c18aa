import { count, counted, duration, exact, figure } from '../../contract/figures.ts';
import type { Command } from 'commander';
import { commandOf } from '../../commandLine/commandLine.ts';
import { labelCommand, listRunsCommand, restoreCommand, showRunCommand } from '../../commandLine/runs.ts';
import type { listOrders } from '../../commandLine/runs.ts';
import { titleOf } from '../../contract/runLabels.ts';
import type { RunLabels } from '../../contract/runLabels.ts';
import type { ListedRunReport } from '../../contract/runs.ts';
import { findRuns } from '../../contract/runSearch.ts';
import { trashDays } from '../../contract/trash.ts';
import type { RemovedRun } from '../../contract/trash.ts';
import { openEngine } from '../../engine/engine.ts';
import { addInput } from '../options.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Terminal } from '../terminal.ts';

const examples = `
Examples:
  extrapolate runs ls
  extrapolate runs show 20261125-142501-vae-s0
  extrapolate runs ls --search 'tag:paper lr:1e-4'
  extrapolate runs label runs/old --name 'β 2, first try' --tag beta paper --archive
  extrapolate runs diff runs/plain runs/spectral
  extrapolate runs rm runs/old
  extrapolate runs trash`;

export function addRunsCommand(program: Command, { terminal }: Surroundings): void {
  const runs = program
    .command('runs')
    .description('list, search, show, label, compare and delete runs')
    .addHelpText('after', examples);
  addList(runs, terminal);
  addLabel(runs, terminal);
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
        ...(shown.labels.changedAt === null ? [] : labelLines(shown.labels).map((line) => `  ${line}`)),
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
  addTrash(runs, terminal);
}

function addList(runs: Command, terminal: Terminal): void {
  const ls = runs
    .command('ls', { isDefault: true })
    .description('the runs in the runs folder, newest first; archived ones with --all');
  addInput(ls, listRunsCommand, async ({ search, sort, all }) => {
    const listed = await (await openEngine()).runs.list();
    for (const sentence of listed.unreadable) terminal.say(sentence);
    const known = listed.runs.filter(({ labels }) => all || !labels.archived);
    const searched = known.map((run) => ({ ...run, state: describeStatus(run) }));
    const shown = inOrder(findRuns(searched, search), sort);
    const none =
      listed.runs.length === 0
        ? `There are no runs in ${listed.folder} yet.`
        : `None of the ${listed.runs.length} runs in ${listed.folder} is shown: --all has archived ones too, and --search leaves others out.`;
    terminal.result(shown.length > 0 ? shown.map(lineOf) : [none], {
      ...listed,
      // As the engine listed them: the words above are for people.
      runs: shown.flatMap(({ folder }) => listed.runs.filter((run) => run.folder === folder)),
    });
  });
}

function addTrash(runs: Command, terminal: Terminal): void {
  runs
    .command('rm <runs...>')
    .description(`move runs into the trash, with all that is in them; "runs restore" brings them back`)
    .action(async (names: string[]) => {
      const engine = await openEngine();
      const removed: RemovedRun[] = [];
      for (const run of names) removed.push(await engine.runs.remove({ run }));
      terminal.result(
        removed.map(
          ({ from, entry }) =>
            `Moved ${from} to the trash, for ${trashDays} days. Bring it back with: ${commandOf(restoreCommand, { entry })}`,
        ),
        removed,
      );
    });
  runs
    .command('trash')
    .description('what was removed and can be brought back')
    .action(async () => {
      const removed = await (await openEngine()).runs.removed();
      const lines = removed.map(
        ({ entry, keptUntil }) => `${entry.padEnd(56)} kept until ${keptUntil.slice(0, 10)}`,
      );
      terminal.result(lines.length > 0 ? lines : ['The trash is empty.'], removed);
    });
  const restore = runs.command('restore').description('bring a removed run back to the runs folder');
  addInput(restore, restoreCommand, async (input) => {
    const restored = await (await openEngine()).runs.restore(input);
    terminal.result([`Restored ${restored.folder}.`], restored);
  });
  runs
    .command('empty-trash')
    .description('delete what was removed, for good')
    .action(async () => {
      const emptied = await (await openEngine()).runs.emptyTrash();
      terminal.result([`Deleted ${counted(emptied.count, 'run')} for good.`], emptied);
    });
}

function addLabel(runs: Command, terminal: Terminal): void {
  const label = runs
    .command('label')
    .description('set the name, tags and note of a run, or archive it; without options shows them');
  addInput(label, labelCommand, async (input) => {
    const engine = await openEngine();
    const { note: noteBefore } = input.note === undefined ? {} : await engine.runs.label({ run: input.run });
    const labels = await engine.runs.label({ ...input, ...(noteBefore !== undefined && { noteBefore }) });
    if (noteBefore !== undefined && ![labels.note, ''].includes(noteBefore)) {
      terminal.say(`The note before was: ${noteBefore}`);
    }
    terminal.result(labelLines(labels), labels);
  });
}

function labelLines({ name, tags, note, archived }: RunLabels): string[] {
  return [
    `name: ${name === '' ? '–' : name}`,
    `tags: ${tags.length === 0 ? '–' : tags.join(', ')}`,
    `note: ${note === '' ? '–' : note}`,
    ...(archived ? ['archived'] : []),
  ];
}

function lineOf({ id, labels, state }: ListedRunReport & { state: string }): string {
  const { name, tags, archived } = labels;
  const marks = [...tags.map((tag) => `#${tag}`), ...(archived ? ['archived'] : [])];
  const title = name === '' ? '' : ` · ${name}`;
  return `${id.padEnd(36)} ${state}${title}${marks.length === 0 ? '' : ` · ${marks.join(' ')}`}`;
}

function inOrder<R extends ListedRunReport>(found: R[], sort: (typeof listOrders)[number]): R[] {
  const steps = ({ status }: R): number => status?.step ?? 0;
  switch (sort) {
    case 'newest':
      return found;
    case 'oldest':
      return [...found].reverse();
    case 'name':
      return [...found].sort((a, b) => titleOf(a).localeCompare(titleOf(b), 'en', { numeric: true }));
    case 'steps':
      return [...found].sort((a, b) => steps(b) - steps(a));
  }
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
