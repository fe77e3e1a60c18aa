/** The class names that hold, as one attribute; undefined where none does. */
export function classes(...names: readonly (string | false | undefined)[]): string | undefined {
  const held = names.filter((name) => name !== false && name !== undefined && name !== '');
  return held.length === 0 ? undefined : held.join(' ');
}
