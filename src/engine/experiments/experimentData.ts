import { readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { StudioError } from '../../contract/errors.ts';
import type { ExperimentResult, ExperimentScale } from '../../contract/experiments.ts';
import { dcganPresets, defaultCrops, vaePresets } from '../../contract/hyperParameters.ts';
import { faceSetSchema } from '../../contract/dataSet.ts';
import { decodingOf, selectionOf } from '../../contract/dataSet.ts';
import type { Crop, FaceSet, Selection } from '../../contract/dataSet.ts';
import type { Watch } from '../../contract/progress.ts';
import { faceSetName, makeFaces } from '../data/faces/makeFaces.ts';
import { defaultSize } from '../data/decode.ts';
import { hasHairAttributes } from '../gates/attributeGate.ts';
import { openImageSet } from '../data/imageSet.ts';
import type { ImageSet } from '../data/imageSet.ts';
import { packImages, packKeys } from '../data/packImages.ts';
import { readPartMasks } from '../data/partMasks.ts';
import type { NeededRun, ScalePlan } from './experiment.ts';
import type { WantedData } from './neededRuns.ts';
import { reproductionPaths } from './reproductionFolder.ts';
import { scaleTrainings } from './scales.ts';

/** All faces of a reproduction are of this seed; seeds of a run name its weights, order and noise. */
const facesSeed = 0;

/** The pictures of a reproduction: those that were named, or faces that are drawn when a run first needs them. */
export class ExperimentData {
  readonly facts: ExperimentResult['data'];
  /** Masks of the hair that a person named, and SHA-256 of what is in them. */
  readonly hairMasks: { folder: string; sha256: string } | undefined;
  /** Whether the pictures have the attributes that tell of the hair's colour. */
  readonly haveAttributes: boolean;
  readonly #plan: ScalePlan;
  readonly #watch: Watch;
  readonly #given: string | undefined;
  readonly #folders: { default: string; hard: string };
  readonly #made = new Map<string, Promise<WantedData>>();

  private constructor(
    facts: ExperimentResult['data'],
    given: string | undefined,
    hair: Pick<ExperimentData, 'hairMasks' | 'haveAttributes'>,
    { out, plan, watch }: { out: string; plan: ScalePlan; watch: Watch },
  ) {
    const { faces, hardFaces } = reproductionPaths(out);
    this.facts = facts;
    this.hairMasks = hair.hairMasks;
    this.haveAttributes = hair.haveAttributes;
    this.#given = given;
    this.#folders = { default: given ?? faces, hard: hardFaces };
    this.#plan = plan;
    this.#watch = watch;
  }

  /** @throws StudioError `wrong-usage` at the paper's scale without pictures, for too few of them, or masks that do not fit them */
  static async open(
    { data, hairMasks }: { data: string | undefined; hairMasks: string | undefined },
    place: { out: string; plan: ScalePlan; watch: Watch },
  ): Promise<ExperimentData> {
    if (data === undefined) {
      requireOwnPictures(place.plan.scale);
      refuseMasks(hairMasks);
      const facts = { name: 'synthetic faces', images: place.plan.faces, truth: true };
      const hair = { hairMasks: undefined, haveAttributes: false };
      return new ExperimentData(facts, undefined, hair, place);
    }
    const folder = resolve(data);
    const set = await openImageSet(folder);
    const { files, faceSet } = set;
    const least = leastImages(place.plan.scale);
    if (files.length < least) {
      throw new StudioError(
        'wrong-usage',
        `${folder} has ${files.length} pictures; the ${place.plan.scale} scale needs ${least} at least. Give a larger set with --data, or choose a smaller --scale.`,
      );
    }
    const facts = { name: basename(folder), images: files.length, truth: faceSet !== undefined };
    if (facts.truth) refuseMasks(hairMasks);
    const hair = {
      hairMasks: hairMasks === undefined ? undefined : await openMasks(resolve(hairMasks), set, place.plan),
      haveAttributes: hasHairAttributes({ attributeNames: set.attributes?.names ?? [] }),
    };
    return new ExperimentData(facts, folder, hair, place);
  }

  /** What the pictures of a run are; synthetic faces are drawn now where they are `toTrain` on. */
  async of({ kind, set }: NeededRun, toTrain: boolean): Promise<WantedData> {
    const folder = this.#folders[set];
    const faceSet =
      set === 'default' && this.#given !== undefined
        ? undefined
        : { seed: facesSeed, count: this.#plan.faces, hard: set === 'hard' };
    const crop = defaultCrops[kind];
    // To look at runs must draw nothing: faces of another scale that lie there would be drawn on to the number of this one.
    const drawn = faceSet === undefined || (await isSet(folder, faceSet));
    if (!drawn && !toTrain) return { folder, faceSet, keyOf: () => Promise.resolve(undefined) };
    const name = `${folder} ${crop}`;
    const known = this.#made.get(name);
    if (known !== undefined) return known;
    const making = this.#make(folder, faceSet, crop);
    this.#made.set(name, making);
    return making;
  }

  async #make(folder: string, faceSet: WantedData['faceSet'], crop: Crop): Promise<WantedData> {
    if (faceSet !== undefined) await this.#draw(folder, faceSet);
    const images = await packImages(await openImageSet(folder), { crop, size: 64 }, this.#watch);
    images.close();
    const known = new Map<Selection, ReturnType<typeof packKeys>>();
    const keysOf = async (selection: Selection): ReturnType<typeof packKeys> => {
      const keys =
        known.get(selection) ??
        packKeys(await openImageSet(folder, selection), { crop, size: 64 }, this.#watch);
      known.set(selection, keys);
      return keys;
    };
    return {
      ...{ folder, faceSet },
      keyOf: async (data) =>
        data.crop === crop ? (await keysOf(selectionOf(data))).get(decodingOf(data)) : undefined,
    };
  }

  readonly #drawing = new Map<string, Promise<FaceSet>>();

  async #draw(folder: string, { seed, count, hard }: NonNullable<WantedData['faceSet']>): Promise<void> {
    const drawing = this.#drawing.get(folder) ?? makeFaces({ out: folder, count, seed, hard }, this.#watch);
    this.#drawing.set(folder, drawing);
    await drawing;
  }
}

/** Whether the faces of a folder are these, or those of them that were drawn before an interruption. */
async function isSet(
  folder: string,
  { seed, count, hard }: NonNullable<WantedData['faceSet']>,
): Promise<boolean> {
  const text = await readFile(join(folder, faceSetName), 'utf8').catch(() => 'null');
  const there = faceSetSchema.safeParse(asJson(text)).data;
  return there?.seed === seed && there.count === count && there.hard === hard;
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Masks are looked at before anything is trained, so that nobody waits for hours to hear that they do not fit. */
async function openMasks(
  folder: string,
  set: ImageSet,
  { samples }: ScalePlan,
): Promise<NonNullable<ExperimentData['hairMasks']>> {
  const wanted = { crop: defaultCrops.vae, size: defaultSize, most: samples };
  const photographs = { folder: set.imageFolder, files: heldOutFiles(set), called: heldOut };
  const { sha256 } = await readPartMasks(folder, photographs, wanted);
  return { folder, sha256 };
}

const heldOut = 'held-out photograph';

/** In the order of `heldOutIndices`. */
function heldOutFiles({ files, partition }: ImageSet): string[] {
  const of = (part: number): string[] => files.filter((_, place) => partition[place] === part);
  const held = [...of(1), ...of(2)];
  return held.length > 0 ? held : of(0);
}

function refuseMasks(hairMasks: string | undefined): void {
  if (hairMasks === undefined) return;
  throw new StudioError(
    'wrong-usage',
    'Drawn faces have true masks of the hair, so --hair-masks is for photographs, given with --data.',
  );
}

function requireOwnPictures(scale: ExperimentScale): void {
  if (scale === 'quick' || scale === 'compact') return;
  throw new StudioError(
    'wrong-usage',
    `The scale ${scale} needs pictures of your own, such as CelebA: give their folder with --data. The compact scale draws its faces itself.`,
  );
}

/** Nine tenths are trained on: a batch of the largest model must fit twice over. */
function leastImages(scale: ExperimentScale): number {
  const { preset, hyperParameters } = scaleTrainings[scale];
  const batches = [
    hyperParameters.vae.batch ?? vaePresets[preset.vae].batch,
    hyperParameters.dcgan.batch ?? dcganPresets[preset.dcgan].batch,
  ];
  return 4 * Math.max(...batches);
}
