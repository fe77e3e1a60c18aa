import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openImageSet } from '../../../../src/engine/data/imageSet.ts';
import { packImages } from '../../../../src/engine/data/packImages.ts';
import type { PackedImages } from '../../../../src/engine/data/packedImages.ts';
import { ExperimentData } from '../../../../src/engine/experiments/experimentData.ts';
import { meanHair } from '../../../../src/engine/experiments/fig1/measureFig1.ts';
import { hairToneOf } from '../../../../src/engine/experiments/hairRegions/hairTones.ts';
import {
  hairTeller,
  regionsOfGate,
  regionsOfMasks,
  regionsOfTruth,
} from '../../../../src/engine/experiments/hairRegions/tellers.ts';
import { scalePlans } from '../../../../src/engine/experiments/scales.ts';
import { channelsOfLevels } from '../../../../src/engine/models/hypercolumns.ts';
import { betaVaeArchitecture } from '../../../../src/engine/models/betaVaeArchitecture.ts';
import { initialWeights } from '../../../../src/engine/models/networkWeights.ts';
import { TrainedModel } from '../../../../src/engine/models/trainedModel.ts';
import { asPhotographs } from '../../../setup/hairMasks.ts';
import { packFaces, temporaryFolder, tinyModel } from '../../../setup/tinyTraining.ts';

let place: Awaited<ReturnType<typeof temporaryFolder>>;
let drawn: PackedImages;
let photographs: PackedImages;
let masks: string;

/** The same faces twice: with their truth, and as pictures alone with masks that a person names. */
beforeAll(async () => {
  place = await temporaryFolder();
  drawn = await packFaces(place.folder, 72);
  const faces = join(place.folder, 'faces');
  const folder = join(place.folder, 'photographs');
  masks = join(place.folder, 'masks');
  await asPhotographs(faces, { photographs: folder, masks });
  const wanted = { crop: 'vae', size: 64, cacheFolder: join(place.folder, 'packed') } as const;
  photographs = await packImages(await openImageSet(folder), wanted);
});

afterAll(async () => {
  drawn.close();
  photographs.close();
  await place.remove();
});

const many = 1000;

describe('where the hair is', () => {
  it('masks of photographs say what the truth of the same faces says, but for what a reduction blurs', async () => {
    const truth = await regionsOfTruth(drawn, many);
    const masked = await regionsOfMasks(masks, photographs, many);
    const names = (images: PackedImages, { indices }: { indices: Int32Array }): string[] =>
      Array.from(indices, (index) => images.files[index]!);
    expect(names(photographs, masked)).toEqual(names(drawn, truth));
    expect(masked.indices.length).toBeGreaterThan(1);
    const differing = truth.hair.filter((value, at) => value !== masked.hair[at]).length;
    const hair = truth.hair.filter((value) => value === 1).length;
    expect(hair).toBeGreaterThan(1000);
    expect(differing / hair).toBeLessThan(0.05);
    expect((await regionsOfMasks(masks, photographs, 2)).indices, 'as many as are asked for').toHaveLength(2);
  });

  it('a gate’s region is where it is at least half open on each decoded face', async () => {
    const model = new TrainedModel(
      { kind: 'vae', hyperParameters: tinyModel },
      initialWeights(betaVaeArchitecture(tinyModel), 1),
    );
    const [start, coarse, intermediate, fine] = channelsOfLevels(model).map((count) =>
      Array<number>(count).fill(0),
    ) as [number[], number[], number[], number[]];
    // One unit that reads −y alone: h = σ(mean₃ₓ₃(10 relu(−10 y)) − 1), so above the middle and not below it.
    const upperHalf = {
      ...{
        name: 'hair',
        madeFrom: 'attributes' as const,
        faces: 1,
        units: 1,
        start,
        coarse,
        intermediate,
        fine,
      },
      ...{ around: fine, place: [0, -10, 0, 0, 0], unitBias: [0], out: [10], bias: -1 },
    };
    const { indices, hair, rest } = await regionsOfGate({ model }, upperHalf, photographs, 2);
    model.dispose();
    expect([indices.length, hair.length]).toEqual([2, 2 * 64 * 64]);
    for (const face of [0, 1]) {
      const rows = (from: number, to: number): Uint8Array =>
        hair.subarray((face * 64 + from) * 64, (face * 64 + to) * 64);
      expect(rows(0, 31).every((value) => value === 1)).toBe(true);
      expect(rows(33, 64).every((value) => value === 0)).toBe(true);
    }
    expect(rest.every((value, at) => value === 1 - hair[at]!)).toBe(true);
  });

  it('truth comes first, then masks that were named, then attributes; without any nobody says', () => {
    expect(hairTeller({ truth: true, hairMasks: undefined, haveAttributes: true })?.source).toBe('truth');
    expect(hairTeller({ truth: false, hairMasks: masks, haveAttributes: true })?.source).toBe('masks');
    expect(hairTeller({ truth: false, hairMasks: undefined, haveAttributes: true })?.source).toBe(
      'attributes',
    );
    expect(hairTeller({ truth: false, hairMasks: undefined, haveAttributes: false })).toBeUndefined();
  });

  it('the mean is over the faces of which a pixel is known', () => {
    const [hair, rest] = [Uint8Array.of(1, 0, 0, 1, 1, 0), Uint8Array.of(0, 1, 0, 0, 0, 0)];
    expect([...meanHair(hair, rest, 3)]).toEqual([1, 0.5, 0]);
  });
});

describe('masks are looked at before anything is trained', () => {
  const open = (data: string | undefined, hairMasks: string): Promise<ExperimentData> =>
    ExperimentData.open(
      { data, hairMasks },
      { out: join(place.folder, 'out'), plan: scalePlans.quick, watch: {} },
    );

  it('those that fit are named in the key of what is measured', async () => {
    const { facts, hairMasks } = await open(join(place.folder, 'photographs'), masks);
    expect(facts.truth).toBe(false);
    expect(hairMasks?.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('those of other pictures, and those beside drawn faces, are refused', async () => {
    const photographsFolder = join(place.folder, 'photographs');
    await expect(open(photographsFolder, photographsFolder)).rejects.toThrow('There are no masks in');
    const sentence = 'Drawn faces have true masks of the hair, so --hair-masks is for photographs';
    await expect(open(undefined, masks)).rejects.toThrow(sentence);
    await expect(open(join(place.folder, 'faces'), masks)).rejects.toThrow(sentence);
  });
});

describe('the tone of hair by attributes', () => {
  const names = ['Bald', 'Smiling', 'Black_Hair', 'Brown_Hair', 'Blond_Hair'];
  it.each([
    { said: ['Black_Hair', 'Smiling'], tone: 'dark' },
    { said: ['Black_Hair', 'Brown_Hair'], tone: 'dark' },
    { said: ['Blond_Hair'], tone: 'light' },
    { said: ['Brown_Hair', 'Blond_Hair'], tone: null },
    { said: ['Smiling'], tone: null },
    { said: ['Bald', 'Black_Hair'], tone: 'none' },
  ])('$said: $tone', ({ said, tone }) => {
    const attributesOf = (): Int8Array => Int8Array.from(names, (name) => (said.includes(name) ? 1 : -1));
    expect(hairToneOf({ attributeNames: names, attributesOf }, 0)).toBe(tone);
    expect(hairToneOf({ attributeNames: [], attributesOf: () => new Int8Array(0) }, 0)).toBeNull();
  });
});
