import { describe, expect, it } from 'vitest';
import { Asker } from '../../../src/renderer/api/useLive.ts';

interface Asked {
  key: string;
  signal: AbortSignal;
  answer: (value: string) => void;
  fail: (error: Error) => void;
}

function setUp(): {
  asked: Asked[];
  shown: { key: string | null; error: string | null }[];
  asker: Asker<string>;
} {
  const asked: Asked[] = [];
  const shown: { key: string | null; error: string | null }[] = [];
  const asker = new Asker<string>(
    (key, signal) =>
      new Promise((answer, fail) => {
        asked.push({ key, signal, answer, fail });
        signal.addEventListener('abort', () => {
          fail(new Error('aborted'));
        });
      }),
    (update) => shown.push(update({ key: null, value: null, milliseconds: null, error: null })),
  );
  return { asked, shown, asker };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('questions while something is dragged', () => {
  it('are asked one at a time, and of those that wait only the newest', async () => {
    const { asked, shown, asker } = setUp();
    for (const key of ['1', '2', '3']) asker.want(key);
    expect(asked.map(({ key }) => key)).toEqual(['1']);
    asked[0]!.answer('one');
    await settled();
    expect(asked.map(({ key }) => key)).toEqual(['1', '3']);
    asked[1]!.answer('three');
    await settled();
    expect(shown.map(({ key }) => key)).toEqual(['1', '3']);
    expect(asked).toHaveLength(2);
  });

  it('show an error in its place and go on with the next', async () => {
    const { asked, shown, asker } = setUp();
    asker.want('1');
    asked[0]!.fail(new Error('The model is gone.'));
    await settled();
    expect(shown).toMatchObject([{ key: '1', error: 'The model is gone.' }]);
    asker.want('2');
    asked[1]!.answer('two');
    await settled();
    expect(shown.at(-1)).toMatchObject({ key: '2', error: null });
  });

  it('are aborted when the page is left, and nothing is shown any more', async () => {
    const { asked, shown, asker } = setUp();
    asker.want('1');
    asker.stop();
    await settled();
    expect(asked[0]!.signal.aborted).toBe(true);
    expect(shown).toEqual([]);
  });
});
