/** The seeds drawn at every checkpoint, so that a run can be watched growing. */
export const sampleSeeds: readonly number[] = Array.from({ length: 36 }, (_, index) => index + 1);
