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
