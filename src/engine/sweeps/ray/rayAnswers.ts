import { z } from 'zod';

/** What is read of a head's answers (Ray 2.60); what else they say is left alone. */

export const versionSchema = z.object({ ray_version: z.string() });

export const jobStatuses = ['PENDING', 'RUNNING', 'SUCCEEDED', 'FAILED', 'STOPPED'] as const;

export const jobSchema = z.object({
  status: z.enum(jobStatuses),
  entrypoint: z.string(),
  message: z.string().nullish(),
  error_type: z.string().nullish(),
  /** Negative for a signal, such as -9. */
  driver_exit_code: z.number().int().nullish(),
});
export type RayJob = z.infer<typeof jobSchema>;

/** The job waited longer for its CPUs than the head lets it. */
export const neverHadRoom = 'JOB_SUPERVISOR_ACTOR_START_TIMEOUT';

/** What such errors begin with: Ray's own process beside the job could not be started, or died with its machine. */
export const ofCluster = 'JOB_SUPERVISOR_ACTOR_';

export const submittedSchema = z.object({ submission_id: z.string() });
export const stoppedSchema = z.object({ stopped: z.boolean() });

const usedOfTotal = z.tuple([z.number().nonnegative(), z.number().nonnegative()]);
const usageSchema = z.object({ CPU: usedOfTotal.optional(), GPU: usedOfTotal.optional() });

/** Of the classic autoscaler's report, which heads without autoscaling write as well; up to 5 s old. */
export const clusterStatusSchema = z.object({
  data: z.object({
    clusterStatus: z.object({
      loadMetricsReport: z.object({ usageByNode: z.record(z.string(), usageSchema) }),
    }),
  }),
});

const resourcesSchema = z.object({
  CPU: z.number().nonnegative().optional(),
  GPU: z.number().nonnegative().optional(),
});

/** Of heads without that report: what the nodes have, without what is in use. */
export const nodesSchema = z.object({
  data: z.object({
    result: z.object({
      result: z.array(z.object({ state: z.string(), resources_total: resourcesSchema.nullish() })),
    }),
  }),
});
