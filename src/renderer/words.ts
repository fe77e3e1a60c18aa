import type { ModelKind } from '../contract/hyperParameters.ts';
import { dataNotHere } from '../contract/runFiles.ts';

/** Numbers in words, as the Studio writes them everywhere: a comma in thousands, a real minus, 3 significant figures. */

export function count(value: number): string {
  return value.toLocaleString('en-US').replace('-', '−');
}

/** "600 faces", "1 face". */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** "hair" as the first word of a sentence. */
export function capitalised(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

/** What a model was trained on: "faces, 7,200"; the pictures of a model that came from elsewhere may not be here. */
export function dataWords({ folder, trainingImages }: { folder: string; trainingImages: number }): string {
  return folder === dataNotHere
    ? `${count(trainingImages)} pictures (not on this computer)`
    : `${nameOf(folder)}, ${count(trainingImages)}`;
}

/** `digits` significant figures; very small and very large values with an exponent. */
export function figure(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return String(value);
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size < 1e-4 || size >= 1e6) {
    return value
      .toExponential(digits - 1)
      .replace('e-', 'e−')
      .replace('e+', 'e')
      .replace(/^-/, '−');
  }
  // 999.7 rounds to more digits than asked for.
  const text =
    Math.round(size) >= 10 ** digits ? Math.round(value).toLocaleString('en-US') : value.toPrecision(digits);
  return text.replace('-', '−');
}

/** "45 s", "1 min 30 s", "1 h 12 min". */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 600)
    return whole % 60 === 0 ? `${whole / 60} min` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
  const minutes = Math.round(whole / 60);
  if (minutes < 60) return `${minutes} min`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

export function bytes(value: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = value < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(value) / 3));
  const scaled = value / 1000 ** power;
  return `${scaled >= 100 || power === 0 ? Math.round(scaled) : Number(scaled.toPrecision(2))} ${units[power]!}`;
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

/** Why a model takes in no photos; null where it does. */
export function photoRefusal(model: ModelKind): string | null {
  return model === 'vae' ? null : 'A DCGAN has no encoder, so it takes in no photos.';
}
