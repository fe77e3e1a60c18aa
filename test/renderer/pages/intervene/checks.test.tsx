import { describe, expect, it } from 'vitest';
import type { FluoHairCheck } from '../../../../src/contract/intervene.ts';
import { judgeReach } from '../../../../src/contract/reach.ts';
import type { MeasuredReach } from '../../../../src/contract/reach.ts';
import { Checks } from '../../../../src/renderer/pages/intervene/Checks.tsx';
import type { CheckAnswer, ReachAnswer } from '../../../../src/renderer/pages/intervene/Checks.tsx';
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
/** Mean changes of one recipe; the words are those of the contract. */
const reachOf = (changes: Partial<MeasuredReach>): ReachAnswer => ({
  value: judgeReach({
    ...{
      parts: ['hair'],
      faces: 64,
      source: 'seeds',
      regions: 'rough',
      hair: 0.6,
      face: 0.1,
      background: 0.15,
    },
    ...{ lightHair: { hair: 0.6, background: 0.15 }, darkBackground: { hair: 0.6, background: 0.15 } },
    ...changes,
  }),
  isStale: false,
  error: null,
});
const reach = reachOf({});
const checks = (
  part: Partial<FluoHairCheck>,
  what: string | null = 'Hair',
  rest: Partial<CheckAnswer> = {},
) => (
  <Checks
    check={{ value: { ...local, ...part }, isStale: false, error: null, refusal: null, reach, ...rest }}
    what={what}
    isOn
  />
);
/** Each line's words, with the icon that judges it: a tick, a warning triangle or a dash. */
const lines = (node: Parameters<typeof markupOf>[0]): string[] =>
  [...markupOf(node).matchAll(/<li[^>]*>([\s\S]*?)<\/li>/g)].map(([, line]) => {
    const icon = line!.includes('M3 8.500') ? 'ok' : line!.includes('M8 2.300') ? 'warn' : 'none';
    return `${icon}: ${line!.replaceAll(/<[^>]+>/g, '')}`;
  });

describe('what a recolouring did, in sentences', () => {
  it('praises the maps and the hue, and the module’s own region never', () => {
    expect(lines(checks({}))).toEqual([
      'ok: Fine maps unchanged, to the bit',
      'none: The module’s own region changes 6.0 × the rest',
      'ok: Hue within 12° of the target',
    ]);
    expect(lines(checks({ inside: 0.01 }))[1]).toBe('none: The module’s own region changes 0.50 × the rest');
  });

  it('says what is painted beside hair, in green, in amber, or as what nobody knows', () => {
    const noteOf = (answer: ReachAnswer): string =>
      markupOf(checks({}, 'Hair', { reach: answer })).split('<ul')[0]!;
    const icons = { ok: 'M3 8.500', warn: 'M8 2.300' };
    expect(noteOf(reach)).toContain(icons.ok);
    expect(noteOf(reach)).toContain('Paints hair 4.0 × as much as the background');
    const amber = reachOf({ background: 0.4 });
    expect(noteOf(amber)).toContain(icons.warn);
    expect(noteOf(amber)).not.toContain(icons.ok);
    expect(noteOf(amber)).toContain('Also paints the background (hair changes 1.4 × as much; ');
    const unknown = noteOf(reachOf({ parts: ['lips'] }));
    expect(unknown).toContain('“lips”');
    for (const icon of Object.values(icons)) expect(unknown).not.toContain(icon);
  });

  it('judges nothing on a model that is not good enough: no tick, no warning, and why', () => {
    const mud = checks({ inside: 0.17, outside: 0.01, hueOff: 80 }, 'Hair', {
      refusal: 'Cannot be judged: this checkpoint draws too roughly.',
    });
    expect(lines(mud)).toEqual([
      'none: Fine maps unchanged, to the bit',
      'none: The module’s own region changes 17 × the rest',
      'none: Hue 80° off the target',
    ]);
    expect(wordsOf(mud)).toMatch(/^Cannot be judged: this checkpoint draws too roughly\./);
    expect(wordsOf(mud)).not.toContain('Paints hair');
    expect(wordsOf(checks({}, 'Hair', { refusal: undefined }))).toBe('Checking…');
  });

  it('waits for that beside the other lines, and says why it failed', () => {
    const words = (answer: ReachAnswer): string => wordsOf(checks({}, 'Hair', { reach: answer }));
    expect(words({ value: null, isStale: false, error: null })).toMatch(
      /^Measuring what is painted.*Fine maps/,
    );
    expect(words({ value: null, isStale: false, error: 'Lost.' })).toMatch(/^Lost\..*Fine maps/);
    expect(markupOf(checks({}, 'Hair', { reach: { ...reach, isStale: true } }))).toContain('stale');
  });

  it('warns where the hue is more than 30° off', () => {
    expect(lines(checks({ hueOff: 30 }))[2]).toBe('ok: Hue within 30° of the target');
    expect(lines(checks({ hueOff: 30.4 }))[2]).toBe('warn: Hue 30° off the target');
    expect(lines(checks({ hueOff: null }))).toHaveLength(2);
  });

  it('divides by nothing where the rest does not change', () => {
    expect(lines(checks({ outside: 0 }))[1]).toBe(
      'none: The module’s own region changes, the rest not at all',
    );
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
    const off = (
      <Checks
        check={{ value: local, isStale: false, error: null, refusal: null, reach }}
        what="Hair"
        isOn={false}
      />
    );
    expect(wordsOf(off)).toBe('Switched off: nothing is recoloured.');
  });
});
