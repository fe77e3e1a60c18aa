import { z } from 'zod';
import { commandOfDraft } from '../../../commandLine/commandLine.ts';
import { sweepCommand } from '../../../commandLine/sweeps.ts';
import { defaultCrops, spectralDefaults } from '../../../contract/hyperParameters.ts';
import type { ModelKind } from '../../../contract/hyperParameters.ts';
import { sweepSettingNames, sweepHyperParameterNames, sweepFileSchema } from '../../../contract/sweeps.ts';
import type { SettingValue, SweepDefinition } from '../../../contract/sweeps.ts';
import { settingWords, valueWords } from '../../../contract/sweepWords.ts';
import type { RunSummary } from '../../../contract/studio.ts';
import { duration, figure } from '../../words.ts';
import { settingsOf } from './modelSettings.ts';
import { askedOf, requestFrom } from './runDraft.ts';
import type { RunDraft } from './runDraft.ts';

/** What varies in a sweep, as it is typed; all else is the form's. */
export const sweepDraftSchema = z.object({
  name: z.string(),
  axes: z.array(z.object({ setting: z.string(), values: z.string() })),
});
export type SweepDraft = z.infer<typeof sweepDraftSchema>;

export const emptySweep: SweepDraft = {
  name: '',
  axes: [
    { setting: 'seed', values: '0..2' },
    { setting: 'spectral', values: 'on,off' },
  ],
};

/** What nobody varies: where the pictures lie, and how a run is written down. */
const fixed: readonly string[] = ['data', 'measureEvery', 'tensorboard', 'imageLayer', 'allFolders'];

/** What can vary for a kind of model, with its words. */
export function variable(model: ModelKind): { value: string; label: string }[] {
  const own = settingsOf(model).map(({ name }) => name);
  return sweepSettingNames
    .filter((name) => !fixed.includes(name))
    .filter((name) => !sweepHyperParameterNames.includes(name) || own.includes(name))
    .map((name) => ({ value: name, label: settingWords(name) }));
}

/** @returns what the engine is asked with, or why it is nothing yet, as a sentence */
export function definitionFrom(
  draft: RunDraft,
  sweep: SweepDraft,
): { definition: SweepDefinition } | { missing: string } {
  const asked = requestFrom(draft);
  if ('missing' in asked) return asked;
  const name = sweep.name.trim();
  if (!sweepFileSchema.shape.name.safeParse(name === '' ? undefined : name).success) {
    return { missing: 'Name: letters, digits, and . _ - between them, at most 60.' };
  }
  const empty = sweep.axes.find(({ values }) => values.trim() === '');
  if (empty !== undefined) {
    return { missing: `${settingWords(empty.setting)}: type values such as 0..4, or 1e-4,5e-4.` };
  }
  const { data, steps, threads } = askedOf(draft);
  return {
    definition: {
      grid: gridOf(draft, sweep),
      data,
      steps: Number(steps),
      ...(typeof threads === 'number' && { threads }),
    },
  };
}

/** The form's settings that are not the usual ones, with one value each, and what varies with several. */
export function gridOf(draft: RunDraft, { axes }: SweepDraft): string {
  const varied = axes.map(({ setting }) => setting);
  const { model, preset, crop, allFolders, seed, checkpointEvery, hyperParameters } = askedOf(draft);
  const isSpectral = draft.isSpectral || varied.includes('spectral');
  const base: [string, SettingValue | undefined, SettingValue | undefined][] = [
    ['model', model, 'vae'],
    ['preset', preset, 'compact'],
    ['crop', crop, defaultCrops[model]],
    ['allFolders', allFolders, false],
    ['seed', seed, 0],
    ['checkpointEvery', checkpointEvery, undefined],
    ...Object.entries(hyperParameters).map(
      ([name, value]) => [name, value, undefined] satisfies [string, SettingValue, undefined],
    ),
    ['spectral', draft.isSpectral, false],
    ...(isSpectral ? spectralSettings(draft) : []),
  ];
  return [
    ...base
      .filter(([name, value, usual]) => value !== undefined && value !== usual && !varied.includes(name))
      .map(([name, value]) => `${name}=${valueWords(value!)}`),
    ...axes.map(({ setting, values }) => `${setting}=${values.replaceAll(/\s+/g, '')}`),
  ].join(' ');
}

function spectralSettings({ spectral }: RunDraft): [string, SettingValue, SettingValue][] {
  return [
    ['spectralGamma', spectral.gamma, spectralDefaults.gamma],
    ['spectralCap', spectral.cap, spectralDefaults.cap],
    ['spectralGrid', spectral.grid, spectralDefaults.grid],
    ['spectralVariant', spectral.variant, spectralDefaults.variant],
  ];
}

/** The command that asks for the same. */
export function sweepCommandOf(draft: RunDraft, sweep: SweepDraft): string {
  const asked = definitionFrom(draft, sweep);
  const definition = 'definition' in asked ? asked.definition : {};
  const name = sweep.name.trim() === '' ? 'sweep' : sweep.name.trim();
  return commandOfDraft(sweepCommand, { ...definition, out: `runs/${name}`, place: { kind: 'local' } });
}

/**
 * How long all may take: from what a run of the same model, preset and threads did on this machine, as many side by side as fit.
 * A sentence; of nothing known it says so.
 */
export function estimateWords(
  runs: readonly RunSummary[],
  draft: Pick<RunDraft, 'model' | 'preset'>,
  { cells, steps, threads, shared }: { cells: number; steps: number; threads: number; shared: number },
): string {
  const like = runs.find(
    ({ run, status }) =>
      run.model.kind === draft.model &&
      run.model.preset === draft.preset &&
      run.device.intraOpThreads === threads &&
      (status?.stepsPerSecond ?? 0) > 0,
  );
  const rate = like?.status?.stepsPerSecond;
  const each = `${threads} ${threads === 1 ? 'thread' : 'threads'} each`;
  if (like === undefined || rate === undefined)
    return `With ${each}; how long that takes is known once one was trained.`;
  const beside = Math.min(cells, Math.max(1, Math.floor(shared / threads)));
  const seconds = (Math.ceil(cells / beside) * steps) / rate;
  return `About ${duration(seconds)}: ${beside} at a time with ${each}, at the ${figure(rate, 2)} steps/s of ${like.id}.`;
}
