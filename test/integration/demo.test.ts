import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { demoResultSchema } from '../../src/contract/contract.ts';
import { runJson } from '../setup/commandLine.ts';
import { temporaryFolder } from '../setup/tinyTraining.ts';

const numbersSchema = z.object({
  step: z.number(),
  hair: z.object({ channels: z.array(z.number()).min(1), fineMapsIdentical: z.literal(true) }),
  eyes: z.record(z.string(), z.object({ faces: z.number() })),
  exported: z.number(),
});

it('the demo, small: every part runs, the report shows this run’s own numbers, and starting it again goes on', async () => {
  const place = await temporaryFolder();
  try {
    const env = { EXTRAPOLATION_CACHE: join(place.folder, 'cache') };
    const out = join(place.folder, 'demo');
    const args = ['demo', '--out', out, '--count', '320', '--steps', '40'];
    const { report, numbers } = await runJson(demoResultSchema, args, env);
    const told = numbersSchema.parse(numbers);
    expect(told).toMatchObject({ step: 40, exported: 200 });
    // A tenth of the faces is held out: a twentieth for validation, a twentieth for test (docs/data.md).
    expect(told.eyes['intermediate']?.faces).toBe(32);

    const page = (await readFile(report, 'utf8')).replaceAll(/data:image\/png;base64,[^"]*/g, 'data:');
    for (const part of [
      'The faces',
      'The model',
      'Modules',
      'FluoHair',
      'Stretching',
      'Spectra',
      'An augmented set',
    ]) {
      expect(page).toContain(part);
    }
    expect(page).toContain(told.hair.channels.join(', '));
    expect(page).not.toMatch(/NaN|undefined|Infinity/);
    expect(page, 'the page needs nothing from elsewhere').not.toMatch(/(src|href)="(?!data:|#)/);
    expect(await readdir(join(out, 'augmented', 'train'))).toHaveLength(201);

    const again = await runJson(demoResultSchema, args, env);
    expect(again.numbers).toEqual(numbers);
  } finally {
    await place.remove();
  }
});
