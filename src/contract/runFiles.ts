import { z } from 'zod';
import { decodingSchema, selectionSchema } from './dataSet.ts';
import { gpuSchema } from './gpu.ts';
import {
  dcganHyperParametersSchema,
  dcganPresetNames,
  presetNames,
  spectralSchema,
  vaeHyperParametersSchema,
} from './hyperParameters.ts';
import { importedEncoderSchema } from './importedEncoder.ts';
import { importedFromSchema, importedHyperParametersSchema } from './importedModel.ts';

/** The files of a run directory. Each has a version; a reader refuses one that it does not know. */

const vaeModelSchema = z.strictObject({
  kind: z.literal('vae'),
  preset: z.enum(presetNames),
  hyperParameters: vaeHyperParametersSchema,
});

/** The folder of the data in the run.json of a model whose pictures did not come with it. */
export const dataNotHere = '';

const dcganModelSchema = z.strictObject({
  kind: z.literal('dcgan'),
  preset: z.enum(dcganPresetNames),
  hyperParameters: dcganHyperParametersSchema,
});

/** A generator that was trained elsewhere, and the encoder that came with it: it is looked at and changed here, and never trained. */
const importedModelSchema = z.strictObject({
  kind: z.literal('imported'),
  preset: z.literal('imported'),
  hyperParameters: importedHyperParametersSchema,
  from: importedFromSchema,
  encoder: importedEncoderSchema.optional(),
});

/** How a step of training is run: as one TensorFlow function, or one op after the other. Both give the same bits on a CPU. */
export const stepModes = ['function', 'eager'] as const;
export type StepMode = (typeof stepModes)[number];

/**
 * How the layer that puts out the picture is computed in training: as TensorFlow's convolution, or on 2×2 blocks of pixels,
 * which is faster on processors. It is the same function, its sums in another order: last bits differ.
 */
export const imageLayers = ['plain', 'blocks'] as const;
export type ImageLayer = (typeof imageLayers)[number];

/** Runs of earlier versions do not say: theirs was plain. */
export function imageLayerOf({ device }: Pick<RunFile, 'device'>): ImageLayer {
  return device.imageLayer ?? 'plain';
}

/** What can be trained, with everything that decides its size and its steps. */
export const trainedSchema = z.discriminatedUnion('kind', [vaeModelSchema, dcganModelSchema]);
export type TrainedSettings = z.infer<typeof trainedSchema>;

/** The model of a run. */
export const modelSchema = z.discriminatedUnion('kind', [
  vaeModelSchema,
  dcganModelSchema,
  importedModelSchema,
]);
export type ModelSettings = z.infer<typeof modelSchema>;

/** The most threads and steps that a file or a person may ask for: more is a slip, and would take the machine down. */
export const mostThreads = 512;
export const mostSteps = 1_000_000_000;
const threads = z.number().int().positive().max(mostThreads);
const step = z.number().int().nonnegative().max(mostSteps);
export const stepCountSchema = z.number().int().positive().max(mostSteps);

/** What becomes of a training that diverges: it stops, or goes back to its last checkpoint with half the learning rate. */
export const divergenceSchema = z.enum(['stop', 'lower']);
/** What the reason of a run that failed begins with where its training diverged. */
export const divergedWords = 'Training diverged';
/** Halved more often, a learning rate is no longer what is wrong. */
export const mostDivergences = 5;

/**
 * run.json: what was asked. Written once; `steps` grows by an extension, `data` follows pictures that were moved, and what was done
 * about a divergence is added.
 */
export const runFileSchema = z.strictObject({
  version: z.literal(1),
  id: z.string().min(1),
  createdAt: z.iso.datetime(),
  model: modelSchema,
  data: z.strictObject({
    /** `dataNotHere` where the pictures did not come with the model. */
    folder: z.string(),
    crop: z.enum(['vae', 'dcgan', 'full']),
    /** Side of the pictures; of what is trained here 64. */
    size: z.number().int().min(1).max(1024),
    decoding: decodingSchema.optional(),
    selection: selectionSchema.optional(),
    /** Of the packed images: changes when a file, its size, its date, the crop or the decoding does. */
    key: z.string(),
    /** Of what is in the packed images, wherever their files lie and whenever they were written; earlier versions have none. */
    content: z.string().optional(),
    /** None of a model that was trained elsewhere. */
    trainingImages: z.number().int().nonnegative(),
  }),
  seed: z
    .number()
    .int()
    .min(0)
    .max(2 ** 31 - 1),
  steps: stepCountSchema,
  checkpointEvery: stepCountSchema,
  measureEvery: stepCountSchema,
  tensorboard: z.boolean(),
  spectral: spectralSchema.nullable(),
  /** `stop` where it is not said. */
  onDivergence: divergenceSchema.optional(),
  /** Each time that training diverged and went back: at which step, to which checkpoint, and the learning rate from then on. */
  divergences: z
    .array(z.strictObject({ at: step, from: step, learningRate: z.number().positive().max(1) }))
    .optional(),
  versions: z.strictObject({
    studio: z.string(),
    tensorflow: z.string(),
    tfjs: z.string(),
    node: z.string(),
  }),
  device: z.strictObject({
    kind: z.enum(['cpu', 'gpu']),
    intraOpThreads: threads,
    interOpThreads: threads,
    /** How the steps are run: as one TensorFlow function, or op by op; runs of earlier versions, all op by op, do not say. */
    steps: z.enum(stepModes).optional(),
    /** The GPU, where it is one and known, and whether TensorFlow was told to add in a fixed order on it. */
    gpu: gpuSchema
      .pick({ name: true, computeCapability: true, driver: true })
      .extend({ deterministic: z.boolean() })
      .optional(),
    imageLayer: z.enum(imageLayers).optional(),
  }),
});
export type RunFile = z.infer<typeof runFileSchema>;

export const phases = ['waiting', 'training', 'stopped', 'finished', 'failed'] as const;

/** status.json: where the run stands. Replaced atomically, about once a second. */
export const statusFileSchema = z.strictObject({
  version: z.literal(1),
  phase: z.enum(phases),
  step,
  steps: stepCountSchema,
  stepsPerSecond: z.number().nonnegative(),
  etaSeconds: z.number().nonnegative().nullable(),
  pid: z.number().int().nullable(),
  host: z.string(),
  heartbeat: z.iso.datetime(),
  /** Bytes of resident memory of the trainer. */
  memory: z.number().nonnegative(),
  error: z.string().nullable(),
});
export type StatusFile = z.infer<typeof statusFileSchema>;

/** One line of metrics.jsonl. Losses are means over the steps since the line before. */
export const metricsLineSchema = z.object({
  step,
  seconds: z.number().nonnegative(),
  values: z.record(z.string(), z.number()),
});
export type MetricsLine = z.infer<typeof metricsLineSchema>;

const dataSchema = runFileSchema.shape.data.pick({ crop: true, decoding: true, trainingImages: true });
/** What of run.json decides the weights: neither how long and how often, nor where the pictures lie. */
const trainedAsSchema = runFileSchema
  .pick({ id: true, createdAt: true, model: true, seed: true, spectral: true })
  .extend({ data: dataSchema, imageLayer: z.enum(imageLayers) });
export type TrainedAs = z.infer<typeof trainedAsSchema>;

/** state.json of a checkpoint: all that resuming needs beside the two weight files. */
export const checkpointStateSchema = z.strictObject({
  version: z.literal(1),
  step,
  /** Updates the optimiser made: its moments' bias correction goes on from here. */
  optimizerStep: step,
  /** Where the data order and the noise stand: both are functions of these and of nothing else. */
  seed: z.number().int(),
  epoch: z.number().int().nonnegative(),
  /** Losses of steps up to this one that no line of metrics.jsonl has yet, as sums: the next line is a mean over them too. */
  unwritten: z
    .strictObject({ steps: z.number().int().positive(), sums: z.record(z.string(), z.number()) })
    .optional(),
  /** Whose it is, and how it was trained; checkpoints of earlier versions do not say. */
  run: trainedAsSchema.optional(),
  sha256: z.strictObject({ weights: z.string().length(64), optimizer: z.string().length(64) }),
});
export type CheckpointState = z.infer<typeof checkpointStateSchema>;

/** run.lock: the one process that may write the run. */
export const lockFileSchema = z.object({
  pid: z.number().int(),
  host: z.string(),
  startedAt: z.iso.datetime(),
  /** Of this lock alone: its holder knows it by this. Locks of earlier versions have none of what follows. */
  nonce: z.string().optional(),
  /** The start of the machine, and when on it the process began: a number alone may be another process's by now. */
  boot: z.string().optional(),
  processStart: z.string().optional(),
  /** Which folder it locks: in a copy of the folder, the lock that was copied along says nothing. */
  folder: z.string().optional(),
});
export type LockFile = z.infer<typeof lockFileSchema>;
