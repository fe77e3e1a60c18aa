import os from 'node:os';
import path from 'node:path';

const name = 'extrapolation-studio';

/**
 * The folder that all clones of one person share, where the system expects such things.
 *
 * @param {NodeJS.ProcessEnv} env EXTRAPOLATION_CACHE names another folder
 * @param {string} platform as `process.platform`
 * @param {string} home
 * @returns {string} absolute path
 */
export function cacheFolder(env, platform = process.platform, home = os.homedir()) {
  if (env.EXTRAPOLATION_CACHE) return path.resolve(env.EXTRAPOLATION_CACHE);
  switch (platform) {
    case 'darwin':
      return path.join(home, 'Library', 'Caches', name);
    case 'win32':
      return path.join(env.LOCALAPPDATA || path.join(home, 'AppData', 'Local'), name);
    default:
      // The XDG specification says that a relative path is to be ignored.
      return path.join(
        path.isAbsolute(env.XDG_CACHE_HOME ?? '') ? env.XDG_CACHE_HOME : path.join(home, '.cache'),
        name,
      );
  }
}
