import os from 'node:os';

/** Above this load something else is running: times are of both. */
export const mostLoad = 0.5;

/**
 * @typedef {{ cpu: string, cores: number, memoryGb: number, system: string, node: string }} Machine
 * @returns {Machine}
 */
export function machineFacts() {
  return {
    cpu: os.cpus()[0]?.model.trim() ?? 'unknown processor',
    cores: os.availableParallelism(),
    memoryGb: Math.round(os.totalmem() / 2 ** 30),
    system: `${os.platform()} ${os.arch()}`,
    node: process.versions.node,
  };
}

/**
 * What machines must share for ratios to be held against each other.
 *
 * @param {Machine} machine
 */
export function kindOf({ cpu, cores }) {
  return `${cpu}, ${cores} ${cores === 1 ? 'core' : 'cores'}`;
}

/** The mean of the processes that were running in the last minute; 0 where the system does not count them. */
export function loadNow() {
  return os.loadavg()[0] ?? 0;
}

/**
 * @param {number} load
 * @returns {string | undefined} why nothing is measured now
 */
export function whyTooBusy(load) {
  if (load <= mostLoad) return undefined;
  return `The load of this machine is ${load.toFixed(2)}, above ${mostLoad}: times would be of other programs too. Close them and wait a minute, or measure all the same with --anyway.`;
}
