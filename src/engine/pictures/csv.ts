export type CsvValue = string | number | boolean | undefined;

/**
 * Rows of equal keys as CSV (RFC 4180, lines end in CRLF, UTF-8 without mark): a head line of the first row's keys,
 * numbers in full precision with a decimal point. What is missing or not finite is an empty field. No rows: empty text.
 */
export function csv(rows: readonly Readonly<Record<string, CsvValue>>[]): string {
  const first = rows[0];
  if (first === undefined) return '';
  const keys = Object.keys(first);
  for (const row of rows) {
    const stray = Object.keys(row).find((key) => !keys.includes(key));
    if (stray !== undefined) throw new RangeError(`csv: “${stray}” is not a column of the first row`);
  }
  return [keys, ...rows.map((row) => keys.map((key) => row[key]))]
    .map((fields) => `${fields.map(field).join(',')}\r\n`)
    .join('');
}

function field(value: CsvValue): string {
  if (value === undefined || (typeof value === 'number' && !Number.isFinite(value))) return '';
  const written = String(value);
  return /[",\r\n]/.test(written) ? `"${written.replaceAll('"', '""')}"` : written;
}
