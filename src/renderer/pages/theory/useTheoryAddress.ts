import { useEffect, useState } from 'react';
import { setParams, useAddress } from '../../address/address.ts';
import {
  descentVariantSchema,
  fig3bParametersSchema,
  spectralSidesSchema,
} from '../../../contract/theory.ts';
import type { DescentVariant, Fig3bParameters, SpectralSides } from '../../../contract/theory.ts';

export type Start = [a: number, b: number];
export type Asynchronous = Exclude<DescentVariant, 'sgd'>;

export const defaultStarts: readonly Start[] = [
  [2, 0.2],
  [0.2, 2],
  [2.5, 1.5],
  [0.3, 0.1],
];
export const mostStarts = 16;

/** What of the Theory page lives in the address. */
export interface TheoryAddress {
  dimension: 1 | 2;
  solution: 'balanced' | 'random';
  /** Which random member. */
  member: number;
  view: 'paths' | 'drift';
  starts: readonly Start[];
  asynchronous: Asynchronous;
  start: Fig3bParameters['start'];
  spectral: SpectralSides;
  seed: number;
  /** The proposition whose checks are shown. */
  check: number | null;
  /** The distribution of proposition 6. */
  law: string | null;
}

export function useTheoryAddress(): TheoryAddress {
  const { params } = useAddress();
  const asynchronous = descentVariantSchema.exclude(['sgd']).safeParse(params['asgd']).data;
  const { start } = fig3bParametersSchema.shape;
  return {
    dimension: params['eyes'] === 'line' ? 1 : 2,
    solution: params['solution'] === 'random' ? 'random' : 'balanced',
    member: wholeOf(params['member'], 1),
    view: params['view'] === 'drift' ? 'drift' : 'paths',
    starts: startsOf(params['starts']),
    asynchronous: asynchronous ?? 'asynchronous',
    start: start.safeParse(params['from']).data ?? 'truth',
    spectral: spectralSidesSchema.safeParse(params['eq13']).data ?? 'none',
    seed: wholeOf(params['seed'], 1),
    check: params['check'] === undefined ? null : wholeOf(params['check'], 0),
    law: params['law'] ?? null,
  };
}

function wholeOf(text: string | undefined, otherwise: number): number {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : otherwise;
}

/** "2,0.2;0.3,0.1" */
function startsOf(text: string | undefined): readonly Start[] {
  if (text === undefined) return defaultStarts;
  return text
    .split(';')
    .map((pair): Start => {
      const [a = NaN, b = NaN] = pair.split(',').map(Number);
      return [a, b];
    })
    .filter(([a, b]) => a > 0 && b > 0 && a < 100 && b < 100)
    .slice(0, mostStarts);
}

export function setStarts(starts: readonly Start[]): void {
  const isDefault = String(starts) === String(defaultStarts);
  setParams({ starts: isDefault ? undefined : starts.map((start) => start.join(',')).join(';') });
}

const settleMilliseconds = 250;

/**
 * A number of the address that changes quickly: followed at once here, written to the address when it rests. What the
 * address says otherwise, after a step back for example, is taken over.
 */
export function useNumberParam(
  name: string,
  otherwise: number,
  range: { readonly min: number; readonly max: number },
): [value: number, set: (value: number) => void] {
  const asked = useAddress().params[name];
  const [draft, setDraft] = useState<{ value: number; from: string | undefined } | null>(null);
  const given = asked === undefined || asked === '' ? NaN : Number(asked);
  const settled = Number.isFinite(given) ? Math.min(range.max, Math.max(range.min, given)) : otherwise;
  const current = draft !== null && draft.from === asked ? draft.value : settled;
  useEffect(() => {
    if (draft === null || draft.from !== asked) return;
    const timer = setTimeout(() => {
      setParams({ [name]: draft.value === otherwise ? undefined : draft.value });
    }, settleMilliseconds);
    return () => {
      clearTimeout(timer);
    };
  }, [draft, asked, name, otherwise]);
  return [
    current,
    (value) => {
      setDraft({ value, from: asked });
    },
  ];
}
