import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFaces } from '../../../src/engine/data/faces/makeFaces.ts';
import { openImageSet } from '../../../src/engine/data/imageSet.ts';
import { packImages } from '../../../src/engine/data/packImages.ts';
import type { PackedImages } from '../../../src/engine/data/packedImages.ts';
import { studioVersion } from '../../../src/contract/studioVersion.ts';
import { examineMachine } from '../../../src/engine/studio/examineMachine.ts';
import { gpuChoice } from '../../../src/engine/tensorflow/chooseGpus.ts';
import { hasDeterministicOps } from '../../../src/engine/tensorflow/prepareProcess.ts';
import { answersName } from './messages.ts';
import type { Answer, AnswerOf, Request, Task } from './messages.ts';
import { makePictures, timeDecoding } from './pictureTasks.ts';
import { makeSteps, timeModels, watchMemory } from './trainerTasks.ts';

/** A process of the check: does its tasks one after another and writes what came out; what one fails with is its answer. */
export async function work({ folder, tasks }: Request, own: string, startedAt: number): Promise<void> {
  const answers: Answer[] = [];
  for (const task of tasks) {
    try {
      answers.push(await perform(task, folder, startedAt));
    } catch (error) {
      answers.push({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
    }
    // After each task: what is done stays done if the next one ends the process.
    await writeFile(join(own, answersName), JSON.stringify(answers));
  }
}

async function perform(task: Task, folder: string, startedAt: number): Promise<Answer> {
  switch (task.kind) {
    case 'facts':
      return facts(startedAt);
    case 'faces':
      return withFaces(folder, () => Promise.resolve({ kind: 'faces' }), task.count);
    case 'steps':
      return withFaces(folder, (images) => makeSteps(task, folder, images));
    case 'pictures':
      return makePictures(task, folder);
    case 'memory':
      return withFaces(folder, (images) => Promise.resolve(watchMemory(task, images)));
    case 'times':
      return withFaces(folder, (images) => Promise.resolve(timeModels(task, images)));
    case 'decode':
      return timeDecoding(task);
  }
}

function facts(startedAt: number): AnswerOf<'facts'> {
  const report = examineMachine(studioVersion);
  const { device, deviceReason, tensorflow, node, processor, cores, threads } = report;
  const machine = {
    ...{ device, reason: deviceReason, tensorflow, node, processor, cores },
    threads: threads.intraOp,
    gpu: device === 'gpu' ? (gpuChoice().used.at(-1) ?? null) : null,
    growth: process.env['TF_FORCE_GPU_ALLOW_GROWTH'] === 'true',
    deterministic: hasDeterministicOps(),
    firstResultSeconds: (performance.now() - startedAt) / 1000,
  };
  return { kind: 'facts', machine };
}

/** Draws faces and packs them, or opens what was packed before. */
async function withFaces<T>(
  folder: string,
  use: (images: PackedImages) => Promise<T>,
  count = 0,
): Promise<T> {
  const faces = join(folder, 'faces');
  if (count > 0) await makeFaces({ out: faces, count, seed: 3 });
  const set = await openImageSet(faces);
  const images = await packImages(set, { crop: 'vae', size: 64, cacheFolder: join(folder, 'packed') });
  try {
    return await use(images);
  } finally {
    images.close();
  }
}
