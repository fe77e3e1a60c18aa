import { InvalidArgumentError } from 'commander';

/** Readers of what is typed; each refuses with a sentence that commander puts after the option's name. */

export function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError(`"${text}" is not a whole number.`);
  return Number(text);
}

export function number(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value))
    throw new InvalidArgumentError(`"${text}" is not a number.`);
  return value;
}

/** More than 0, and at most a half. */
export function shareForTesting(text: string): number {
  const value = number(text);
  if (value <= 0 || value > 0.5)
    throw new InvalidArgumentError(`"${text}" is not a share such as 0.1: more than 0, at most 0.5.`);
  return value;
}

/** "1-36", "3,5,9", "1-4,10": seeds in the order given. */
export function seedList(text: string): number[] {
  return text.split(',').flatMap((part) => {
    const [, first, last] = /^(\d+)(?:-(\d+))?$/.exec(part.trim()) ?? [];
    if (first === undefined)
      throw new InvalidArgumentError(`"${text}" is no list of seeds such as 1-36 or 3,5,9.`);
    const from = Number(first);
    const to = Number(last ?? first);
    if (to < from || to - from >= 10_000)
      throw new InvalidArgumentError(`"${part}" is no range from small to large.`);
    return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  });
}

/** learningRate → learning-rate */
export function optionName(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
