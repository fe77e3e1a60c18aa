import type { TaughtFace } from '../../../contract/gates.ts';
import { defaultStrength, magenta } from '../../../contract/recipe.ts';
import type { PartGate } from '../../../contract/recipe.ts';
import { api } from '../../api/api.ts';
import { useLive } from '../../api/useLive.ts';
import type { Live } from '../../api/useLive.ts';
import { picturesOf } from '../../components/pictures.ts';
import type { Ref } from '../../shell/useModel.ts';
import type { KnownFace } from './faceNames.ts';
import type { Taught } from './taught.ts';

export interface TeachQuestion extends Ref {
  name: string;
  faces: readonly TaughtFace[];
  shown: readonly KnownFace[];
  start: PartGate | null;
}

const map = {
  kind: 'target' as const,
  colour: [...magenta.colour] as typeof magenta.colour,
  strength: defaultStrength,
};

/** The gate after the newest stroke; the last answer stays until the next is whole. */
export function useTaught(question: TeachQuestion | null): Live<Taught> {
  const live = useLive(question, async ({ run, step, name, faces, shown, start }, signal) => {
    const latents = shown.map((known) => known.latents);
    const asked = { run, step, name, faces: [...faces], shown: latents, map };
    const answer = await api.gates.teach({ ...asked, ...(start !== null && { start }) }, { signal });
    return {
      gate: answer.gate,
      keys: shown.map(({ key }) => key),
      recoloured: await picturesOf(answer.recoloured),
      openness: new Uint8Array(await answer.openness.arrayBuffer()),
      uncertainty: answer.uncertainty,
    };
  });
  return question === null ? { value: null, milliseconds: null, error: null, isStale: false } : live;
}
