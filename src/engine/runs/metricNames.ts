type Values = Record<string, number>;

/** Measurements that the first version named otherwise: its name, and today’s in metrics.jsonl. */
const renamed = [['divergence', 'kl']] as const;

/** The measurements of a line by today’s names, whichever version wrote it. */
export function withCurrentNames(values: Values): Values {
  return mapNames(values, new Map(renamed));
}

/** The same by the names that TensorBoard's curves have always had, so that those of a run that goes on go on too. */
export function withTensorBoardTags(values: Values): Values {
  return mapNames(values, new Map(renamed.map(([first, now]) => [now, first])));
}

function mapNames(values: Values, names: ReadonlyMap<string, string>): Values {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [names.get(name) ?? name, value] as const),
  );
}

/** Whether a line is the mean over steps; others are what was measured of a checkpoint. */
export function isOfSteps({ values }: { values: Values }): boolean {
  return 'loss' in values || 'generatorLoss' in values;
}
