/** Bins are drawn twice as wide as they are counted, and all from 3 on stand together. */
export const binWidth = 0.1;
export const lastBin = 30;
