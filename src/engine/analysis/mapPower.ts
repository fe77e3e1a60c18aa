import { addPowerSpectrum2d } from '../math/dft.ts';
import type { Tensor4D } from '../tensorflow/tf.ts';

/** E|V̂(u)|² of the maps of a layer, not centred on the mean map, up to the number of samples. */
export interface MapPower {
  /** Side of the maps. */
  readonly size: number;
  readonly channels: number;
  /** Pictures added so far. */
  samples: number;
  /** Σ over the samples of |V̂(u)|², [channels, size · size]. */
  readonly power: Float64Array;
}

export function emptyMapPower(size: number, channels: number): MapPower {
  return { size, channels, samples: 0, power: new Float64Array(channels * size * size) };
}

/**
 * Adds the power of a batch of maps, in double precision. Memory does not grow with the number of batches.
 * @param maps [B, size, size, channels]
 */
export function addMaps(into: MapPower, maps: Tensor4D): void {
  const [batch, height, width, channels] = maps.shape;
  if (height !== into.size || width !== into.size || channels !== into.channels) {
    throw new RangeError(
      `addMaps: ${height} × ${width} × ${channels} is not ${into.size} × ${into.size} × ${into.channels}`,
    );
  }
  const values = maps.dataSync<'float32'>();
  const pixels = height * width;
  for (let channel = 0; channel < channels; channel++) {
    const power = into.power.subarray(channel * pixels, (channel + 1) * pixels);
    for (let sample = 0; sample < batch; sample++) {
      addPowerSpectrum2d(power, values, height, width, sample * pixels * channels + channel, channels);
    }
  }
  into.samples += batch;
}
