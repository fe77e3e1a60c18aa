/**
 * Only syntax and modules that old versions of Node have, so that an old Node gets to say what it lacks.
 */

export const neededNode = '20.19';

/**
 * Says what to do when this Node is too old, and nothing otherwise.
 *
 * @param {string} version such as `process.versions.node`
 * @returns {string | undefined}
 */
export function nodeTooOld(version) {
  const [major, minor] = version.split('.').map(Number);
  const [neededMajor, neededMinor] = neededNode.split('.').map(Number);
  if (major > neededMajor || (major === neededMajor && minor >= neededMinor)) return undefined;
  return `Node ${neededNode} or newer is needed, and this is Node ${version}: install a current Node (https://nodejs.org) and start again.`;
}

/** When the maintenance of a version ends, as Node's release schedule says (https://github.com/nodejs/Release). */
const ends = { 20: '2026-04-30', 22: '2027-04-30', 24: '2028-04-30', 26: '2029-04-30' };
const tested = 'Node 20, 22, 24 and 26 are what the Studio is tested with.';

/**
 * What is to be said about a Node that works and yet is not one to stay with; nothing for others, newer ones among them.
 *
 * @param {string} version such as `process.versions.node`
 * @param {Date} today
 * @returns {string | undefined}
 */
export function nodeNotice(version, today) {
  const major = Number(version.split('.')[0]);
  if (major < 26 && major % 2 === 1)
    return `Node ${version} was a version between those that are maintained: install a current one (https://nodejs.org). ${tested}`;
  const end = ends[major];
  if (end === undefined || today < new Date(end)) return undefined;
  return `Node ${major} is not maintained since ${end}: it works here, and a newer one is safer (https://nodejs.org). ${tested}`;
}
