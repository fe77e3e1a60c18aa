import { powerOfTen } from '../contract/figures.ts';

function trimmed(value: number, decimals: number): string {
  return value.toFixed(decimals).replace('-', '−');
}

/** Tick texts of one axis: a real minus, k for thousands, no zero before the point where all are below one. */
export function tickTexts(ticks: readonly number[], log: boolean): string[] {
  const largest = Math.max(0, ...ticks.map(Math.abs));
  const least = Math.min(Infinity, ...ticks.filter((tick) => tick !== 0).map(Math.abs));
  if (largest >= 1e7 || (largest > 0 && least < 1e-5)) {
    return ticks.map((tick) => (tick === 0 || tick === 1 ? String(tick) : powerOfTen(tick.toExponential(0))));
  }
  const thousands = largest >= 10_000;
  const scaled = ticks.map((tick) => (thousands && Math.abs(tick) >= 1000 ? tick / 1000 : tick));
  const needed = (value: number): number => {
    const [, fraction = ''] = Number(value.toPrecision(9)).toFixed(8).replace(/0+$/, '').split('.');
    return fraction.length;
  };
  const common = Math.max(0, ...scaled.map(needed));
  return ticks.map((tick, i) => {
    if (tick === 0) return '0';
    const value = scaled[i]!;
    const written = trimmed(value, log || thousands ? needed(value) : common);
    const short = largest < 1 ? written.replace(/^(−?)0\./, '$1.') : written;
    return thousands && Math.abs(tick) >= 1000 ? `${short}k` : withCommas(short);
  });
}

function withCommas(digits: string): string {
  const [whole = '', fraction] = digits.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}
