import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { contrastOf, rulesOf, tokensOf, valueOf } from './styleRules.ts';

const root = join(import.meta.dirname, '../../../src/renderer');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const tokenSheet = read('theme/tokens.css');
const buttons = rulesOf(read('components/Button.module.css'));
const menus = rulesOf(read('theme/mantine.css'));

const looks = ['plain', 'primary', 'quiet', 'danger'] as const;
const states = [[], ['hover'], ['disabled'], ['disabled', 'hover']] as const;
/** Where buttons stand: the page, a panel, a sunken line. */
const grounds = ['bg', 'panel', 'sunken'] as const;
const themes = ['light', 'dark'] as const;

/** The least contrast of an element's text with what lies behind it, over all grounds of a theme. */
function leastContrast(
  rules: typeof buttons,
  theme: 'light' | 'dark',
  element: { classes: readonly string[]; states: readonly string[] },
): number {
  const tokens = tokensOf(tokenSheet, theme);
  const tokenIn = (value: string): string | undefined =>
    tokens.get(/^var\(--([\w-]+)\)$/.exec(value)?.[1] ?? '');
  const text = tokenIn(valueOf(rules, 'color', element) ?? '');
  const background = valueOf(rules, 'background', element) ?? 'none';
  const behind = background === 'none' ? grounds.map((name) => tokens.get(name)!) : [tokenIn(background)];
  return Math.min(
    ...behind.map((colour) => {
      if (text === undefined || colour === undefined)
        throw new Error(`no colour of the tokens: ${valueOf(rules, 'color', element)} on ${background}`);
      return contrastOf(text, colour);
    }),
  );
}

// 4.5: WCAG 2.2, success criterion 1.4.3; disabled controls are exempt there, and not here.
describe.each(themes)('in the %s theme', (theme) => {
  it.each(looks.flatMap((look) => states.map((state) => ({ look, state }))))(
    'a button can be read: $look, $state',
    ({ look, state }) => {
      // The obvious next thing is pressed once, and never held down.
      for (const pressed of look === 'primary' ? [[]] : [[], ['pressed']]) {
        const classes = ['button', look, ...pressed];
        expect(leastContrast(buttons, theme, { classes, states: state })).toBeGreaterThanOrEqual(4.5);
      }
    },
  );

  it('a line of a menu can be read, also one that cannot be chosen', () => {
    const element = { classes: ['mantine-Menu-item'], states: ['disabled'] };
    expect(valueOf(menus, 'opacity', element)).toBe('1');
    expect(leastContrast(menus, theme, element)).toBeGreaterThanOrEqual(4.5);
  });
});

it('a disabled button is no brighter under the mouse: it looks the same', () => {
  for (const look of looks)
    for (const property of ['color', 'background', 'border-color']) {
      const classes = ['button', look];
      expect(valueOf(buttons, property, { classes, states: ['disabled', 'hover'] })).toBe(
        valueOf(buttons, property, { classes, states: ['disabled'] }),
      );
    }
});

it('nothing that says words is made pale where it is disabled', () => {
  const pale = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.css'))
    .flatMap((file) =>
      [...read(file).matchAll(/([^{}]*disabled[^{}]*)\{([^{}]*)\}/g)]
        .filter(([, , body]) => /opacity: 0?\.\d/.test(body!))
        .map(([, selector]) => selector!.trim()),
    );
  // The bar of a slider: no words.
  expect(pale).toEqual([".slider input[type='range']:disabled"]);
});

it('knows contrast and the cascade', () => {
  // WCAG 2.2: white on black is 21, a colour on itself 1; #767676 on white is the grey that just passes, 4.54.
  expect([contrastOf('#000000', '#ffffff'), contrastOf('#777777', '#777777')]).toEqual([21, 1]);
  expect(contrastOf('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
  const rules = rulesOf(
    '.a { color: x } .a.b:hover { color: y } .a[disabled] { color: z } .a:hover:not([disabled]) { color: w }',
  );
  const colour = (classes: string[], on: string[]): string | undefined =>
    valueOf(rules, 'color', { classes, states: on });
  expect([colour(['a'], []), colour(['a'], ['hover']), colour(['a'], ['disabled', 'hover'])]).toEqual([
    'x',
    'w',
    'z',
  ]);
  expect(colour(['a', 'b'], ['disabled', 'hover'])).toBe('y');
});
