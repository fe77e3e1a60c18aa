import type { ExperimentTable } from '../../../contract/experiments.ts';
import type { Verdict } from '../../../contract/verdicts.ts';
import { leastHairChange } from '../../modules/hairModule.ts';
import { spreadOf, verdictOverSeeds } from '../../analysis/verdicts/verdictRules.ts';
import type { MeasuredHair, MeasuredWay } from './measureHairNotTone.ts';
import type { WayId } from './ways.ts';
import { wayIds, wayWords } from './ways.ts';

export const goals = { default: 4, hard: 2 } as const;
const judged: readonly WayId[] = ['paper', 'painted-gate', 'found-gate', 'colours-gate'];

export const groupNames = [
  ['dark', 'light'],
  ['dark', 'dark'],
  ['light', 'light'],
  ['light', 'dark'],
] as const;

/** Of one way in every group: the goal reached by hair that changes enough to be seen. */
export function hairVerdicts(measured: readonly MeasuredHair[]): Verdict[] {
  const sets = (['default', 'hard'] as const).filter((set) => measured.some((each) => each.set === set));
  return [
    ...sets.flatMap((set) =>
      judged.map((id) =>
        goalVerdict(
          id,
          set,
          measured.filter((each) => each.set === set),
        ),
      ),
    ),
    ...judged.map((id) =>
      shapeVerdict(
        id,
        measured.filter((each) => each.set === 'default'),
      ),
    ),
  ];
}

function wayOf({ ways }: MeasuredHair, id: WayId): MeasuredWay | undefined {
  return ways.find((way) => way.id === id);
}

function groupOf(each: MeasuredHair, id: WayId, [hair, skin]: (typeof groupNames)[number]) {
  return wayOf(each, id)?.changes.groups.find((group) => group.hair === hair && group.skin === skin);
}

function goalVerdict(id: WayId, set: MeasuredHair['set'], measured: readonly MeasuredHair[]): Verdict {
  const goal = goals[set];
  const columns = groupNames.flatMap((group) => {
    const groupName = `${group[0]} hair, ${group[1]} skin`;
    return [
      {
        name: `${groupName}: hair ÷ face`,
        of: (each: MeasuredHair) => groupOf(each, id, group)?.ratioFace ?? null,
      },
      {
        name: `${groupName}: change of hair`,
        of: (each: MeasuredHair) => groupOf(each, id, group)?.inside ?? null,
      },
    ];
  });
  const values = columns.map(({ name, of }) => ({ name, unit: null, perSeed: measured.map(of) }));
  const truths = measured.map((each) => {
    const groups = groupNames.map((group) => groupOf(each, id, group));
    if (groups.some((group) => group === undefined || group.ratioFace === null || group.inside === null))
      return null;
    return groups.every((group) => group!.ratioFace! >= goal && group!.inside! >= leastHairChange);
  });
  return verdictOverSeeds({
    claim: `On the ${set} set, ${wayWords[id].name}, g = −I: in each of the four groups of tone hair changes at least ${goal} times as much as the face, and by ${leastHairChange} or more, in every seed.`,
    place: 'beyond the paper',
    gate: false,
    values,
    truths,
    numbers: `${values.map(({ name, perSeed }) => `${name} ${spreadOf(perSeed)}`).join('; ')}.`,
  });
}

function shapeVerdict(id: WayId, measured: readonly MeasuredHair[]): Verdict {
  const inside = measured.map((each) => wayOf(each, id)?.edgesInside ?? null);
  const outside = measured.map((each) => wayOf(each, id)?.edgesOutside ?? null);
  return verdictOverSeeds({
    claim: `On the default set, ${wayWords[id].name}, g = −I: edges keep their places: their strengths before and after correlate by at least 0.7 within hair and 0.9 outside, in every seed.`,
    place: 'beyond the paper; measure and bounds as for Figure 1',
    gate: false,
    values: [
      { name: 'within', unit: null, perSeed: inside },
      { name: 'outside', unit: null, perSeed: outside },
    ],
    truths: inside.map((value, seed) => {
      const other = outside[seed] ?? null;
      return value === null || other === null ? null : value >= 0.7 && other >= 0.9;
    }),
    numbers: `within ${spreadOf(inside)}; outside ${spreadOf(outside)}.`,
  });
}

/** All ways by set, seed and group. */
export function waysTable(measured: readonly MeasuredHair[]): ExperimentTable {
  const rows = measured.flatMap((each) =>
    wayIds.flatMap((id) => {
      const way = wayOf(each, id);
      if (way === undefined) return [];
      const { changes } = way;
      const everyone = { who: 'all', ...changes };
      const groups = groupNames.flatMap((group) => {
        const found = groupOf(each, id, group);
        return found === undefined ? [] : [{ who: `${group[0]} hair, ${group[1]} skin`, ...found }];
      });
      return [everyone, ...groups].map(
        ({ who, faces, inside, face, outside, ratioFace, ratioOutside }, at) => [
          ...[each.set, each.seed, wayWords[id].name, wayWords[id].told, who, faces],
          ...[ratioFace, ratioOutside, inside, face, outside],
          ...(at === 0 ? [way.bald, way.edgesInside, way.edgesOutside] : [null, null, null]),
        ],
      );
    }),
  );
  return {
    name: 'ways',
    title: 'Ways to recolour hair, g = −I: mean changes of pixel values in [−1, 1], held-out faces',
    columns: [
      ...['set', 'seed', 'what is recoloured', 'what it was told of hair', 'faces of', 'faces'],
      ...['hair ÷ face', 'hair ÷ rest', 'hair', 'face', 'rest'],
      ...['bald faces', 'edges in hair', 'edges elsewhere'],
    ],
    rows,
  };
}
