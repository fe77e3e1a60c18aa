import { lstatSync, statSync } from 'node:fs';
import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Selection } from '../../contract/dataSet.ts';
import { isInside, mayFollow, realPath } from '../files/allowedFolders.ts';
import { hasCode } from '../files/systemErrors.ts';
import { leaveAside } from './asideFolders.ts';
import { hasTruth, isSystemFolder, ownOutput, ownPicturesIn } from './folderKinds.ts';
import { looksLikeImage, looksLikeImageEarlier, saysNothing, unreadByName } from './pictureNames.ts';
import { heicWords } from './sniff.ts';
import { sniffFiles } from './sniffFiles.ts';

/** What is no picture by name is only kept for advice; so many names are enough. */
const mostOthers = 1000;

/** Something in a folder that is not used: names relative to it, with what each is where that differs. */
export interface PassedOver {
  kind:
    | 'outside-links'
    | 'known-links'
    | 'broken-links'
    | 'own-output'
    | 'aside-folders'
    | 'system-folders'
    | 'unreadable-folders'
    | 'foreign-names'
    | 'other-format'
    | 'heic';
  name: string;
  /** What it is, for a sentence; empty where the kind says it. */
  words: string;
}

export interface Listing {
  /** Pictures, sorted. */
  files: string[];
  /** Other files, sorted, the first thousand that were met. */
  others: string[];
  /** Sorted by name. */
  passedOver: PassedOver[];
}

/**
 * The pictures in a folder and all folders inside it, relative to it, with `/` between folders on every system. What a name's ending
 * does not tell is told by the first bytes. Links are followed where this process may read what they lead to, each folder once.
 * Hidden files and systems' folders are passed over, and so are folders that this program wrote, and those that look like masks or
 * thumbnails of the other pictures, unless all folders are asked for.
 * @throws the system's error where the folder itself cannot be read, or where a disk fails
 */
export async function listFiles(folder: string, selection: Selection = 'pictures'): Promise<Listing> {
  const walk = new Walk(folder, selection);
  await walk.all();
  const { doubtful, passedOver, others } = walk;
  let files = walk.files;
  for (const { name, sniffed } of await sniffFiles(folder, doubtful)) {
    if (sniffed.kind === 'image') files.push(name);
    else if (sniffed.kind === 'other-picture') passedOver.push(unread(name, sniffed.words));
    else if (others.length < mostOthers) others.push(name);
  }
  files.sort();
  if (selection === 'pictures') {
    const { kept, left } = leaveAside(files);
    files = kept;
    passedOver.push(...left.map(({ name, words }) => ({ kind: 'aside-folders' as const, name, words })));
  }
  passedOver.sort((a, b) => (a.name < b.name ? -1 : 1));
  return { files, others: others.sort(), passedOver };
}

function unread(name: string, words: string): PassedOver {
  return { kind: words === heicWords ? 'heic' : 'other-format', name, words };
}

/** A folder to look into: its path, its name relative to the first one, and where it really lies. */
interface Place {
  path: string;
  name: string;
  real: string;
}

class Walk {
  readonly files: string[] = [];
  readonly others: string[] = [];
  readonly doubtful: string[] = [];
  readonly passedOver: PassedOver[] = [];
  readonly #isEarlier: boolean;
  readonly #start: Place;
  /** Where folders that were looked into really lie. */
  readonly #seen = new Set<string>();
  #waiting: Place[];
  /** Links to folders: they wait until the folders that are really here were looked into. */
  #links: Place[] = [];

  constructor(folder: string, selection: Selection) {
    this.#isEarlier = selection === 'earlier';
    this.#start = { path: folder, name: '', real: realPath(folder) };
    this.#waiting = [this.#start];
  }

  async all(): Promise<void> {
    for (;;) {
      const place = this.#waiting.pop() ?? this.#nextLink();
      if (place === undefined) return;
      if (this.#seen.has(place.real)) continue;
      this.#seen.add(place.real);
      await this.#look(place);
    }
  }

  #nextLink(): Place | undefined {
    this.#links.sort((a, b) => (a.name < b.name ? 1 : -1));
    for (let link = this.#links.pop(); link !== undefined; link = this.#links.pop()) {
      if (!this.#seen.has(link.real) && !isInside(link.real, this.#start.real)) return link;
      this.#pass('known-links', link.name);
    }
    return undefined;
  }

  async #look(place: Place): Promise<void> {
    const entries = await this.#entriesOf(place);
    if (entries === undefined) return;
    // What a link or a pipe of a manifest's name leads to is not looked at.
    const names = new Set(entries.filter((entry) => entry.isFile()).map(({ name }) => name));
    const isInner = place !== this.#start && !this.#isEarlier;
    const own = isInner ? ownOutput(place.path, names) : undefined;
    if (own !== undefined) {
      this.#pass('own-output', place.name, own);
      return;
    }
    const skipped = new Set(this.#isEarlier ? [] : ownPicturesIn(place.path, names));
    if (!this.#isEarlier && hasTruth(place.path, names)) skipped.add('truth');
    for (const entry of entries) {
      if (entry.name.startsWith('.')) continue;
      const inner = {
        path: join(place.path, entry.name),
        name: place.name === '' ? entry.name : `${place.name}/${entry.name}`,
        real: join(place.real, entry.name),
      };
      if (skipped.has(entry.name)) this.#pass('own-output', inner.name, 'made by the Studio');
      else this.#take(entry, inner);
    }
  }

  /** Undefined where a folder inside cannot be read, which is said. */
  async #entriesOf(place: Place): Promise<Dirent[] | undefined> {
    try {
      return await readdir(place.path, { withFileTypes: true });
    } catch (error) {
      if (place === this.#start) throw error;
      if (hasCode(error, 'EACCES', 'EPERM')) this.#pass('unreadable-folders', place.name);
      else if (isForeign(place)) this.#pass('foreign-names', place.name);
      else if (!hasCode(error, 'ENOENT', 'ENOTDIR')) throw error;
      return undefined;
    }
  }

  #take(entry: Dirent, inner: Place): void {
    if (entry.isDirectory()) {
      this.#takeFolder(entry.name, inner);
    } else if (entry.isSymbolicLink()) {
      this.#takeLink(entry.name, inner);
    } else if (entry.isFile()) {
      if (!this.#isEarlier && isForeign(inner)) this.#pass('foreign-names', inner.name);
      else this.#takeFile(entry.name, inner.name);
    }
  }

  #takeFolder(name: string, inner: Place): void {
    if (this.#isEarlier ? name === '__MACOSX' : isSystemFolder(name)) {
      if (!this.#isEarlier) this.#pass('system-folders', inner.name);
    } else {
      this.#waiting.push(inner);
    }
  }

  #takeLink(name: string, inner: Place): void {
    if (!mayFollow(inner.path)) {
      this.#pass('outside-links', inner.name);
      return;
    }
    const target = targetOf(inner.path);
    if (target === 'file') this.#takeFile(name, inner.name);
    if (this.#isEarlier || target === 'file') return;
    if (target === 'nothing') this.#pass('broken-links', inner.name);
    if (target !== 'folder') return;
    if (isSystemFolder(name)) this.#pass('system-folders', inner.name);
    else this.#links.push({ ...inner, real: realPath(inner.path) });
  }

  #takeFile(own: string, name: string): void {
    if (this.#isEarlier ? looksLikeImageEarlier(own) : looksLikeImage(own)) {
      this.files.push(name);
      return;
    }
    const words = this.#isEarlier ? undefined : unreadByName(own);
    if (words !== undefined) this.passedOver.push(unread(name, words));
    else if (!this.#isEarlier && saysNothing(own)) this.doubtful.push(name);
    else if (this.others.length < mostOthers) this.others.push(name);
  }

  #pass(kind: PassedOver['kind'], name: string, words = ''): void {
    this.passedOver.push({ kind, name, words });
  }
}

/** Stands in a name for bytes that are no text in UTF-8; such a name leads nowhere. */
const replacement = '�';

function isForeign({ path, name }: Place): boolean {
  return name.includes(replacement) && lstatSync(path, { throwIfNoEntry: false }) === undefined;
}

function targetOf(link: string): 'file' | 'folder' | 'nothing' | 'other' {
  let facts;
  try {
    facts = statSync(link, { throwIfNoEntry: false });
  } catch (error) {
    // Links in a circle, or through what this account may not read.
    if (hasCode(error, 'ELOOP', 'EACCES', 'EPERM', 'ENOTDIR')) return 'nothing';
    throw error;
  }
  if (facts === undefined) return 'nothing';
  if (facts.isFile()) return 'file';
  return facts.isDirectory() ? 'folder' : 'other';
}
