import { mkdir, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asContractError } from '../../../src/engine/api/streamed.ts';
import { explainSystemError } from '../../../src/engine/files/systemErrors.ts';
import { temporaryFolder } from '../../setup/tinyTraining.ts';

let folder: string;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ folder, remove } = await temporaryFolder());
  await writeFile(join(folder, 'notes.txt'), 'mine');
});
afterAll(async () => {
  await remove();
});

async function refusal(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe('what the system refuses is said in a sentence with the place and what to do', () => {
  it.each([
    [
      'a folder where a file is',
      () => mkdir(join(folder, 'notes.txt')),
      /notes\.txt cannot be used: there is a file/,
    ],
    [
      'a folder below a file',
      () => mkdir(join(folder, 'notes.txt', 'below'), { recursive: true }),
      /notes\.txt.* cannot be used: a part of that path is a file\. Choose another place\.$/,
    ],
    [
      'a file where a folder is',
      () => writeFile(folder, 'text'),
      / cannot be used: it is a folder\. Choose another name\.$/,
    ],
    [
      'too long a name',
      () => open(join(folder, 'x'.repeat(300)), 'w'),
      / cannot be used: the name is too long\. Choose a shorter one\.$/,
    ],
  ])('%s', async (_name, work, sentence) => {
    const error = await refusal(work());
    expect(explainSystemError(error)).toMatchObject({ code: 'wrong-usage' });
    expect(explainSystemError(error)?.message).toMatch(sentence);
    expect(asContractError(error)).toMatchObject({ defined: true, data: { code: 'wrong-usage' } });
  });

  it('a full disk, which is none of the place’s fault', () => {
    // As Node gives it; a disk is not filled for a test.
    const full = Object.assign(new Error('ENOSPC: no space left on device, write'), {
      ...{ code: 'ENOSPC', errno: -28, syscall: 'write', path: '/somewhere/set' },
    });
    expect(explainSystemError(full)).toMatchObject({
      code: 'no-space',
      message: '/somewhere/set cannot be used: its disk is full. Free some space and try again.',
    });
  });

  it('what is no refusal stays as it is: a fault of the program must look like one', () => {
    for (const fault of [
      new TypeError('x is not a function'),
      Object.assign(new Error(), { code: 'EACCES' }),
    ]) {
      expect(explainSystemError(fault)).toBeUndefined();
      expect(asContractError(fault)).toBe(fault);
    }
  });
});
