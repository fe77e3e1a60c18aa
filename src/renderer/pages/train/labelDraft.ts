import { mostTags, tagSchema } from '../../../contract/runLabels.ts';
import type { RunLabels } from '../../../contract/runLabels.ts';

/** Of what the list says and what the last change answered, the newer: the list comes a moment later. */
export function newerLabels(listed: RunLabels, answered: RunLabels | null): RunLabels {
  return answered !== null && (answered.changedAt ?? '') > (listed.changedAt ?? '') ? answered : listed;
}

/** Whether someone else changed the note since this draft was begun from `base`. */
export function isConflict(draft: string | null, base: string, known: RunLabels): boolean {
  return draft !== null && known.note !== base && known.note !== draft;
}

/** Why this cannot be added as a tag; null where it can. */
export function tagComplaint(tag: string, tags: readonly string[]): string | null {
  if (tag === '') return null;
  if (tags.length >= mostTags) return `A run has at most ${mostTags} tags.`;
  return tagSchema.safeParse(tag).success
    ? null
    : 'A tag is one word without commas and colons, at most 30 characters long.';
}
