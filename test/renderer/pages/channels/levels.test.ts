import { expect, it } from 'vitest';
import { paramsAtLevel } from '../../../../src/renderer/pages/channels/paramsAtLevel.ts';

/** What `setParams` makes of a change. */
const after = (params: Record<string, string>, level: 'coarse' | 'fine'): Record<string, string> =>
  Object.fromEntries(
    Object.entries({ ...params, ...paramsAtLevel(params, level) }).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)]],
    ),
  );

it('keeps what is selected at each level for when one comes back to it', () => {
  const fine = { run: 'vae', sel: '3-4', at: '3', k: '5', sweep: 'selected' };
  const coarse = after(fine, 'coarse');
  expect(coarse).toEqual({
    ...{ run: 'vae', level: 'coarse' },
    ...{ 'sel.fine': '3-4', 'at.fine': '3', 'k.fine': '5', 'sweep.fine': 'selected' },
  });
  const back = after({ ...coarse, sel: '7' }, 'fine');
  expect(back).toEqual({ ...fine, level: 'fine', 'sel.coarse': '7' });
  expect(after(back, 'coarse')).toMatchObject({ sel: '7', 'sel.fine': '3-4' });
});

it('changes nothing where the level is the same', () => {
  expect(paramsAtLevel({ sel: '3' }, 'fine')).toEqual({ level: 'fine' });
});
