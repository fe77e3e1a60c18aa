import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { contract } from '../../../src/contract/contract.ts';
import { PathGuard, pathInputs, runInputs } from '../../../src/engine/studio/pathGuard.ts';

let root: string;
let guard: PathGuard;
const at = (...parts: string[]): string => join(root, ...parts);

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'extrapolation-guard-')));
  for (const folder of ['allowed', 'allowed-beside', 'runs', 'runs/mine', 'outside']) mkdirSync(at(folder));
  writeFileSync(at('runs', 'mine', 'run.json'), '{}');
  symlinkSync(at('outside'), at('allowed', 'link'));
  guard = new PathGuard([at('allowed')], at('runs'));
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

describe('the folders a page may use', () => {
  it('are the allowed ones with what is in them, also what is not there yet', () => {
    const inside = [
      at('allowed'),
      at('allowed', 'new', 'deeper'),
      at('runs', 'mine'),
      at('allowed', '..', 'allowed'),
    ];
    expect(inside.map((path) => guard.isAllowed(path))).toEqual([true, true, true, true]);
  });

  it('are not left by a name that begins alike, by dots, or by a link', () => {
    const outside = [
      at('allowed-beside'),
      at('allowed', '..', 'outside'),
      at('allowed', 'link'),
      at('allowed', 'link', 'new'),
      '/',
    ];
    expect(outside.map((path) => guard.isAllowed(path))).toEqual([false, false, false, false, false]);
  });

  it('are not left by a link to what is not there yet, nor by links in a circle', () => {
    symlinkSync(at('outside', 'not-yet'), at('allowed', 'dangling'));
    symlinkSync(at('allowed', 'not-yet'), at('allowed', 'dangling-inside'));
    symlinkSync(at('allowed', 'circle'), at('allowed', 'circle'));
    const links = ['dangling', 'dangling-inside', 'circle'];
    expect(links.map((link) => guard.isAllowed(at('allowed', link)))).toEqual([false, true, false]);
  });

  it('become more when a person chooses one', () => {
    guard.allow(at('outside'));
    expect(guard.isAllowed(at('allowed', 'link'))).toBe(true);
  });
});

describe('the inputs of methods', () => {
  it.each([
    [{ folder: '/etc' }],
    [{ run: '/etc' }],
    [{ run: '../outside' }],
    [{ run: 'sweep/../../outside' }],
    [{ runs: ['mine', '/etc'] }],
    [{ source: { kind: 'images', folder: '/etc' } }],
    [{ out: '/etc/new' }],
  ])('are refused with a path outside, wherever it stands: %j', (input) => {
    expect(() => {
      guard.checkInput(['any'], input);
    }).toThrow(/outside the folders/);
  });

  it('pass with paths inside, runs by name, and words that are no paths', () => {
    const input = {
      run: 'mine',
      runs: [at('runs', 'mine'), 'sweep/cell'],
      out: at('allowed', 'new'),
      preset: 'compact',
      seeds: [1],
    };
    expect(() => {
      guard.checkInput(['any'], input);
    }).not.toThrow();
  });

  it('are all known: every string of the contract is a path, a run, or one of the words listed here', () => {
    // Neither names a file on the disk of the engine; `file` and `name` are looked up inside a folder that is checked.
    const words = [
      'file',
      'attribute',
      'job',
      'name',
      'license',
      'letter',
      'text',
      'title',
      'note',
      'noteBefore',
      'addTags',
      'removeTags',
      'words',
      'what',
      'names',
      'weightsSha256',
      'rows',
      'columns',
      // One folder's name in the trash of the runs folder, without separators.
      'entry',
      'id',
      'before',
      // Its folders of data are checked when it is read.
      'grid',
      // Of schedulers, which pages do not start.
      'partition',
      'gres',
      'time',
      'account',
      'sbatch',
      'address',
    ];
    const known = [...pathInputs, ...runInputs, ...words];
    expect(stringInputs(contract).filter((name) => !known.includes(name))).toEqual([]);
  });
});

/** Names of all inputs of all methods that take any string. */
function stringInputs(router: object): string[] {
  const found = new Set<string>();
  for (const part of Object.values(router) as object[]) {
    if (!('~orpc' in part)) {
      for (const name of stringInputs(part)) found.add(name);
      continue;
    }
    const { inputSchema } = part['~orpc'] as { inputSchema?: z.ZodType };
    if (inputSchema !== undefined) {
      collect(z.toJSONSchema(inputSchema, { io: 'input', unrepresentable: 'any' }), undefined, found);
    }
  }
  return [...found].sort();
}

function collect(schema: unknown, name: string | undefined, found: Set<string>): void {
  if (typeof schema !== 'object' || schema === null) return;
  const isFree = 'type' in schema && schema.type === 'string' && !('enum' in schema) && !('const' in schema);
  if (isFree && name !== undefined) found.add(name);
  for (const [key, part] of Object.entries(schema) as [string, unknown][]) {
    if (key === 'properties' && typeof part === 'object' && part !== null) {
      for (const [property, inner] of Object.entries(part) as [string, unknown][])
        collect(inner, property, found);
    } else if (Array.isArray(part)) for (const inner of part) collect(inner, name, found);
    else collect(part, name, found);
  }
}
