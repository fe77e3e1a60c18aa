function trimmed(value: number, decimals: number): string {
  return value.toFixed(decimals).replace('-', '−');
}

/** Tick texts of one axis: a real minus, k for thousands, no zero before the point where all are below one. */
export function tickTexts(ticks: readonly number[], log: boolean): string[] {
  const largest = Math.max(0, ...ticks.map(Math.abs));
  const least = Math.min(Infinity, ...ticks.filter((tick) => tick !== 0).map(Math.abs));
  if (largest >= 1e7 || (largest > 0 && least < 1e-5)) {
    return ticks.map((tick) =>
      tick === 0 ? '0' : tick.toExponential(0).replace('e+', 'e').replaceAll('-', '−'),
    );
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

/** A value for people: three significant digits, thousands with a comma, a real minus. */
export function valueText(value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e7 || size < 1e-4) return value.toExponential(2).replace('e+', 'e').replaceAll('-', '−');
  const decimals = Math.max(0, 2 - Math.floor(Math.log10(size)));
  return withCommas(trimmed(value, decimals));
}
