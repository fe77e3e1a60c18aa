import { figure } from '../../../contract/figures.ts';
import type { ExperimentTable } from '../../../contract/experiments.ts';
import type { MeasuredFluoHair } from './measureFig1.ts';

export function modulesTable(measured: readonly MeasuredFluoHair[]): ExperimentTable {
  return {
    name: 'modules',
    title: 'The hair module of each seed',
    columns: [
      'seed',
      'channels',
      'modules in all',
      'correlation with the hint',
      'module’s ratio',
      'random sets: median',
      'random sets: 90 %',
    ],
    rows: measured.map(({ seed, hair: { chosen }, marked }) => [
      seed,
      chosen.module.channels.join(', '),
      chosen.count,
      chosen.score,
      marked?.fluoHair.moduleOnSameFaces ?? null,
      marked?.fluoHair.random.median ?? null,
      marked?.fluoHair.random.ninetieth ?? null,
    ]),
  };
}

/** Mean changes by seed, map and group; by the module's own region where no hair is marked. */
export function changesTable(measured: readonly MeasuredFluoHair[]): ExperimentTable {
  const rows = measured.flatMap(({ seed, region, marked }) => {
    const own = region.map(({ map, inside, outside, edgesInside, edgesOutside }) => [
      ...[seed, map, 'module’s own region', null, inside, outside, null],
      ...[outside === 0 ? null : inside / outside, null, edgesInside, edgesOutside],
    ]);
    const masks = (marked?.fluoHair.measurements ?? []).flatMap(({ name, measured: all }) => {
      const edges = marked?.edges.find(({ map }) => map === name);
      return [
        { ...all, who: marked?.source === 'truth' ? 'true hair, all' : 'hair, all' },
        ...all.groups.map((group) => ({ ...group, who: `${group.hair} hair, ${group.skin} skin` })),
      ].map(({ who, faces, inside, outside, face, ratioOutside, ratioFace }, place) => [
        ...[seed, name, who, faces, inside, outside, face, ratioOutside, ratioFace],
        ...(place === 0 ? [edges?.edgesInside ?? null, edges?.edgesOutside ?? null] : [null, null]),
      ]);
    });
    return [...masks, ...own];
  });
  return {
    name: 'changes',
    title: `Mean change of pixel values in [−1, 1] (at most 2); ${figure(measured[0]?.faces ?? 0)} held-out faces, bald ones left out`,
    columns: [
      'seed',
      'colour map',
      'region',
      'faces',
      'inside',
      'elsewhere',
      'face',
      'inside ÷ elsewhere',
      'inside ÷ face',
      'edges inside',
      'edges elsewhere',
    ],
    rows,
  };
}

/** Photographs: by map and by what usually stands against hair. */
export function portraitsTable(measured: readonly MeasuredFluoHair[]): ExperimentTable {
  return {
    name: 'portraits',
    title: 'Mean change of pixel values in [−1, 1] on photographs, by tone of the hair and by background',
    columns: [
      ...['seed', 'colour map', 'photographs', 'number', 'hair', 'elsewhere', 'face', 'border'],
      ...['hair ÷ elsewhere', 'hair ÷ face', 'hair ÷ border'],
    ],
    rows: measured.flatMap(({ seed, marked }) =>
      (marked?.portraits ?? []).flatMap(({ map, changes }) =>
        changes.map(({ group, faces, inside, other, ratio }) => [
          ...[seed, map, group, faces, inside, other.elsewhere, other.face, other.border],
          ...[ratio.elsewhere, ratio.face, ratio.border],
        ]),
      ),
    ),
  };
}
