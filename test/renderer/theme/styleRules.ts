/** A small part of the cascade: compound selectors of classes, `:hover`, `[disabled]` and `:not([disabled])`. */
export interface StyleRule {
  classes: readonly string[];
  /** Pseudo classes and attributes that must hold, and those that must not. */
  states: readonly string[];
  without: readonly string[];
  declarations: ReadonlyMap<string, string>;
}

/** The rules of a stylesheet whose selector is one element; of others nothing is known here. */
export function rulesOf(css: string): StyleRule[] {
  const bare = css.replaceAll(/\/\*[\s\S]*?\*\//g, '');
  return [...bare.matchAll(/([^{}]+)\{([^{}]*)\}/g)].flatMap(([, selectors, body]) =>
    selectors!.split(',').flatMap((selector) => ruleOf(selector.trim(), body!)),
  );
}

function ruleOf(selector: string, body: string): StyleRule[] {
  if (!/^[\w.:[\]()-]+$/.test(selector)) return [];
  const without = [...selector.matchAll(/:not\(\[?:?(\w+)\]?\)/g)].map(([, state]) => state!);
  const rest = selector.replaceAll(/:not\([^)]*\)/g, '');
  const declarations = new Map(
    body.split(';').flatMap((line) => {
      const [name, ...value] = line.split(':');
      return value.length === 0 ? [] : [[name!.trim(), value.join(':').trim()] as const];
    }),
  );
  const classes = [...rest.matchAll(/\.([\w-]+)/g)].map(([, name]) => name!);
  const states = [...rest.matchAll(/[:[](\w+)/g)].map(([, name]) => name!);
  return [{ classes, states, without, declarations }];
}

/** What a property comes to on an element with these classes in these states; later and more exact rules win. */
export function valueOf(
  rules: readonly StyleRule[],
  property: string,
  element: { classes: readonly string[]; states: readonly string[] },
): string | undefined {
  const weight = ({ classes, states, without }: StyleRule): number =>
    classes.length + states.length + without.length;
  return rules
    .filter(
      (rule) =>
        rule.declarations.has(property) &&
        rule.classes.every((name) => element.classes.includes(name)) &&
        rule.states.every((state) => element.states.includes(state)) &&
        !rule.without.some((state) => element.states.includes(state)),
    )
    .map((rule, place) => ({ rule, place }))
    .sort((a, b) => weight(a.rule) - weight(b.rule) || a.place - b.place)
    .at(-1)
    ?.rule.declarations.get(property);
}

/** Contrast of two colours #rrggbb, 1 to 21 (WCAG 2.2, "contrast ratio" and "relative luminance"). */
export function contrastOf(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The colours of a theme by their names, dark ones over those of the light theme. */
export function tokensOf(css: string, theme: 'light' | 'dark'): ReadonlyMap<string, string> {
  const [light = '', dark = ''] = css.split(":root[data-theme='dark']");
  const colours = (text: string): [string, string][] =>
    [...text.matchAll(/--([\w-]+): (#[0-9a-f]{6})\b/g)].map(([, name, value]) => [name!, value!]);
  return new Map([...colours(light), ...(theme === 'dark' ? colours(dark) : [])]);
}
