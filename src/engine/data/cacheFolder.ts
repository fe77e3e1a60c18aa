import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where this program keeps what it can make again: EXTRAPOLATION_CACHE, or a folder of the system's cache folder. */
export function cacheBase(
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
  home: string = homedir(),
): string {
  const own = environment['EXTRAPOLATION_CACHE'];
  if (own !== undefined && own !== '') return own;
  return join(systemCache(environment, platform, home), 'extrapolation-studio');
}

function systemCache(environment: NodeJS.ProcessEnv, platform: NodeJS.Platform, home: string): string {
  if (platform === 'darwin') return join(home, 'Library', 'Caches');
  if (platform === 'win32') return environment['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local');
  const xdg = environment['XDG_CACHE_HOME'];
  return xdg !== undefined && xdg !== '' ? xdg : join(home, '.cache');
}

/** The folder of packed image sets. */
export function packedFolder(): string {
  return join(cacheBase(), 'packed');
}
