import {
  autocorrelation,
  relativeLags,
  spectralDensityRatio,
  spectralDensityRatioOfLags,
} from '../../src/engine/equations/spectralDensityRatio.eq8.ts';
import { powerSpectrum2d } from '../../src/engine/math/dft.ts';
import { lagCount, lagTable, tapCount } from '../../src/engine/math/lagTable.ts';
import { createRandom } from '../../src/engine/math/random.ts';

/*
 * Equation (8) of filters on one map, by their transforms as it is written, and in lags as it is computed. Lags take so little that
 * more filters are needed for a time that means something.
 */
const side = 32;
const filters = 8000;
const filtersByDefinition = 200;
const random = createRandom(0, 0xbe4c);
const map = Float64Array.from({ length: side * side }, () => random.normal());
const taps = Float64Array.from({ length: filters * tapCount }, () => random.normal());
const perAxis = Math.sqrt(tapCount);

/** @returns milliseconds a thousand filters */
export function timeDefinition(): number {
  const start = performance.now();
  const power = powerSpectrum2d(map, side, side);
  for (let filter = 0; filter < filtersByDefinition; filter++) {
    const field = new Float64Array(side * side);
    for (let tap = 0; tap < tapCount; tap++) {
      field[Math.floor(tap / perAxis) * side + (tap % perAxis)] = taps[filter * tapCount + tap]!;
    }
    spectralDensityRatio(power, powerSpectrum2d(field, side, side));
  }
  return ((performance.now() - start) * 1000) / filtersByDefinition;
}

/** @returns milliseconds a thousand filters */
export function timeLags(): number {
  const start = performance.now();
  const table = lagTable('same', side, 'native');
  const lags = new Float64Array(lagCount);
  relativeLags(powerSpectrum2d(map, side, side), table, lags);
  const correlation = new Float64Array(lagCount);
  for (let filter = 0; filter < filters; filter++) {
    autocorrelation(taps, filter * tapCount, 1, correlation);
    spectralDensityRatioOfLags(correlation, lags, 0, table.flat);
  }
  return ((performance.now() - start) * 1000) / filters;
}
