import { inject } from 'vitest';

/*
 * Runs after Stryker's own setup and before each test file. Stryker expects a process that knows nothing yet: the mutant before
 * would still be active while modules load, and coverage would add up over files.
 */
const stryker = globalThis.__stryker__;
delete stryker.mutantCoverage;
delete stryker.hitCount;
if (inject('mutantActivation') !== 'static') delete stryker.activeMutant;
