import type { JSX } from 'react';
import { useRuns } from '../../api/runs.ts';
import { EmptyBox } from '../../components/marks.tsx';
import { PageHead } from '../../components/Panel.tsx';
import { useModel } from '../../shell/useModel.ts';
import { Explorer } from './Explorer.tsx';

/** What a model draws: many seeds, one latent at a time, and the way between two pictures. */
export default function ExplorePage(): JSX.Element | null {
  const model = useModel();
  const isKnown = useRuns().value !== undefined;
  if (model !== null && model.step !== null)
    return <Explorer key={model.ref} model={model} step={model.step} />;
  if (!isKnown) return null;
  return (
    <>
      <PageHead title="Explore" />
      <EmptyBox icon="wait" title={model === null ? 'No run yet' : 'No checkpoint yet'}>
        {model === null
          ? 'Train a model first, or open the one that comes with the Studio.'
          : 'The first checkpoint of this run can be explored as soon as it is written.'}
      </EmptyBox>
    </>
  );
}
