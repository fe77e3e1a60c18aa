import type { Fig2Point, Fig2Solutions, Fig2Stretches } from '../../../contract/theory.ts';
import { useAddress } from '../../address/address.ts';
import { api, useLatest } from '../../api/api.ts';
import { sentenceOf } from '../../api/errors.ts';
import { useNumberParam, useTheoryAddress } from './useTheoryAddress.ts';

/** Rows of a picture that are shown: 27 pixels three times enlarged are 81. */
const shownRows = 27;
/** Stretches asked for at a time: few enough that what is looked at comes at once, and others are answered in between. */
const inPiece = 15;

/** Both solutions stretched by one g: pictures as bytes [height][width], 0 for `low` and 255 for `high`. */
export interface Stretched {
  point: Fig2Point;
  truth: Uint8Array;
  other: Uint8Array;
}

type Scale = Pick<Fig2Stretches, 'height' | 'width' | 'low' | 'high'>;

export interface StretchedEyes extends Scale {
  solutions: Fig2Solutions;
  trained: Stretched;
  stretched: Stretched;
  /** Every stretch in the order of the group; null until all are there. */
  curve: readonly Fig2Point[] | null;
}

export interface Fig2View {
  data: StretchedEyes | undefined;
  error: string | null;
  isStale: boolean;
  /** The distance that the eyes are moved to, in pixels. */
  to: number;
  setTo: (to: number) => void;
  /** What the shown picture is asked with. */
  parameters: Parameters & { stretch?: number };
}

interface Parameters {
  dimension: 1 | 2;
  solution: 'balanced' | 'random';
  seed: number;
}

/** Stretches by their g. */
type Pieces = ReadonlyMap<number, Stretched>;

interface Begun extends Scale {
  /** What it was asked with. */
  asked: string;
  solutions: Fig2Solutions;
  pieces: Pieces;
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

function byG({ points, height, width, truth, other }: Fig2Stretches): Pieces {
  const size = height * width;
  const [left, right] = [bytesOf(truth), bytesOf(other)];
  return new Map(
    points.map((point, at) => [
      point.g,
      {
        point,
        truth: left.subarray(at * size, (at + 1) * size),
        other: right.subarray(at * size, (at + 1) * size),
      },
    ]),
  );
}

/** The g that moves the eyes to this distance; where there is none, the figure's own. */
function stretchTo({ distances, parameters }: Fig2Solutions, distance: number): number {
  const at = distances.indexOf(distance);
  return at < 0 ? parameters.stretch : at + 1;
}

/** What is looked at first: both solutions, as trained and in the stretches about the one that is asked for. */
async function begin(parameters: Parameters, to: number, signal: AbortSignal): Promise<Begun> {
  const solutions = await api.theory.solutions({ parameters }, { signal });
  const g = stretchTo(solutions, to);
  const from = g - ((g - 1) % inPiece);
  const ask = { parameters, rows: shownRows };
  const trained = await api.theory.stretches({ ...ask, from: 1, count: 1 }, { signal });
  const about = await api.theory.stretches({ ...ask, from, count: inPiece }, { signal });
  const { height, width, low, high } = about;
  return {
    ...{ asked: JSON.stringify(parameters), solutions, height, width, low, high },
    pieces: new Map([...byG(trained), ...byG(about)]),
  };
}

/** The stretches that are not there yet, piece by piece. */
async function complete(
  parameters: Parameters,
  { solutions, pieces }: Begun,
  signal: AbortSignal,
): Promise<Pieces> {
  const all = new Map(pieces);
  for (let from = 1; from <= solutions.distances.length; from += inPiece) {
    const last = Math.min(from + inPiece - 1, solutions.distances.length);
    if (all.has(from) && all.has(last)) continue;
    const ask = { parameters, rows: shownRows, from, count: inPiece };
    for (const [g, stretched] of byG(await api.theory.stretches(ask, { signal }))) all.set(g, stretched);
  }
  return all;
}

/** Figure 2 at once where it is looked at, and then all other stretches: moving the eyes asks for nothing. */
export function useFig2(): Fig2View {
  const { dimension, solution, member } = useTheoryAddress();
  const parameters: Parameters = { dimension, solution, seed: member };
  const first = Number(useAddress().params['to'] ?? NaN);
  const begun = useLatest(['theory', 'eyes', parameters], (signal) => begin(parameters, first, signal));
  const base = begun.data;
  const rest = useLatest(
    base === undefined || begun.isPlaceholderData ? null : ['theory', 'all eyes', parameters],
    async (signal) => ({
      asked: JSON.stringify(parameters),
      pieces: base === undefined ? new Map<number, Stretched>() : await complete(parameters, base, signal),
    }),
  );
  const { rows, distances } = base?.solutions ?? { rows: [], distances: [] };
  const defaultTo = rows[0]?.stretchedDistance ?? 30;
  const [typed, setTo] = useNumberParam('to', defaultTo, { min: 1, max: distances.length || 60 });
  const to = Math.round(typed);
  const all = base !== undefined && rest.data?.asked === base.asked ? rest.data.pieces : undefined;
  const error = begun.error ?? rest.error;
  const stretch = base && stretchTo(base.solutions, to);
  return {
    data: base && dataOf(base, all, to),
    error: error === null ? null : sentenceOf(error),
    isStale: begun.isPlaceholderData,
    to,
    setTo,
    parameters: { ...parameters, ...(stretch !== undefined && { stretch }) },
  };
}

function dataOf(
  { solutions, pieces, height, width, low, high }: Begun,
  all: Pieces | undefined,
  to: number,
): StretchedEyes | undefined {
  const known = all ?? pieces;
  const trained = known.get(1);
  // Moved farther than what is there yet: the pictures stay as they are until the others come.
  const stretched = known.get(stretchTo(solutions, to)) ?? known.get(solutions.parameters.stretch) ?? trained;
  if (trained === undefined || stretched === undefined) return undefined;
  const curve =
    all === undefined ? null : [...all.values()].map(({ point }) => point).sort((a, b) => a.g - b.g);
  return { solutions, trained, stretched, curve, height, width, low, high };
}
