import { contract } from '../contract/contract.ts';
import { defineCommand, inputOf } from './commandLine.ts';

export const demoCommand = defineCommand(inputOf(contract.demo.run), {
  words: 'demo',
  options: {
    out: { takes: '<folder>', means: 'where everything is written', preset: 'demo-output' },
    steps: { means: 'training steps' },
    count: { means: 'faces' },
    seed: { means: 'of faces, weights and samples' },
  },
});
