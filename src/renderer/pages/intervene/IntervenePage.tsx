import type { JSX } from 'react';
import { useRuns } from '../../api/runs.ts';
import { EmptyBox } from '../../components/marks.tsx';
import { PageHead } from '../../components/Panel.tsx';
import { useModel } from '../../shell/useModel.ts';
import { Workbench } from './Workbench.tsx';

/** Recolour, stretch, scale and hybridise what a model draws, live on 36 seeds or on one's own photos. */
export default function IntervenePage(): JSX.Element | null {
  const model = useModel();
  const isKnown = useRuns().value !== undefined;
  if (model !== null && model.step !== null)
    return <Workbench key={model.ref} model={model} step={model.step} />;
  if (!isKnown) return null;
  return (
    <>
      <PageHead title="Intervene" />
      <EmptyBox icon="wait" title={model === null ? 'No run yet' : 'No checkpoint yet'}>
        {model === null
          ? 'Train a model first, or open the one that comes with the Studio.'
          : 'The first checkpoint of this run can be worked with as soon as it is written.'}
      </EmptyBox>
    </>
  );
}
