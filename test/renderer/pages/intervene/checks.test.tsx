import { describe, expect, it } from 'vitest';
import type { FluoHairCheck } from '../../../../src/contract/intervene.ts';
import { Checks } from '../../../../src/renderer/pages/intervene/Checks.tsx';
import type { CheckAnswer } from '../../../../src/renderer/pages/intervene/Checks.tsx';
import { markupOf, wordsOf } from '../../markup.tsx';

const local: FluoHairCheck = {
  pictures: 36,
  areFineMapsUnchanged: true,
  inside: 0.12,
  outside: 0.02,
  hueOff: 11.2,
  unmoved: 0,
  kernelBefore: [],
  kernelAfter: [],
};
const checks = (
  part: Partial<FluoHairCheck>,
  what: string | null = 'Hair',
  rest: Partial<CheckAnswer> = {},
) => (
  <Checks check={{ value: { ...local, ...part }, isStale: false, error: null, ...rest }} what={what} isOn />
);
/** Each line's words, with the icon that judges it: a tick, a warning triangle or a dash. */
const lines = (node: Parameters<typeof markupOf>[0]): string[] =>
  [...markupOf(node).matchAll(/<li[^>]*>([\s\S]*?)<\/li>/g)].map(([, line]) => {
    const icon = line!.includes('M3 8.500') ? 'ok' : line!.includes('M8 2.300') ? 'warn' : 'none';
    return `${icon}: ${line!.replaceAll(/<[^>]+>/g, '')}`;
  });

describe('what a recolouring did, in sentences', () => {
  it('is good news where it is local and of the colour that was asked for', () => {
    expect(lines(checks({}))).toEqual([
      'ok: Fine maps unchanged, to the bit',
      'ok: Hair changes 6.0 × the rest',
      'ok: Hue within 12° of the target',
    ]);
  });

  it('warns where the region changes less than three times as much as the rest', () => {
    expect(lines(checks({ inside: 0.06 }))[1]).toBe('ok: Hair changes 3.0 × the rest');
    expect(lines(checks({ inside: 0.0598 }))[1]).toMatch(/^warn: Hair changes/);
  });

  it('warns where the hue is more than 30° off', () => {
    expect(lines(checks({ hueOff: 30 }))[2]).toBe('ok: Hue within 30° of the target');
    expect(lines(checks({ hueOff: 30.4 }))[2]).toBe('warn: Hue 30° off the target');
    expect(lines(checks({ hueOff: null }))).toHaveLength(2);
  });

  it('divides by nothing where the rest does not change', () => {
    expect(lines(checks({ outside: 0 }))[1]).toBe('ok: Hair changes, the rest not at all');
  });

  it('compares no region where channels were chosen by hand or the module is not known', () => {
    for (const each of [checks({}, null), checks({ inside: null }), checks({ outside: null })])
      expect(lines(each)[1]).toBe('none: No module, so no region to compare');
  });

  it('says that other steps changed the maps, and how many pictures hardly change', () => {
    const found = lines(checks({ areFineMapsUnchanged: false, unmoved: 5 }));
    expect(found[0]).toBe('none: Fine maps changed, by the other steps');
    expect(found.at(-1)).toBe('none: 5 of 36 hardly change');
  });

  it('gives way to an error, to a step that is off, and to waiting', () => {
    expect(wordsOf(checks({}, 'Hair', { error: 'No such run.' }))).toBe('No such run.');
    expect(wordsOf(checks({}, 'Hair', { value: undefined }))).toBe('Checking…');
    const off = <Checks check={{ value: local, isStale: false, error: null }} what="Hair" isOn={false} />;
    expect(wordsOf(off)).toBe('Switched off: nothing is recoloured.');
  });
});
