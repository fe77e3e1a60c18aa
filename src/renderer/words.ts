import { count } from '../contract/figures.ts';
import { dataNotHere } from '../contract/runFiles.ts';
import { takesPictures } from '../contract/takesPictures.ts';
import type { MayEncode } from '../contract/takesPictures.ts';

/** Numbers, sizes and times in words, as the Studio writes them everywhere. */

export { bytes, count, counted, duration, exact, figure, fixedTo, percent } from '../contract/figures.ts';

/** "hair" as the first word of a sentence. */
export function capitalised(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

/** What a model was trained on: "faces, 7,200"; the pictures of a model that came from elsewhere may not be here. */
export function dataWords({ folder, trainingImages }: { folder: string; trainingImages: number }): string {
  // A generator from elsewhere does not say what it was trained on.
  if (folder === dataNotHere && trainingImages === 0) return 'trained elsewhere';
  return folder === dataNotHere
    ? `${count(trainingImages)} pictures (not on this computer)`
    : `${nameOf(folder)}, ${count(trainingImages)}`;
}

/** "today, 18:20", "yesterday, 22:47", "Tue, 09:14", "3 Oct 2026". */
export function when(iso: string, now = new Date()): string {
  const date = new Date(iso);
  const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate());
  const days = Math.ceil((midnight.getTime() - date.getTime()) / 86_400_000);
  const time = clock(date);
  if (days <= 0) return `today, ${time}`;
  if (days === 1) return `yesterday, ${time}`;
  if (days < 7) return `${date.toLocaleDateString('en-GB', { weekday: 'short' })}, ${time}`;
  return date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
}

/** "3 Oct 2026", of what is to come, too. */
export function day(iso: string): string {
  return new Date(iso).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
}

export function clock(date: Date): string {
  return date.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
}

/** The last part of a path. */
export function nameOf(path: string): string {
  return (
    path
      .split(/[\\/]/)
      .filter((part) => part !== '')
      .at(-1) ?? path
  );
}

/** What a model without an encoder lacks, as the beginning of a sentence. */
export function withoutEncoder({ kind }: MayEncode): string {
  return kind === 'dcgan' ? 'A DCGAN has no encoder' : 'This imported generator has no encoder';
}

/** Why a model takes in no photos; null where it does. */
export function photoRefusal(model: MayEncode): string | null {
  return takesPictures(model) ? null : `${withoutEncoder(model)}, so it cannot use photos.`;
}
