/** checkpointEvery → "checkpoint every", klWeight → "KL weight"; what has other signs, such as an option, stays. */
export function spacedName(name: string): string {
  return name
    .replaceAll(/([a-z])([A-Z])/g, (_whole, last: string, first: string) => `${last} ${first.toLowerCase()}`)
    .replaceAll(/(?<![-.\w])(?:kl|sdr)(?![-.\w])/g, (word) => word.toUpperCase());
}
