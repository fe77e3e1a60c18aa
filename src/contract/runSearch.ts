import { modelNames } from './hyperParameters.ts';
import { settingsOf } from './runDifferences.ts';
import type { RunFile } from './runFiles.ts';
import type { RunLabels } from './runLabels.ts';

/** What of a run is searched. */
export interface Searched {
  id: string;
  run: RunFile;
  labels: RunLabels;
  /** Where it stands, in one word. */
  state: string;
}

/** A part of what was typed: a word anywhere, or one that stands in a field or a setting. */
interface Term {
  key: string | null;
  comparison: '=' | '<' | '<=' | '>' | '>=';
  value: string;
  isExcluded: boolean;
}

/** What the field says for short, beside the names of the settings themselves. */
const shortNames: Readonly<Record<string, string>> = { lr: 'learningrate', beta: 'klweight' };

/**
 * The runs that have all that was typed: words in name, folder, tags, note, model, preset or state; `tag:paper`, `state:finished`;
 * settings as `lr:1e-4`, `steps:>=1000`; `-` before a part leaves out what has it; quotes hold words together.
 */
export function findRuns<R extends Searched>(runs: readonly R[], typed: string): R[] {
  const terms = termsOf(typed);
  return runs.filter((run) => terms.every((term) => hasTerm(run, term) !== term.isExcluded));
}

function termsOf(typed: string): Term[] {
  const parts = typed.match(/(?:"[^"]*"?|[^\s"])+/g) ?? [];
  return parts.flatMap((part): Term[] => {
    const isExcluded = part.startsWith('-') && part.length > 1;
    const bare = isExcluded ? part.slice(1) : part;
    const [, key, sign = '', rest = ''] = /^([a-z]\w*):(<=|>=|<|>|=)?(.*)$/is.exec(bare) ?? [];
    const value = (key === undefined ? bare : rest).replaceAll('"', '').toLowerCase();
    // What is still being typed hides nothing.
    if (value === '') return [];
    return [
      {
        key: key === undefined ? null : plain(key),
        comparison: sign === '' ? '=' : (sign as Term['comparison']),
        value,
        isExcluded,
      },
    ];
  });
}

/** Where a word without a field is looked for: nearly all runs have the same data, so that its folder is no help. */
const anywhere = ['name', 'tag', 'note', 'model', 'preset', 'state'];

function hasTerm(run: Searched, term: Term): boolean {
  const fields = fieldsOf(run);
  if (term.key === null) {
    return anywhere.some((name) => (fields[name] ?? []).some((text) => contains(text, term.value)));
  }
  const own = fields[term.key];
  if (own !== undefined) return own.some((text) => contains(text, term.value));
  return settingsNamed(run.run, shortNames[term.key] ?? term.key).some((text) => compares(text, term));
}

function fieldsOf({ id, run, labels, state }: Searched): Record<string, readonly string[]> {
  return {
    name: [id, labels.name],
    tag: labels.tags,
    note: [labels.note],
    model: [run.model.kind, modelNames[run.model.kind]],
    preset: [run.model.preset],
    state: [state],
    data: [run.data.folder],
  };
}

/** Settings of this name, else those whose name begins so. */
function settingsNamed(run: RunFile, key: string): string[] {
  const named = [...settingsOf(run)].map(([name, text]) => [plain(name), text] as const);
  const exact = named.filter(([name]) => name === key);
  return (exact.length > 0 ? exact : named.filter(([name]) => name.startsWith(key))).map(([, text]) => text);
}

function compares(text: string, { comparison, value }: Term): boolean {
  const [have, want] = [Number(text), Number(value)];
  if (Number.isNaN(have) || Number.isNaN(want)) return comparison === '=' && contains(text, value);
  switch (comparison) {
    case '=':
      return Math.abs(have - want) <= 1e-9 * Math.max(Math.abs(have), Math.abs(want));
    case '<':
      return have < want;
    case '<=':
      return have <= want;
    case '>':
      return have > want;
    case '>=':
      return have >= want;
  }
}

function contains(text: string, part: string): boolean {
  return text.toLowerCase().includes(part);
}

/** "spectralStep gamma", "spectral-step-gamma" and "SpectralStepGamma" are one name. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}
