import { mkdir } from 'node:fs/promises';
import { expect, it, onTestFinished } from 'vitest';
import { trainable } from '../../../src/contract/trainable.ts';
import { createTrainer } from '../../../src/engine/training/createTrainer.ts';
import { encodeSafetensors } from '../../../src/engine/models/safetensors.ts';
import type { NamedArray } from '../../../src/engine/models/safetensors.ts';
import { writeCheckpoint } from '../../../src/engine/runs/checkpoints.ts';
import { runPaths, writeRun } from '../../../src/engine/runs/runFolder.ts';
import { closeModel, openModel } from '../../../src/engine/session/openModel.ts';
import { packFaces, temporaryFolder, tinyRun } from '../../setup/tinyTraining.ts';

it('a model whose weights are no numbers, or another model’s, is not opened', async () => {
  const { folder, remove } = await temporaryFolder();
  onTestFinished(remove);
  const images = await packFaces(folder, 12);
  const run = tinyRun(images);
  images.close();
  await writeRun(folder, run);
  await mkdir(runPaths(folder).checkpoints);
  const trainer = createTrainer(trainable(run), run.seed, undefined);
  const weights = trainer.weights();
  trainer.dispose();
  const save = async (step: number, name: string, array: NamedArray): Promise<void> => {
    const bytes = encodeSafetensors(new Map([...weights, [name, array]]));
    await writeCheckpoint(folder, { step, optimizerStep: step, seed: run.seed, epoch: 0 }, [bytes], []);
  };
  const name = 'decoder.fine.kernel';
  const { shape, data } = weights.get(name)!;
  await save(1, name, { shape, data });
  closeModel(await openModel(folder, 1));
  for (const [index, wrong] of [NaN, Infinity, -Infinity].entries()) {
    const broken = data.slice();
    broken[broken.length - 1] = wrong;
    await save(2 + index, name, { shape, data: broken });
    await expect(openModel(folder, 2 + index)).rejects.toMatchObject({
      code: 'damaged',
      message: `The checkpoint of step ${2 + index} in ${folder} cannot be used: ${name} holds ${wrong}, which is not finite, so training had diverged by then. Use another checkpoint.`,
    });
  }
  await save(9, name, { shape: [...shape].reverse(), data });
  await expect(openModel(folder, 9)).rejects.toMatchObject({
    code: 'damaged',
    message: expect.stringContaining('so it is of another model') as string,
  });
});
