import { setImmediate } from 'node:timers/promises';
import { StudioError } from '../../../contract/errors.ts';
import type { Watch } from '../../../contract/progress.ts';
import { changeByRegion, meanChange } from '../../interventions/changeByRegion.ts';
import { edgesByRegion } from '../../interventions/edgeAgreement.ts';
import type { RegionEdges } from '../../interventions/edgeAgreement.ts';
import { maskOf } from '../../interventions/masks.ts';
import { measureFluoHair } from '../../interventions/measureFluoHair.ts';
import type { FluoHairMeasurement } from '../../interventions/measureFluoHair.ts';
import { generateImages } from '../../models/layeredGenerator.ts';
import { encodeMeans } from '../../session/encodeMeans.ts';
import { floatsOf } from '../../session/decodePictures.ts';
import type { PackedImages } from '../../data/packedImages.ts';
import type { OpenModel } from '../../session/openModel.ts';
import { splitHeldOut } from '../../modules/makeHairGate.ts';
import { truthOf } from '../../data/faceTruth.ts';
import type { FaceTruth } from '../../data/faceTruth.ts';
import type { NeededRun, TrainedRun } from '../experiment.ts';
import type { Way, WayId } from './ways.ts';
import { waysOf } from './ways.ts';

/** The edges are those of hair. */
export interface MeasuredWay extends RegionEdges {
  id: WayId;
  changes: FluoHairMeasurement;
  /** Mean |change| of a pixel of bald faces, which have nothing to recolour; null without such faces. */
  bald: number | null;
}

export interface MeasuredHair {
  set: NeededRun['set'];
  seed: number;
  faces: number;
  channels: readonly number[];
  ways: MeasuredWay[];
}

/**
 * Every way on a run, with g = −I, on held-out faces that nothing was fitted on.
 * @param look sees the ways while the model is open
 */
export async function measureHair(
  run: TrainedRun,
  { samples, pairs }: { samples: number; pairs: number },
  watch: Watch,
  look: (open: OpenModel, images: PackedImages, ways: readonly Way[]) => Promise<void> = () =>
    Promise.resolve(),
): Promise<MeasuredHair> {
  return run.withModel((open) =>
    run.withImages(async (images) => {
      const { ways, channels } = await waysOf(open, images, pairs, watch);
      const indices = splitHeldOut(images).measured.slice(0, samples);
      const truth = await truthOf(images, indices);
      if (truth === undefined) throw new Error('this experiment is for images with true masks');
      const z = encodeMeans(open.model, images, indices);
      try {
        const before = await floatsOf(z, (part) => generateImages(open.model, part));
        const measured: MeasuredWay[] = [];
        for (const { id, negated } of ways) {
          const after = await floatsOf(z, negated);
          measured.push({ id, ...compare(truth, before, after, images.size) });
          watch.onProgress?.({
            phase: `ways to hair on ${run.name}`,
            done: measured.length,
            total: ways.length,
          });
          await setImmediate();
          if (watch.signal?.aborted === true) {
            throw new StudioError('interrupted', 'The comparison of ways to hair was stopped.');
          }
        }
        await look(open, images, ways);
        const { set, seed } = run.needed;
        return { set, seed, faces: indices.length, channels, ways: measured };
      } finally {
        z.dispose();
      }
    }),
  );
}

function compare(
  truth: FaceTruth,
  before: Float32Array,
  after: Float32Array,
  size: number,
): Omit<MeasuredWay, 'id'> {
  const pair = { before, after, size };
  const hair = maskOf(truth.hair);
  const tones = truth.rows.map(({ hairTone, skinTone }) => ({ hair: hairTone, skin: skinTone }));
  const everywhere = new Uint8Array(size * size).fill(1);
  return {
    changes: measureFluoHair({ ...pair, hair, face: maskOf(truth.face), tones }),
    bald: meanChange(changeByRegion(pair, everywhere).filter((_, face) => tones[face]?.hair === 'none')),
    ...edgesByRegion({ ...pair, region: hair }),
  };
}
