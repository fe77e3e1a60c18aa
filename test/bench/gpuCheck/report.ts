import { z } from 'zod';
import { machineSchema, stepTimeSchema } from './messages.ts';

const measured = z.union([z.number(), z.string()]).nullable();

const checkSchema = z.strictObject({
  name: z.string(),
  passed: z.boolean(),
  /** Null where it could not be measured; `note` says why. */
  measured,
  /** A number is the most that passes. Null: whatever came out is only written down. */
  allowed: measured,
  /** Why this much is allowed, or what went wrong. */
  note: z.string(),
});
export type Check = z.infer<typeof checkSchema>;

/** gpu-check.json */
export const reportSchema = z.strictObject({
  version: z.literal(1),
  studio: z.string(),
  createdAt: z.iso.datetime(),
  wanted: z.enum(['cpu', 'gpu']),
  scale: z.enum(['full', 'small']),
  machine: machineSchema,
  checks: z.array(checkSchema),
  times: z.array(stepTimeSchema),
  /** 36 pictures of the model that comes along, from latents to numbers in JavaScript. */
  decodeMilliseconds: z.number().nullable(),
  seconds: z.number(),
});
export type Report = z.infer<typeof reportSchema>;

export function failedChecks({ checks }: Report): Check[] {
  return checks.filter(({ passed }) => !passed);
}

/** The report as lines for a terminal, the last one a sentence. */
export function reportLines(report: Report): string[] {
  const { machine, checks, times, decodeMilliseconds, seconds } = report;
  const width = Math.max(...checks.map(({ name }) => name.length));
  const rows = checks.map(({ name, passed, measured: value, allowed, note }) => {
    const limit =
      allowed === null
        ? 'written down'
        : `demanded ${typeof allowed === 'number' ? '≤ ' : ''}${textOf(allowed)}`;
    const why = passed || note === '' ? '' : `  ${note}`;
    return `${passed ? '✓' : '✗'} ${name.padEnd(width)}  ${textOf(value)}  (${limit})${why}`;
  });
  const gpu = machine.gpu === null ? machine.processor : machine.gpu.name;
  return [
    `TensorFlow ${machine.tensorflow} on ${gpu}`,
    ...rows,
    '',
    ...times.map(
      ({ model, preset, mode, milliseconds }) =>
        `step of ${model} ${preset}, ${mode}: ${milliseconds.toFixed(2)} ms`,
    ),
    ...(decodeMilliseconds === null ? [] : [`36 pictures: ${decodeMilliseconds.toFixed(1)} ms`]),
    '',
    sentenceOf(report, seconds),
  ];
}

function sentenceOf(report: Report, seconds: number): string {
  const failed = failedChecks(report);
  const subject = `${report.checks.length} checks on the ${report.wanted === 'gpu' ? 'GPU' : 'processor'}`;
  const time = `in ${seconds.toFixed(0)} s`;
  if (failed.length === 0) return `All ${subject} passed, ${time}.`;
  return `Of ${subject} ${failed.length} failed, ${time}: ${failed.map(({ name }) => name).join('; ')}.`;
}

function textOf(value: Check['measured']): string {
  if (value === null) return 'not measured';
  return typeof value === 'number' ? String(Number(value.toPrecision(3))) : value;
}
