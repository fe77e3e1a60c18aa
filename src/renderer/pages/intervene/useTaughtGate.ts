import { useEffect } from 'react';
import type { FluoHairModule } from '../../../contract/intervene.ts';
import { hiddenLevels } from '../../../contract/levels.ts';
import type { PartGate, Recipe } from '../../../contract/recipe.ts';
import { offerGate, useOfferedGate } from '../../api/taughtGate.ts';
import { newStep } from './newStep.ts';
import { setIntervene } from './useInterveneAddress.ts';
import type { RecipeWork } from './useWork.ts';

/** Puts a gate that was taught on the page for it into the FluoHair step, or into a new one where there is none. */
export function useTaughtGate(
  run: string,
  { recipe, change }: RecipeWork,
  selected: number,
  modules: readonly FluoHairModule[] | null | undefined,
): void {
  const offered = useOfferedGate();
  useEffect(() => {
    if (offered === null || offered.run !== run) return;
    // A new step is made of the hair module, where there is one.
    if (modules === undefined && !recipe.steps.some(({ kind }) => kind === 'fluoHair')) return;
    offerGate(null);
    const next = withTaughtGate(recipe, selected, offered.gate, modules ?? []);
    change(next.recipe, offered.words);
    setIntervene({ selected: next.at });
  });
}

/** @returns the recipe, and which of its steps has the gate: the selected one, else the first FluoHair, else a new one */
export function withTaughtGate(
  recipe: Recipe,
  selected: number,
  gate: PartGate,
  modules: readonly FluoHairModule[],
): { recipe: Recipe; at: number } {
  const isFluoHair = recipe.steps.map(({ kind }) => kind === 'fluoHair');
  const at = isFluoHair[selected] === true ? selected : isFluoHair.indexOf(true);
  const step = at < 0 ? newStep('fluoHair', modules, hiddenLevels) : recipe.steps[at];
  if (step?.kind !== 'fluoHair') return { recipe, at: selected };
  const gated = { ...step, gate };
  const steps =
    at < 0 ? [...recipe.steps, gated] : recipe.steps.map((each, index) => (index === at ? gated : each));
  return { recipe: { ...recipe, steps }, at: at < 0 ? recipe.steps.length : at };
}
