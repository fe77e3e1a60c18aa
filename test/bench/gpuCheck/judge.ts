import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeSafetensors } from '../../../src/engine/models/safetensors.ts';
import { meanLosses, medianError, relativeError, worstGreyLevels, worstLoss } from './compare.ts';
import { filesOf } from './messages.ts';
import type { Answer, AnswerOf } from './messages.ts';
import type { Check } from './report.ts';

/** What the processes answered: by part and by the name of the task. */
export type Outcomes = ReadonlyMap<string, ReadonlyMap<string, Answer>>;

/**
 * How far a GPU may be from the processor. Both add the same float32 numbers in another order, so that a value is off by
 * some ε = 6·10⁻⁸; with TF32 (Ampere and later, TensorFlow's own choice) what goes into products is rounded to 10 bits, ε = 5·10⁻⁴.
 * - A loss of one step from a given state, a picture, a median of spectra: a few ε.
 * - A gradient: a share of ε of the rectifiers falls on the other side of 0, which makes √ε of its length, 2.4·10⁻⁴ or .022.
 *   Measured on a processor, with one thread against two: 6·10⁻⁵ (β-VAE) and 4.6·10⁻⁴ (DCGAN), losses 4·10⁻⁶ at most.
 * - Losses of steps that follow each other: Adam divides a gradient by its own size, so what is off grows with every step. One
 *   thread against two were 3 to 25 % apart after 20, and their means over the 20 up to 4 %.
 * The limits are ten times this and more. No GPU had been seen when they were set.
 */
const limits = {
  plain: { loss: 1e-4, gradient: 5e-3, meanLoss: 0.25, greyLevels: 0.1, spectrum: 1e-3 },
  tf32: { loss: 0.01, gradient: 0.2, meanLoss: 0.5, greyLevels: 8, spectrum: 0.02 },
} as const;

/** The parts that are held against the processor, in which way, and what makes them differ. */
const ways = [
  ['plain', 'plain', 'float32 sums in another order'],
  ['device', 'tf32', 'products of TF32: 10 bits'],
] as const;

const mebibyte = 2 ** 20;
/** What allocators may still take after a fifth of the steps; a batch that leaked at each of 300 steps would be 360 MiB. */
const growthLimits = { resident: 100 * mebibyte, gpu: 64 * mebibyte };

export class Judge {
  readonly checks: Check[] = [];
  readonly #outcomes: Outcomes;
  readonly #folder: string;

  constructor(outcomes: Outcomes, folder: string) {
    this.#outcomes = outcomes;
    this.#folder = folder;
  }

  /** Whether the device is the one that was asked for and is used as it should be. */
  device(wanted: 'cpu' | 'gpu'): void {
    const facts = this.#answer('device', 'facts', 'facts');
    if (facts === undefined) return;
    const { device, reason, gpu, growth, deterministic } = facts.machine;
    const found = gpu === null ? device : `${gpu.name}, ${gpu.computeCapability.toFixed(1)}`;
    this.#add('device', device === wanted, found, wanted, reason);
    if (wanted === 'cpu') return;
    this.#add('memory that grows is asked for', growth, String(growth), 'true', '');
    this.#add('one order of adding is asked for', deterministic, String(deterministic), 'true', '');
  }

  /** The same steps on the processor and on the device, with and without TF32. */
  async closeness(model: string): Promise<void> {
    for (const [part, way, why] of ways) {
      for (const [task, state] of [
        [model, 'start'],
        [`${model}-middle`, 'half-way'],
      ] as const) {
        const reference = this.#answer('reference', task, 'steps');
        const steps = this.#answer(part, task, 'steps');
        if (reference === undefined || steps === undefined) continue;
        const loss = worstLoss(steps.losses[0]!, reference.losses[0]!);
        this.#atMost(`${model}, losses of the step from ${state}, ${way}`, loss, limits[way].loss, why);
        const files = [part, 'reference'].map((name) => this.#read(filesOf(`${name}-${task}`).gradients));
        const [own, expected] = await Promise.all(files);
        const error = relativeError(own!, expected!, 'm.');
        this.#atMost(
          `${model}, gradients of the step from ${state}, ${way}`,
          error,
          limits[way].gradient,
          why,
        );
        const { length } = steps.losses;
        if (length === 1) continue;
        const mean = worstLoss(meanLosses(steps.losses), meanLosses(reference.losses));
        this.#atMost(`${model}, mean losses of ${length} steps, ${way}`, mean, limits[way].meanLoss, why);
      }
    }
  }

  /** What must be the same to the last bit. @param strict whether op by op must be, too: on a GPU it is only written down */
  bits(model: string, strict: boolean): void {
    const whole = this.#answer('device', model, 'steps');
    for (const [name, part, task, demanded] of [
      ['run twice', 'again', model, true],
      ['resumed half-way', 'again', `${model}-resumed`, true],
      ['op by op', 'eager', model, strict],
    ] as const) {
      const other = this.#answer(part, task, 'steps');
      if (whole === undefined || other === undefined) continue;
      const equal = whole.sha256 === other.sha256;
      const outcome = equal ? 'the same bits' : 'other bits';
      this.#add(`${model}, ${name}`, equal || !demanded, outcome, demanded ? 'the same bits' : null, '');
    }
  }

  /** Pictures, FluoHair, stretching and spectra of the model that comes along. */
  async pictures(): Promise<void> {
    for (const [part, way, why] of ways) {
      const made = ['reference', part].map((name) => this.#answer(name, 'pictures', 'pictures'));
      if (made.includes(undefined)) continue;
      const files = ['reference', part].map((name) => this.#read(`${name}.pictures`));
      const [expected, own] = await Promise.all(files);
      for (const [name, { data }] of expected!) {
        const other = own!.get(name)!.data;
        const limit = limits[way];
        if (name.startsWith('sdr.'))
          this.#atMost(`${name}, median, ${way}`, medianError(other, data), limit.spectrum, why);
        else
          this.#atMost(`${name}, grey levels, ${way}`, worstGreyLevels(other, data), limit.greyLevels, why);
      }
    }
  }

  /** @param gpuBytes all memory of the GPU */
  memory(steps: number, gpuBytes: number | undefined): void {
    const memory = this.#answer('device', 'memory', 'memory');
    if (memory === undefined) return;
    const { resident, gpu } = memory;
    this.#course(`resident memory, MiB over ${steps} steps`, resident, growthLimits.resident);
    if (gpuBytes === undefined) return;
    if (gpu === null) {
      this.#add(
        'memory of the GPU',
        false,
        null,
        growthLimits.gpu,
        'nvidia-smi does not say how much is used',
      );
      return;
    }
    this.#course(`memory of the GPU, MiB over ${steps} steps`, gpu, growthLimits.gpu);
    this.#atMost(
      'share of the GPU’s memory that is taken',
      gpu.peak / gpuBytes,
      0.5,
      'memory grows with the need',
    );
  }

  /** That something was done at all, whatever came out. */
  done(part: string, task: 'times' | 'decode'): void {
    this.#answer(part, task, task);
  }

  #course(name: string, { peak, growth }: { peak: number; growth: number }, most: number): void {
    this.#add(`${name}, peak`, true, Math.round(peak / mebibyte), null, '');
    this.#atMost(`${name}, growth`, growth / mebibyte, most / mebibyte, 'what allocators still take');
  }

  /** What a part answered to a task; a check that failed where it did not. */
  #answer<Kind extends Answer['kind']>(part: string, task: string, kind: Kind): AnswerOf<Kind> | undefined {
    const answer = this.#outcomes.get(part)?.get(task);
    const isIt = (given: Answer): given is AnswerOf<Kind> => given.kind === kind;
    if (answer !== undefined && isIt(answer)) return answer;
    const name = `${task} (${part})`;
    const message = answer?.kind === 'failed' ? answer.message : 'it was not asked';
    if (!this.checks.some((check) => check.name === name)) this.#add(name, false, null, 'an answer', message);
    return undefined;
  }

  #atMost(name: string, value: number, most: number, note: string): void {
    this.#add(name, value <= most, value, most, note);
  }

  #add(
    name: string,
    passed: boolean,
    measured: Check['measured'],
    allowed: Check['allowed'],
    note: string,
  ): void {
    // JSON has no number for what is none; such a comparison has failed already.
    const finite = typeof measured === 'number' && !Number.isFinite(measured) ? String(measured) : measured;
    this.checks.push({ name, passed, measured: finite, allowed, note });
  }

  async #read(file: string): Promise<ReturnType<typeof decodeSafetensors>> {
    return decodeSafetensors(await readFile(join(this.#folder, file)), file);
  }
}
