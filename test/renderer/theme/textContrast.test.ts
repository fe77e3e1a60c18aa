import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { contrastOf, tokensOf } from './styleRules.ts';

const root = join(import.meta.dirname, '../../../src/renderer');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const tokenSheet = read('theme/tokens.css');
const themes = ['light', 'dark'] as const;

interface Look {
  /** The sheet and the selector: links, chips, tabs, table rows, fields, each in the state that the selector names. */
  where: string;
  color: string | undefined;
  background: string | undefined;
  opacity: string | undefined;
}

/** Every rule of every stylesheet that says something about how words look. */
const looks: Look[] = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.css') && file !== join('theme', 'tokens.css'))
  .flatMap((file) =>
    [...read(file).matchAll(/([^{}]+)\{([^{}]*)\}/g)].map(([, selector, body]) => {
      const said = (property: string): string | undefined =>
        new RegExp(`(?:^|[\\s;])${property}: ([^;]+);`).exec(body!)?.[1];
      return {
        where: `${file}: ${selector!.replaceAll(/\/\*[\s\S]*?\*\//g, '').trim()}`,
        color: said('color'),
        background: said('background(?:-color)?'),
        opacity: said('opacity'),
      };
    }),
  );

/** Drawings have no words: a disabled arrow may be as pale as a line. */
const hasWords = ({ where }: Look): boolean => !/ svg$/.test(where);

const tokenOf = (value: string | undefined): string | undefined =>
  /^var\(--([\w-]+)\)$/.exec(value ?? '')?.[1];

/** Where words stand that say nothing of what lies behind them: the page, a panel, a sunken line. */
const grounds = ['bg', 'panel', 'sunken'];
const onAccent = ['accent', 'accent-hover'];
/** Which inks words have that say nothing of their own colour. */
const inks = ['ink', 'ink-2'];
/** Behind pictures, bars, ramps and the marks on them: no words stand there. */
const wordless = new Set(
  'ground strong line s0 s1 ok warn bad ink ink-3 viridis signed on-picture-dark on-picture-light'.split(' '),
);

// 4.5: WCAG 2.2, success criterion 1.4.3.
describe.each(themes)('in the %s theme', (theme) => {
  const tokens = tokensOf(tokenSheet, theme);

  it('words can be read in every state that a stylesheet knows', () => {
    const pale = looks.filter(hasWords).flatMap(({ where, color, background }) => {
      const [text, behind] = [tokenOf(color), tokenOf(background)];
      if (text === undefined && (behind === undefined || onAccent.includes(behind) || wordless.has(behind)))
        return [];
      return (text === undefined ? inks : [text]).flatMap((ink) =>
        groundsOf(ink, behind)
          .map((ground) => ({ ground, value: contrastOf(colour(ink), colour(ground)) }))
          .filter(({ value }) => value < 4.5)
          .map(({ ground, value }) => `${where}: ${ink} on ${ground}, ${value.toFixed(2)}`),
      );
    });
    expect(pale).toEqual([]);
  });

  function colour(name: string): string {
    const found = tokens.get(name);
    if (found === undefined) throw new Error(`tokens.css has no colour named ${name}`);
    return found;
  }
});

/** What is written on the accent stands on nothing else, also while the pointer is on it. */
function groundsOf(ink: string, behind: string | undefined): readonly string[] {
  if (ink === 'on-accent') return onAccent;
  return behind === undefined ? grounds : [behind];
}

it('the rules are found: words in their states, and what lies behind them', () => {
  expect(looks.filter(({ color }) => tokenOf(color) !== undefined).length).toBeGreaterThan(60);
  expect(looks.filter(({ background }) => tokenOf(background) !== undefined).length).toBeGreaterThan(60);
  expect(looks.filter(({ where }) => where.includes(':hover')).length).toBeGreaterThan(20);
});

it('colours of words are those of the tokens, which the themes know', () => {
  const others = looks
    .filter(({ color }) => color !== undefined && tokenOf(color) === undefined)
    .filter(({ color }) => !/^(?:inherit|currentColor|transparent)$/i.test(color!))
    .map(({ where, color }) => `${where}: ${color}`);
  expect(others).toEqual([]);
});

it('nothing is made pale but what waits for a newer answer', () => {
  const faint = looks
    .filter(({ opacity }) => opacity !== undefined && Number(opacity) > 0 && Number(opacity) < 1)
    .map(({ where }) => where);
  // The stretch of a chart that is being drawn and a slider's bar have no words.
  expect(faint.sort()).toEqual([
    'charts/LineChart.module.css: .drag',
    "components/Slider.module.css: .slider input[type='range']:disabled",
    'pages/intervene/StretchBench.module.css: .waits .levels',
    'theme/base.css: .stale',
  ]);
});

it('who asks for less motion gets none: no layer, where the usual time would win', () => {
  expect(read('theme/tokens.css')).toMatch(
    /^@media \(prefers-reduced-motion: reduce\) \{\s*:root \{\s*--fast: 0ms;/m,
  );
  expect(read('theme/base.css')).not.toContain('--fast: 0ms');
});
