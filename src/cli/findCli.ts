import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StudioError } from '../contract/errors.ts';

/** The built command line that this code is part of: trainers and the engine are started from it. */
export function findCli(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  for (const folder of [here, dirname(here)]) {
    const cli = join(folder, 'cli.js');
    if (existsSync(cli)) return cli;
  }
  throw new StudioError(
    'unavailable',
    `The command line is not built: there is no cli.js in ${here}. Run "npm run build".`,
  );
}
