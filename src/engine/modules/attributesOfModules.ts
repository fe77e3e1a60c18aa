import { tf } from '../tensorflow/tf.ts';
import type { Tensor4D } from '../tensorflow/tf.ts';
import type { ChannelModule } from './moduleTypes.ts';
import { correlation } from './nameModules.ts';

/** Below this correlation no attribute is said to go with a module. */
const leastCorrelation = 0.3;
/** An attribute that fewer pictures than this have, or lack, says nothing. */
const leastPictures = 5;

/** The attribute of the pictures that goes best with how strongly a module is active in them. */
export interface ModuleAttribute {
  readonly attribute: string;
  /** Pearson's, between the mean activation of the module's channels and the attribute (1 or −1). */
  readonly correlation: number;
}

/**
 * What the data's attributes say of modules: for each module the attribute of largest absolute correlation with its mean
 * activation over the pictures (our choice), or null where none reaches 0.3.
 *
 * @param maps activations of the pictures at the modules' level, [B, H, W, C]
 * @param names of the attributes
 * @param rows 1 yes, −1 no, 0 unknown: one row a picture, in the order of `names`
 */
export function attributesOfModules(
  modules: readonly ChannelModule[],
  maps: Tensor4D,
  names: readonly string[],
  rows: readonly ArrayLike<number>[],
): (ModuleAttribute | null)[] {
  if (names.length === 0) return [];
  const channels = maps.shape[3];
  const means = tf.tidy(() => maps.mean([1, 2]).dataSync<'float32'>());
  return modules.map((module) => {
    const activity = rows.map((_, picture) =>
      module.channels.reduce((sum, channel) => sum + means[picture * channels + channel]!, 0),
    );
    let best: ModuleAttribute | null = null;
    for (const [column, attribute] of names.entries()) {
      const known = rows.flatMap((row, picture) => (row[column] === 0 ? [] : [picture]));
      const values = known.map((picture) => rows[picture]![column]!);
      const yes = values.filter((value) => value > 0).length;
      if (Math.min(yes, values.length - yes) < leastPictures) continue;
      const value = correlation(
        known.map((picture) => activity[picture]!),
        values,
      );
      if (Math.abs(value) >= leastCorrelation && Math.abs(value) > Math.abs(best?.correlation ?? 0)) {
        best = { attribute, correlation: value };
      }
    }
    return best;
  });
}
