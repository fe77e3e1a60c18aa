import type { Reach } from '../../src/contract/reach.ts';

/** What an engine may say of a recipe, for whoever only passes it on. */
export function exampleReach(verdict: Reach['verdict'], sentence: string): Reach {
  const changes = { hair: 0.6, background: 0.1 };
  return {
    ...{ parts: ['hair'], faces: 64, source: 'seeds', regions: 'rough', face: 0.1, ...changes },
    ...{ lightHair: changes, darkBackground: changes, verdict, sentence },
  };
}
