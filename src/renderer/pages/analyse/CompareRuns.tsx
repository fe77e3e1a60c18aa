import type { JSX } from 'react';
import { titleOf } from '../../../contract/runLabels.ts';
import { setParams } from '../../address/address.ts';
import { useRuns } from '../../api/runs.ts';
import { Check } from '../../components/controls.tsx';
import type { Model } from '../../shell/useModel.ts';
import { refOf } from '../../shell/useModel.ts';
import { nameOfGroup } from './seedGroups.ts';
import type { SeedGroup } from './seedGroups.ts';
import { mostRuns } from './useCourses.ts';
import type { Compared } from './useCourses.ts';
import styles from './analyse.module.css';

const shownGroups = 6;

/** The groups of seeds that can be taken in, each with all its runs. */
export function CompareRuns({ model, compared }: { model: Model; compared: Compared }): JSX.Element | null {
  const { runs, all } = compared;
  const known = useRuns().value?.runs ?? [];
  const titleOfRef = (ref: string): string => {
    const run = known.find((each) => refOf(each) === ref);
    return run === undefined ? ref : titleOf(run);
  };
  const others = all
    .map((group) => ({ group, refs: group.runs.map(({ ref }) => ref).filter((ref) => ref !== model.ref) }))
    .filter(({ refs }) => refs.length > 0)
    .slice(0, shownGroups);
  if (others.length === 0) return null;
  const toggle = (refs: readonly string[], isOn: boolean): void => {
    const rest = runs.filter((ref) => ref !== model.ref && !refs.includes(ref));
    const next = isOn ? [...rest, ...refs].slice(0, mostRuns - 1) : rest;
    setParams({ with: next.length === 0 ? undefined : next.join('|') });
  };
  return (
    <div className={styles.compare}>
      <h3>Compare</h3>
      {others.map(({ group, refs }) => (
        <Check
          key={group.key}
          label={<span title={refs.join(', ')}>{labelOf(group, refs, model, titleOfRef)}</span>}
          checked={refs.every((ref) => runs.includes(ref))}
          onChange={(isOn) => {
            toggle(refs, isOn);
          }}
        />
      ))}
    </div>
  );
}

function labelOf(
  group: SeedGroup,
  refs: readonly string[],
  model: Model,
  titleOfRef: (ref: string) => string,
): string {
  const isOwn = group.runs.some(({ ref }) => ref === model.ref);
  if (isOwn)
    return refs.length === 1 ? `its other seed (${titleOfRef(refs[0]!)})` : `its ${refs.length} other seeds`;
  return refs.length === 1
    ? `${titleOfRef(refs[0]!)} (${nameOfGroup(group, model.summary.run)})`
    : nameOfGroup(group, model.summary.run);
}
