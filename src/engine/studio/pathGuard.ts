import { existsSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { StudioError } from '../../contract/errors.ts';
import { isInside, realPath } from '../files/allowedFolders.ts';

/** Names of inputs that hold a path, or a run given as a path or an id. A test compares them with the whole contract. */
export const pathInputs: readonly string[] = [
  'out',
  'data',
  'folder',
  'images',
  'recipe',
  'recipes',
  'picture',
  'gateFrom',
  'hairMasks',
  'latents',
  'saveLatents',
  'modelFile',
  'sweepFile',
  'encoderFile',
];
export const runInputs: readonly string[] = ['run', 'runs', 'sweep'];

/** Methods that a page must not call: they would hold the engine's thread for as long as they last, or start programs with words of its own. */
const closedMethods: readonly string[] = [
  'runs.train',
  'demo.run',
  'sweeps.begin',
  'sweeps.cell',
  'queue.work',
];

/** Keeps a page to the folders that the person who started the Studio allowed. */
export class PathGuard {
  readonly #roots: string[];
  readonly #runsFolder: string;

  constructor(roots: readonly string[], runsFolder: string) {
    this.#runsFolder = runsFolder;
    this.#roots = [...new Set([...roots, runsFolder].map(realPath))];
  }

  get roots(): readonly string[] {
    return this.#roots;
  }

  /** One more folder: chosen in a dialog of the desktop. */
  allow(folder: string): void {
    const path = realPath(folder);
    if (!this.isAllowed(path)) this.#roots.push(path);
  }

  /** Links are followed first, so that one inside an allowed folder leads nowhere else. */
  isAllowed(path: string): boolean {
    const real = realPath(path);
    return this.#roots.some((root) => isInside(root, real));
  }

  /** The path, absolute. @throws StudioError `wrong-usage` where it lies outside the allowed folders */
  require(path: string): string {
    if (this.isAllowed(path)) return resolve(path);
    throw new StudioError(
      'wrong-usage',
      `${path} is outside the folders this Studio was allowed to use (${this.#roots.join(', ')}). Choose a folder inside them, or start the Studio with --folder.`,
    );
  }

  /** Checks every path in the input of a method. */
  checkInput(method: readonly string[], input: unknown): void {
    if (closedMethods.includes(method.join('.'))) {
      throw new StudioError('wrong-usage', `${method.join('.')} is for the command line only.`);
    }
    this.#check(undefined, input);
  }

  #check(name: string | undefined, value: unknown): void {
    if (typeof value === 'string') {
      if (name !== undefined && pathInputs.includes(name)) this.require(value);
      if (name !== undefined && runInputs.includes(name)) this.#requireRun(value);
    } else if (Array.isArray(value)) {
      for (const part of value) this.#check(name, part);
    } else if (typeof value === 'object' && value !== null && !(value instanceof Blob)) {
      for (const [key, part] of Object.entries(value)) this.#check(key, part);
    }
  }

  /** An id is a name in the runs folder, or sweep/cell, unless a run or a sweep lies at that path: the order in which runs are looked for. */
  #requireRun(run: string): void {
    const isThere = ['run.json', 'sweep.json'].some((file) => existsSync(join(resolve(run), file)));
    this.require(isThere || isAbsolute(run) ? run : join(this.#runsFolder, run));
  }
}
