/**
 * Numbers as people read them, on every page, in the command line, in charts and in reports: a comma in thousands, a real
 * minus, as many digits as a reader can use. What programs read (JSON, CSV) is never written with these.
 */

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';
/** Below the first and from the second on a power of ten is easier to read than zeros. */
const [smallest, largest] = [1e-4, 1e7];

/** 31240 → "31,240" */
export function count(value: number): string {
  return minus(value.toLocaleString('en-US'));
}

/** "600 faces", "1 face". */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** A measured value with `digits` significant figures: 0.00311379 → "0.00311", 1.66e-10 → "1.66 × 10⁻¹⁰". */
export function figure(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return '–';
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size < smallest || size >= largest) return powerOfTen(value.toExponential(digits - 1));
  // 999.7 rounds to more digits than asked for.
  const text = Math.round(size) >= 10 ** digits ? count(Math.round(value)) : value.toPrecision(digits);
  return minus(text.includes('e') ? count(Math.round(value)) : text);
}

/** A value that somebody set, with all its digits and no more: 1 → "1", 40000 → "40,000", 1e-7 → "10⁻⁷". */
export function exact(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  if (size !== 0 && (size < smallest / 10 || size >= 1e15)) return powerOfTen(value.toExponential());
  return minus(Number(value.toPrecision(12)).toLocaleString('en-US', { maximumFractionDigits: 12 }));
}

/** With so many digits after the point, for columns whose points stand below one another: (−0.5, 2) → "−0.50". */
export function fixedTo(value: number, decimals: number): string {
  return Number.isFinite(value) ? minus(value.toFixed(decimals)) : '–';
}

/** "1.66e-10" → "1.66 × 10⁻¹⁰"; a power of ten alone needs no factor. */
export function powerOfTen(exponential: string): string {
  const [factor = '', exponent = ''] = exponential.split('e');
  const raised = exponent
    .replace('+', '')
    .replace('-', '⁻')
    .replaceAll(/\d/g, (digit) => superscripts[Number(digit)]!);
  const sign = factor.startsWith('-') ? '−' : '';
  const size = factor.replace('-', '');
  return size === '1' ? `${sign}10${raised}` : `${sign}${size} × 10${raised}`;
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

/** 2488320000 → "2.5 GB" */
export function bytes(value: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = value < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(value) / 3));
  const scaled = value / 1000 ** power;
  return `${scaled >= 100 || power === 0 ? Math.round(scaled) : Number(scaled.toPrecision(2))} ${units[power]!}`;
}

/** A share of one as a whole percentage: 0.374 → "37 %". */
export function percent(share: number): string {
  return Number.isFinite(share) ? `${minus((share * 100).toFixed(0))} %` : '–';
}

function minus(text: string): string {
  // Rounded to nothing, a number has no sign.
  return /^-[0.,]*$/.test(text) ? text.slice(1) : text.replace('-', '−');
}
