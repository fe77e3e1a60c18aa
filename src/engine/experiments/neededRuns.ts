import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { StudioError } from '../../contract/errors.ts';
import { dcganPresets, spectralDefaults, defaultCrops, vaePresets } from '../../contract/hyperParameters.ts';
import type { SpectralOptions } from '../../contract/hyperParameters.ts';
import type { FaceSet } from '../../contract/dataSet.ts';
import type { RunFile } from '../../contract/runFiles.ts';
import { openImageSet } from '../data/imageSet.ts';
import { isUnfinished, removeQuietly } from '../files/safeFiles.ts';
import type { NeededRun, ScalePlan } from './experiment.ts';
import { scaleTrainings, stepsOf } from './scales.ts';

/** vae-seed0-plain, vae-hard-seed0-spectral, dcgan-seed1: where a run lies below `runs`. */
export function nameOfRun({ kind, seed, spectral, set }: NeededRun): string {
  const parts: string[] = [kind];
  if (set === 'hard') parts.push('hard');
  parts.push(`seed${seed}`);
  if (spectral) parts.push('spectral');
  else if (kind === 'vae') parts.push('plain');
  return parts.join('-');
}

/** Every run that is needed, once, in the order in which they are trained. */
export function distinctRuns(needed: readonly NeededRun[]): NeededRun[] {
  return [...new Map(needed.map((run) => [nameOfRun(run), run])).values()];
}

/** The pictures that a run learns from. */
export interface WantedData {
  folder: string;
  /** Of the packed pictures, as a run with such data has it; undefined where the faces have not been drawn, as no run needs them yet. */
  keyOf(data: Pick<RunFile['data'], 'crop' | 'decoding' | 'selection'>): Promise<string | undefined>;
  /** What a set of synthetic faces must be; undefined for other pictures. */
  faceSet: Pick<FaceSet, 'seed' | 'count' | 'hard'> | undefined;
}

/** What a run is trained with, as far as it decides its weights. */
export interface NeededSettings {
  model: { kind: NeededRun['kind']; hyperParameters: object };
  seed: number;
  spectral: SpectralOptions | null;
}

export function settingsOf(needed: NeededRun, plan: ScalePlan): NeededSettings {
  const { preset, hyperParameters } = scaleTrainings[plan.scale];
  const model =
    needed.kind === 'vae'
      ? { kind: needed.kind, hyperParameters: { ...vaePresets[preset.vae], ...hyperParameters.vae } }
      : { kind: needed.kind, hyperParameters: { ...dcganPresets[preset.dcgan], ...hyperParameters.dcgan } };
  return { model, seed: needed.seed, spectral: needed.spectral ? spectralDefaults : null };
}

/** The arguments of `extrapolate train` that begin a run. */
export function trainArguments(needed: NeededRun, plan: ScalePlan, data: string, folder: string): string[] {
  const { preset, hyperParameters } = scaleTrainings[plan.scale];
  const { steps, checkpointEvery } = stepsOf(plan, needed.kind);
  const differing = Object.entries(hyperParameters[needed.kind]).flatMap(([name, value]) => [
    optionOf(name),
    String(value),
  ]);
  return [
    ...['train', '--data', data, '--run', folder, '--model', needed.kind, '--preset', preset[needed.kind]],
    ...[
      '--steps',
      String(steps),
      '--checkpoint-every',
      String(checkpointEvery),
      '--seed',
      String(needed.seed),
    ],
    ...differing,
    ...(needed.spectral ? ['--spectral'] : []),
  ];
}

/** fineChannels → --fine-channels */
function optionOf(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/**
 * Whether a run that lies where a needed one should is that one: same model, seed, spectral step and pictures.
 * @throws StudioError `wrong-usage` saying what differs
 */
export async function requireFits(
  folder: string,
  run: RunFile,
  needed: NeededRun,
  plan: ScalePlan,
  data: WantedData,
): Promise<void> {
  const wanted = settingsOf(needed, plan);
  const found = { kind: run.model.kind, hyperParameters: run.model.hyperParameters };
  const differences: string[] = [];
  if (!same(found, wanted.model)) differences.push('other sizes or rates of the model');
  if (run.seed !== wanted.seed) differences.push(`the seed ${run.seed}`);
  if (!same(run.spectral, wanted.spectral)) differences.push('another spectral step');
  if (run.data.crop !== defaultCrops[needed.kind]) differences.push('another crop');
  if (!(await samePictures(run, data))) differences.push(`other pictures (${run.data.folder})`);
  if (differences.length === 0) return;
  throw new StudioError(
    'wrong-usage',
    `The run in ${folder} was made with ${differences.join(', ')} than this needs at the ${plan.scale} scale. Choose another folder with --out, or move that run elsewhere.`,
  );
}

async function samePictures(run: RunFile, data: WantedData): Promise<boolean> {
  if (run.data.key === (await data.keyOf(run.data))) return true;
  if (data.faceSet === undefined || !existsSync(run.data.folder)) return false;
  const { faceSet } = await openImageSet(run.data.folder);
  const { seed, count, hard } = data.faceSet;
  return (
    faceSet?.complete === true && faceSet.seed === seed && faceSet.count === count && faceSet.hard === hard
  );
}

/** Equal as JSON, whatever the order of the names. */
function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, part]): [string, unknown] => [key, sorted(part)])
      .sort(([a], [b]) => a.localeCompare(b)),
  );
}

/** Clears away a run folder whose making was cut off before its run.json was there; anything else in it is kept. */
export async function clearUnbegunRun(folder: string): Promise<void> {
  if (!existsSync(folder) || existsSync(join(folder, 'run.json'))) return;
  const parts = ['samples', 'checkpoints', 'recipes', 'exports'];
  const names = await readdir(folder);
  if (names.every((name) => parts.includes(name) || isUnfinished(name))) await removeQuietly(folder);
}
