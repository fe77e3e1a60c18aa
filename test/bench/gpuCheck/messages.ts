import { z } from 'zod';
import { gpuSchema } from '../../../src/contract/gpu.ts';
import { trainedSchema, stepModes } from '../../../src/contract/runFiles.ts';

/** What a process of the check is asked to do, in this order. Files are named without their folder. */
const taskSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('facts') }),
  z.strictObject({ kind: z.literal('faces'), count: z.number().int().positive() }),
  /** `steps` steps from the start; or from half-way of the task `from`, where `before` steps were made. */
  z.strictObject({
    kind: z.literal('steps'),
    name: z.string(),
    model: trainedSchema,
    steps: z.number().int().positive(),
    from: z.string().nullable(),
    before: z.number().int().nonnegative(),
  }),
  z.strictObject({ kind: z.literal('pictures'), name: z.string(), samples: z.number().int().positive() }),
  z.strictObject({ kind: z.literal('memory'), model: trainedSchema, steps: z.number().int().positive() }),
  z.strictObject({
    kind: z.literal('times'),
    models: z.array(trainedSchema),
    steps: z.number().int().positive(),
  }),
  z.strictObject({ kind: z.literal('decode'), repeats: z.number().int().positive() }),
]);
export type Task = z.infer<typeof taskSchema>;
export type TaskOf<Kind extends Task['kind']> = Extract<Task, { kind: Kind }>;

export const requestSchema = z.strictObject({
  /** Where the faces are, and what the processes give each other. */
  folder: z.string(),
  tasks: z.array(taskSchema),
});
export type Request = z.infer<typeof requestSchema>;

const timeSchema = z.strictObject({
  model: z.enum(['vae', 'dcgan']),
  preset: z.string(),
  mode: z.enum(stepModes),
  /** A step, when several follow each other without a look at their losses; the median over rounds. */
  milliseconds: z.number().nonnegative(),
});
export type StepTime = z.infer<typeof timeSchema>;
export const stepTimeSchema = timeSchema;

/** What a process runs on. */
export const machineSchema = z.strictObject({
  device: z.enum(['cpu', 'gpu']),
  /** Why, in words. */
  reason: z.string(),
  tensorflow: z.string(),
  node: z.string(),
  processor: z.string(),
  cores: z.number().int().positive(),
  threads: z.number().int().positive(),
  gpu: gpuSchema.nullable(),
  growth: z.boolean(),
  deterministic: z.boolean(),
  /** From before TensorFlow is loaded to the first result: on a GPU without machine code this compiles. */
  firstResultSeconds: z.number().nonnegative(),
});

const answerSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('facts'), machine: machineSchema }),
  z.strictObject({ kind: z.literal('faces') }),
  z.strictObject({
    kind: z.literal('steps'),
    losses: z.array(z.record(z.string(), z.number())),
    /** Of weights, statistics and moments after the last step. */
    sha256: z.string(),
  }),
  z.strictObject({ kind: z.literal('pictures') }),
  z.strictObject({
    kind: z.literal('memory'),
    /** Bytes; growth is that from a fifth of the steps on. */
    resident: z.strictObject({ peak: z.number(), growth: z.number() }),
    /** Of the whole GPU; null without one, or where its tool does not say. */
    gpu: z.strictObject({ peak: z.number(), growth: z.number() }).nullable(),
  }),
  z.strictObject({ kind: z.literal('times'), times: z.array(timeSchema) }),
  z.strictObject({ kind: z.literal('decode'), milliseconds: z.number().nonnegative() }),
  z.strictObject({ kind: z.literal('failed'), message: z.string() }),
]);
export type Answer = z.infer<typeof answerSchema>;
export type AnswerOf<Kind extends Answer['kind']> = Extract<Answer, { kind: Kind }>;

/** An answer of another form is one that failed: JSON has no NaN, which a loss may be. */
export const answersSchema = z.array(
  answerSchema.catch({
    kind: 'failed',
    message: 'its answer is not of the form that is expected: is a number none?',
  }),
);

/** Files that a task named `name` leaves: the moments after its first step, and its state half-way and at its end. */
export function filesOf(name: string): Record<'gradients' | 'middle' | 'end', string> {
  return { gradients: `${name}.gradients`, middle: `${name}.middle`, end: `${name}.end` };
}

export const answersName = 'answers.json';
