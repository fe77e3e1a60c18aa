/** The fluorescent colours of the demo, as red, green and blue of 0 … 1; the first one is also measured. */
export const demoColours = [
  { name: 'magenta', colour: [1, 0.1, 0.75] },
  { name: 'green', colour: [0.2, 0.95, 0.25] },
  { name: 'blue', colour: [0.15, 0.45, 1] },
] as const;
