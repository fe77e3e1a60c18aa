import { lazyPage } from '../../shell/pageDefinition.ts';
import type { PageDefinition } from '../../shell/pageDefinition.ts';

const fields: readonly (readonly [name: string, words: string, label: string])[] = [
  ['Learning rate', 'lr step size adam', 'learning rate'],
  ['KL weight, β', 'beta kl divergence vae', 'KL weight'],
  ['Latents', 'dimensions z code', 'latent'],
  ['Batch size', 'bs', 'batch'],
  ['Channels of the fine level', 'width filters size', 'fine channels'],
  ['Steps', 'iterations epochs length', 'Steps'],
  ['Seed of the training', 'random', 'Seed'],
  ['Preset', 'compact photographs paper', 'Preset'],
  ['Model', 'vae dcgan gan', 'Model'],
  ['Crop', 'square', 'Crop'],
  ['Checkpoint every', 'save interval', 'Checkpoint every'],
  ['Threads of a training', 'cores cpu parallel side by side', 'Threads'],
  ['Spectral step', 'equation 13 independence sdr', 'Make the kernels’ spectra independent of their maps’'],
];

export const trainPage: PageDefinition = {
  id: 'train',
  title: 'Train',
  guide: 'train',
  group: 1,
  icon: (
    <>
      <path d="M3 3v14h14" />
      <path d="M6 5c.8 6 3.500 8.500 10.500 9" />
    </>
  ),
  page: lazyPage(() => import('./TrainPage.tsx')),
  settings: fields.map(([name, words, focus]) => ({ name, words, to: { view: 'new' }, focus })),
  actions: [
    { name: 'New run', words: 'train start model', to: { view: 'new' } },
    { name: 'Train several', words: 'sweep grid seeds vary search', to: { view: 'several' } },
    { name: 'Pause or resume training', words: 'stop continue run', focus: 'Pause' },
    { name: 'Extend the run', words: 'more steps longer', focus: 'Extend' },
    { name: 'Open a model', words: 'import onnx pytorch safetensors keras generator', focus: 'Open a model' },
    { name: 'Export the model', words: 'onnx pytorch torch weights', focus: 'Export model' },
    { name: 'Duplicate the run', words: 'copy settings again', focus: 'Duplicate' },
  ],
  keys: [
    ['P', 'Pause or resume the run'],
    ['Space', 'On the scrubber: play through the checkpoints'],
    ['/', 'Search the runs'],
    ['← → + − 0', 'On the charts: another step; zoom in, out, show all'],
  ],
};
