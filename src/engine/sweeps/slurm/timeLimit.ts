/**
 * A time limit as sbatch reads it, in seconds: minutes, minutes:seconds, hours:minutes:seconds, days-hours, days-hours:minutes or
 * days-hours:minutes:seconds. Undefined for none, for no limit, and for what is no time.
 */
export function secondsOfLimit(text: string | undefined): number | undefined {
  const [whole, days, first = '', second = 0, third] =
    /^(?:(\d+)-)?(\d+)(?::(\d+))?(?::(\d+))?$/.exec(text ?? '') ?? [];
  if (whole === undefined) return undefined;
  const seconds =
    days !== undefined
      ? ((Number(days) * 24 + Number(first)) * 60 + Number(second)) * 60 + Number(third ?? 0)
      : (Number(first) * 60 + Number(second)) * (third === undefined ? 1 : 60) + Number(third ?? 0);
  // Slurm's word for no limit.
  return seconds === 0 ? undefined : seconds;
}
