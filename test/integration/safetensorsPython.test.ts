import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { betaVaeArchitecture } from '../../src/engine/models/betaVaeArchitecture.ts';
import { initialWeights } from '../../src/engine/models/networkWeights.ts';
import { encodeSafetensors } from '../../src/engine/models/safetensors.ts';
import { pythonWith } from '../setup/pythonPackages.ts';
import { temporaryFolder, tinyModel } from '../setup/tinyTraining.ts';

const program = `
import json, sys
from safetensors.numpy import load_file
arrays = load_file(sys.argv[1])
print(json.dumps({name: [list(a.shape), float(a.sum(dtype="float64")), float(a.ravel()[-1])] for name, a in arrays.items()}))
`;
const told = z.record(z.string(), z.tuple([z.array(z.number()), z.number(), z.number()]));

it('the safetensors package of Python reads a weights file', async (context) => {
  const found = pythonWith(['safetensors', 'numpy']);
  if ('missing' in found) return context.skip(found.missing);
  const place = await temporaryFolder();
  try {
    const arrays = initialWeights(betaVaeArchitecture(tinyModel), 1);
    const file = join(place.folder, 'weights.safetensors');
    await writeFile(file, encodeSafetensors(arrays));
    const read = spawnSync(found.python, ['-c', program, file], { env: found.env, encoding: 'utf8' });
    expect(read.stderr).toBe('');
    const expected = [...arrays].map(([name, { shape, data }]) => [
      name,
      [
        shape,
        expect.closeTo(
          data.reduce((sum, value) => sum + value, 0),
          6,
        ),
        data.at(-1),
      ],
    ]);
    expect(told.parse(JSON.parse(read.stdout))).toEqual(Object.fromEntries(expected));
  } finally {
    await place.remove();
  }
});
