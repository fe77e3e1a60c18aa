import { fixedTo } from '../../../contract/figures.ts';
import type { ReportFinding, ReportPicture } from '../../report/reportPage.ts';

/** What a value must reach for a claim to be said to hold. Where it does not, the report says so with the number. */
export function finding(holds: boolean, sentence: string): ReportFinding {
  return { kind: 'finding', state: holds ? 'holds' : 'fails', sentence };
}

export function note(sentence: string): ReportFinding {
  return { kind: 'finding', state: 'note', sentence };
}

/** Pictures are drawn at their own pixels; the width comes out of the PNG's header. */
export function picture(png: Buffer, alt: string, caption: string): ReportPicture {
  return { kind: 'picture', png, alt, caption, width: png.readUInt32BE(16) };
}

export const fixed = (value: number | null, digits = 2): string =>
  value === null ? '–' : fixedTo(value, digits);
export const times = (value: number | null): string => (value === null ? '–' : `${fixedTo(value, 1)} ×`);
