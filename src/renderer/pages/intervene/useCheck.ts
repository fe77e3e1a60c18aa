import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { FluoHairModule, PictureSource } from '../../../contract/intervene.ts';
import type { Recipe } from '../../../contract/recipe.ts';
import { api, useLatest } from '../../api/api.ts';
import { sentenceOf } from '../../api/errors.ts';
import type { CheckAnswer, ReachAnswer } from './Checks.tsx';
import { moduleOf } from './stepWords.ts';

const pauseMilliseconds = 200;

export interface CheckQuestion {
  run: string;
  step: number;
  source: PictureSource;
  recipe: Recipe;
  selected: number;
  modules: readonly FluoHairModule[];
}

/** What the selected FluoHair step did, and what the recipe paints beside hair, asked a moment after the last input. */
export function useCheck(question: CheckQuestion): CheckAnswer {
  const { run, step, source, recipe, selected, modules } = question;
  const chosen = recipe.steps[selected];
  const isAsked = chosen?.kind === 'fluoHair' && chosen.enabled;
  const module = isAsked ? moduleOf(chosen.channels, modules) : undefined;
  const input = {
    ...{ run, step, source, recipe, stepIndex: selected },
    module: module === undefined ? null : { count: module.count, letter: module.letter },
  };
  const key = isAsked ? JSON.stringify(input) : null;
  const settled = useSettled(key);
  const answer = useLatest(settled === null ? null : ['live check', settled], (signal) =>
    api.intervene.check(JSON.parse(settled ?? '') as typeof input, { signal }),
  );
  const judging = useQuery({
    queryKey: ['live judging', run, step],
    queryFn: ({ signal }) => api.intervene.judging({ run, step }, { signal }),
    enabled: isAsked,
  });
  return {
    value: answer.data,
    isStale: answer.isPlaceholderData || settled !== key,
    error: answer.error === null ? null : sentenceOf(answer.error),
    refusal: judging.error === null ? judging.data?.refusal : sentenceOf(judging.error),
    reach: useReach(isAsked ? { run, step, recipe } : null),
  };
}

/** Asked anew where a FluoHair step changed, and not where another one did. */
function useReach(question: Pick<CheckQuestion, 'run' | 'step' | 'recipe'> | null): ReachAnswer {
  const key = question === null ? null : JSON.stringify({ ...question, recipe: paintOf(question.recipe) });
  const settled = useSettled(key);
  const answer = useLatest(settled === null ? null : ['live reach', settled], (signal) =>
    api.intervene.reach(JSON.parse(settled ?? '') as NonNullable<typeof question>, { signal }),
  );
  return {
    value: answer.data ?? null,
    isStale: answer.isPlaceholderData || settled !== key,
    error: answer.error === null ? null : sentenceOf(answer.error),
  };
}

function paintOf(recipe: Recipe): Recipe {
  const steps = recipe.steps.filter((step) => step.kind === 'fluoHair' && step.enabled);
  return { ...recipe, name: 'FluoHair', steps };
}

/** The value once it has stayed the same for a moment. */
function useSettled(value: string | null): string | null {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => {
      setSettled(value);
    }, pauseMilliseconds);
    return () => {
      clearTimeout(timer);
    };
  }, [value]);
  return settled;
}
