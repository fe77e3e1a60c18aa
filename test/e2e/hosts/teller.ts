import { it } from 'vitest';
import type { HostKind } from './stage.ts';

/** Tests of one host. Where this machine lacks it they are skipped, and their names say why: `npm test` repeats it at its end. */
export function teller({ missing }: HostKind): (name: string, body: () => Promise<void>) => void {
  return (name, body) => {
    it.skipIf(missing !== undefined)(missing === undefined ? name : `${name} (skipped: ${missing})`, body);
  };
}
