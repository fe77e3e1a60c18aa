import { useMemo } from 'react';
import { useTheme } from '../theme/useTheme.ts';

const names = [
  's0',
  's1',
  's2',
  's3',
  's4',
  'ink',
  'ink-2',
  'ink-3',
  'line',
  'strong',
  'accent',
  'panel',
] as const;
export type ChartColours = Record<(typeof names)[number], string>;

/** The tokens as a canvas needs them; read once a theme. */
export function useChartColours(): ChartColours {
  const { theme } = useTheme();
  return useMemo(() => readColours(theme), [theme]);
}

function readColours(theme: string): ChartColours {
  // The theme's attribute is set after the first drawing; a probe of its own has it at once.
  const root = document.documentElement;
  root.dataset['theme'] = theme;
  const style = getComputedStyle(root);
  return Object.fromEntries(
    names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]),
  ) as ChartColours;
}
