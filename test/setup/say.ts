/** A line of numbers in the output of the tests, for who reads what was measured. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
