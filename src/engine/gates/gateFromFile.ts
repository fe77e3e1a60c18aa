import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { selectionOf } from '../../contract/dataSet.ts';
import { StudioError } from '../../contract/errors.ts';
import type { StrokesFile } from '../../contract/gates.ts';
import type { Watch } from '../../contract/progress.ts';
import type { GateStart, PartGate } from '../../contract/recipe.ts';
import { openImageSet } from '../data/imageSet.ts';
import type { PackedImages } from '../data/packedImages.ts';
import { readPartMasks } from '../data/partMasks.ts';
import { encodeMeans } from '../session/encodeMeans.ts';
import { requireEncoder } from '../session/openModel.ts';
import type { OpenModel } from '../session/openModel.ts';
import { withImages } from '../session/trainingImages.ts';
import { gateFromAttributes } from './attributeGate.ts';
import { hairGateWithoutLabels } from './gateWithoutLabels.ts';
import { labelsOfStrokes, unknownLabel } from './strokeLabels.ts';
import { readStrokes } from './strokesFiles.ts';
import { gateFromFaces } from './taughtGate.ts';
import type { LabelledFace } from './taughtGate.ts';

/** Masks that are read: beyond them a gate gains nothing and takes long. */
const mostMasks = 200;
/** The part that the model itself can tell of. */
const hairName = 'hair';

/**
 * A gate from a strokes.json or from a folder of masks. That on hair starts from the gate that the model's own colours
 * give where nothing else is said, so that a few strokes are enough; any other part starts from nothing.
 *
 * @throws StudioError `not-found`, `damaged`, `wrong-usage` or `empty`, naming the file
 */
export async function gateFromFile(
  open: OpenModel,
  { gateFrom, name, gateStart = usualStart(name) }: FileRequest,
  watch: Watch,
): Promise<PartGate> {
  const file = resolve(gateFrom);
  const status = statSync(file, { throwIfNoEntry: false });
  if (status === undefined) {
    throw new StudioError(
      'not-found',
      `There is nothing at ${file}. Name a strokes.json, or a folder of masks.`,
    );
  }
  const isFolder = status.isDirectory();
  const faces = isFolder ? await facesOfMasks(open, file, watch) : await facesOfStrokes(open, file, watch);
  const start = await startOf(open, gateStart, watch);
  const madeFrom = isFolder ? 'masks' : 'strokes';
  const gate = await gateFromFaces(open, { name, madeFrom, faces, start });
  if (gate !== null) return gate;
  throw new StudioError('empty', `Nothing in ${file} is marked as ${name}. Paint it on one face at least.`);
}

export interface FileRequest {
  gateFrom: string;
  name: string;
  gateStart?: GateStart | undefined;
}

function usualStart(name: string): GateStart {
  return name === hairName ? 'colours' : 'nothing';
}

function startOf(open: OpenModel, start: GateStart, watch: Watch): Promise<PartGate | undefined> {
  switch (start) {
    case 'nothing':
      return Promise.resolve(undefined);
    case 'colours':
      return hairGateWithoutLabels(open, watch);
    case 'attributes':
      return gateFromAttributes(open, watch);
  }
}

async function facesOfMasks(open: OpenModel, folder: string, watch: Watch): Promise<LabelledFace[]> {
  requireEncoder(open.model);
  return withImages(open.run, watch, async (images) => {
    const { imageFolder } = await openImageSet(open.run.data.folder, selectionOf(open.run.data));
    const photographs = { folder: imageFolder, files: images.files };
    const masks = await readPartMasks(folder, photographs, {
      ...{ crop: open.run.data.crop, size: images.size, most: mostMasks },
    });
    const pixels = images.size ** 2;
    const latents = latentsOfPictures(open, images, masks.places);
    return latents.map((own, at) => ({
      latents: own,
      labels: Uint8Array.from({ length: pixels }, (_, pixel) => {
        if (masks.part[at * pixels + pixel] === 1) return 1;
        return masks.rest[at * pixels + pixel] === 1 ? 0 : unknownLabel;
      }),
    }));
  });
}

function latentsOfPictures(open: OpenModel, images: PackedImages, places: Int32Array): number[][] {
  const z = encodeMeans(open.model, images, places);
  const values = z.dataSync<'float32'>();
  const { latent } = open.model;
  z.dispose();
  return Array.from(places, (_, at) => Array.from(values.subarray(at * latent, (at + 1) * latent)));
}

/** Latents of the file count for the weights they were made with; for others the photographs are encoded again. */
async function facesOfStrokes(open: OpenModel, file: string, watch: Watch): Promise<LabelledFace[]> {
  const strokes = await readStrokes(file);
  const painted = strokes.faces.filter((face) => face.strokes.length > 0);
  const size = open.model.imageSize;
  const labels = painted.map((face) => labelsOfStrokes(face.strokes, size));
  const latents =
    strokes.weights === open.weightsSha256
      ? painted.map((face) => face.latents)
      : await latentsAgain(open, painted, file, watch);
  return latents.map((own, at) => ({ latents: own, labels: labels[at]! }));
}

async function latentsAgain(
  open: OpenModel,
  painted: StrokesFile['faces'],
  file: string,
  watch: Watch,
): Promise<number[][]> {
  const files = painted.map(({ face }) => {
    if (face.kind === 'photo') return face.file;
    throw new StudioError(
      'wrong-usage',
      `${file} has strokes on seed ${face.seed} of another model, where that seed is another face. Paint on this model, or on photographs, which every model can encode.`,
    );
  });
  requireEncoder(open.model);
  return withImages(open.run, watch, (images) => {
    const known = new Map(images.files.map((name, at) => [name.slice(name.lastIndexOf('/') + 1), at]));
    const places = files.map((name) => {
      const place = known.get(name);
      if (place !== undefined) return place;
      throw new StudioError(
        'not-found',
        `${file} has strokes on ${name}, which is not among the pictures that this model was trained on. Paint on pictures of this run.`,
      );
    });
    return Promise.resolve(latentsOfPictures(open, images, Int32Array.from(places)));
  });
}
