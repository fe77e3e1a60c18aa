import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ColourMap, Recipe } from '../../../src/contract/recipe.ts';
import { applyRecipe } from '../../../src/engine/interventions/applyRecipe.ts';
import { colourMatrix } from '../../../src/engine/interventions/colourMatrix.ts';
import { addColour, recolourKernel } from '../../../src/engine/interventions/fluoHair.ts';
import { dcganArchitecture, dcganWeights } from '../../../src/engine/models/dcganArchitecture.ts';
import {
  generateImages,
  latentsFromSeeds,
  layerOf,
  mapsAt,
} from '../../../src/engine/models/layeredGenerator.ts';
import { convolve } from '../../../src/engine/models/layers.ts';
import { initialWeights } from '../../../src/engine/models/networkWeights.ts';
import { TrainedModel } from '../../../src/engine/models/trainedModel.ts';
import { tf } from '../../../src/engine/tensorflow/tf.ts';
import type { Tensor, Tensor4D } from '../../../src/engine/tensorflow/tf.ts';
import { tinyDcgan } from '../../setup/tinyTraining.ts';

/*
 * The image layer of a DCGAN is a transposed convolution with stride 2: its kernel is [5, 5, colours, channels], and its
 * maps have half the picture's side. FluoHair has to act along the right axis of it.
 */

const width = 4;
let model: TrainedModel;
beforeAll(() => {
  const hyperParameters = { ...tinyDcgan, width };
  const arrays = initialWeights(dcganWeights(dcganArchitecture(hyperParameters)), 1);
  const kernel = arrays.get('generator.image.kernel')!.data;
  for (let i = 0; i < kernel.length; i++) kernel[i]! *= 30;
  for (const name of ['start', 'coarse', 'intermediate', 'fine'])
    arrays.get(`generator.${name}.gamma`)!.data.fill(8);
  model = new TrainedModel({ kind: 'dcgan', hyperParameters }, arrays);
});
afterAll(() => {
  model.dispose();
});

function recipeOf(channels: number[], map: ColourMap): Recipe {
  return { version: 1, name: 'test', steps: [{ kind: 'fluoHair', channels, map, enabled: true }] };
}

function values(tensor: Tensor): Float32Array {
  return Float32Array.from(tensor.dataSync<'float32'>());
}

describe('FluoHair on a DCGAN', () => {
  it('by the identity changes no bit, by another map it changes pictures', () => {
    tf.tidy(() => {
      const z = latentsFromSeeds([1, 2, 3], model.latent);
      const plain = values(generateImages(model, z));
      const identity: ColourMap = {
        kind: 'matrix',
        matrix: [
          [1, 0, 0],
          [0, 1, 0],
          [0, 0, 1],
        ],
      };
      expect(values(applyRecipe(model, recipeOf([0, 2], identity), z))).toEqual(plain);
      const negated = values(applyRecipe(model, recipeOf([0, 2], { kind: 'negate' }), z));
      expect(Math.max(...negated.map((x, i) => Math.abs(x - plain[i]!)))).toBeGreaterThan(0.1);
    });
  });

  it('changes the output before tanh by the sum of ((g − I) k_c) over the chosen maps, stride and all', () => {
    tf.tidy(() => {
      const map: ColourMap = { kind: 'target', colour: [1, 0.1, 0.75], strength: 1.5 };
      const g = colourMatrix(map);
      const chosen = [1, 3];
      const layer = layerOf(model, 'image');
      const fine = mapsAt(model, latentsFromSeeds([4, 5], model.latent), 'fine');
      expect(fine.shape).toEqual([2, 32, 32, width]);
      const kernel = model.kernel('image');
      const recoloured = recolourKernel(layer, kernel, addColour(new Map(), chosen, g));
      const change = model.imageLogits(fine, recoloured).sub(model.imageLogits(fine));
      // The right side by definition, in TensorFlow's own ops: one channel's maps and its slices times (g − I).
      const expected = chosen.map((channel) => {
        const slice = kernel.slice([0, 0, 0, channel], [5, 5, 3, 1]).reshape([25, 3]);
        const difference = tf.tensor2d(g.map((row) => [...row])).sub(tf.eye(3));
        const turned = tf.matMul(slice, difference, false, true).reshape<Tensor4D>([5, 5, 3, 1]);
        const maps = fine.slice<Tensor4D>([0, 0, 0, channel], [2, 32, 32, 1]);
        return convolve({ ...layer, inputChannels: 1 }, turned, maps);
      });
      const sum = tf.addN(expected);
      expect(sum.abs().max().dataSync<'float32'>()[0]).toBeGreaterThan(0.1);
      expect(change.sub(sum).abs().max().dataSync<'float32'>()[0]).toBeLessThan(1e-4);
    });
  });

  it('leaves the maps below and the other slices as they are, and is undone by the inverse map', () => {
    tf.tidy(() => {
      const layer = layerOf(model, 'image');
      const kernel = values(model.kernel('image'));
      const g = colourMatrix({ kind: 'negate' });
      const once = addColour(new Map(), [2], g);
      const negated = values(recolourKernel(layer, model.kernel('image'), once));
      negated.forEach((x, i) => {
        // [5, 5, 3, channels]: the channel is the fastest index.
        expect(x).toBe(i % width === 2 ? -kernel[i]! : kernel[i]);
      });
      const back = values(recolourKernel(layer, model.kernel('image'), addColour(once, [2], g)));
      expect(back).toEqual(kernel);
    });
  });
});
