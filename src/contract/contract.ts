import { z } from 'zod';
import { analysisContract } from './analysis.ts';
import { channelsContract } from './channels.ts';
import { dataContract } from './dataSet.ts';
import { directionsContract } from './directions.ts';
import { doctorReportSchema } from './doctor.ts';
import { exchangeContract } from './exchange.ts';
import { experimentsContract } from './experiments.ts';
import { exportsContract } from './exports.ts';
import { gatesContract } from './gates.ts';
import { interveneContract } from './intervene.ts';
import { long, method } from './method.ts';
import { modelsContract } from './models.ts';
import { queueContract } from './queue.ts';
import { runsContract } from './runs.ts';
import { nonEmpty, whole } from './shared.ts';
import { studioContract } from './studio.ts';
import { sweepsContract } from './sweeps.ts';
import { theoryContract } from './theory.ts';

export const demoResultSchema = z.object({
  folder: z.string(),
  report: z.string(),
  seconds: z.number(),
  /** What numbers.json holds. */
  numbers: z.record(z.string(), z.unknown()),
});

/** All that a front door can ask of the engine, an area a file. */
export const contract = {
  system: {
    doctor: method.output(doctorReportSchema),
  },
  demo: {
    run: long(
      z.strictObject({
        out: nonEmpty,
        steps: z.number().int().positive().default(3500),
        count: z.number().int().min(200).max(1_000_000).default(8000),
        seed: whole.default(0),
      }),
      demoResultSchema,
    ),
  },
  data: dataContract,
  runs: runsContract,
  queue: queueContract,
  sweeps: sweepsContract,
  models: modelsContract,
  channels: channelsContract,
  directions: directionsContract,
  intervene: interveneContract,
  gates: gatesContract,
  analysis: analysisContract,
  exports: exportsContract,
  exchange: exchangeContract,
  theory: theoryContract,
  experiments: experimentsContract,
  studio: studioContract,
};
