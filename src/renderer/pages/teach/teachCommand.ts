import { commandOf } from '../../../commandLine/commandLine.ts';
import { modulesCommand } from '../../../commandLine/models.ts';
import type { ModelRef } from '../../../contract/shared.ts';
import { usualPart } from './partWords.ts';
import type { TeachAddress } from './useTeachAddress.ts';

/**
 * The command that makes the gate of the page: of the strokes, where there are some, which a start only helps; else of
 * the start alone.
 * @param strokes the file of the strokes; null before the first is saved
 */
export function teachCommand(
  ref: ModelRef,
  { part, start, masks, earlier }: Pick<TeachAddress, 'part' | 'start' | 'masks' | 'earlier'>,
  strokes: string | null,
): string {
  const out = `${part.replaceAll(' ', '-')}-gate`;
  const hairGate = start === 'colours' ? 'colours' : start === 'labels' ? 'attributes' : undefined;
  if (strokes === null && hairGate !== undefined) return commandOf(modulesCommand, { ...ref, hairGate, out });
  const file = start === 'masks' ? masks : start === 'earlier' ? earlier : undefined;
  const gateFrom = strokes ?? file ?? 'STROKES.json';
  const gateStart = hairGate ?? (start === 'nothing' && part === usualPart ? 'nothing' : undefined);
  return commandOf(
    modulesCommand,
    { ...ref, gateFrom, name: part, out, ...(gateStart !== undefined && { gateStart }) },
    ['name'],
  );
}
