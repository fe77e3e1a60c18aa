import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { api } from '../../api/api.ts';
import { sentenceOf } from '../../api/errors.ts';
import { useRuns } from '../../api/runs.ts';
import { EmptyBox, Note } from '../../components/marks.tsx';
import { PageHead } from '../../components/Panel.tsx';
import { useModel } from '../../shell/useModel.ts';
import type { Model, Ref } from '../../shell/useModel.ts';
import { sourceOf } from './faceNames.ts';
import { Lesson } from './Lesson.tsx';
import { withLatentsOf } from './lessons.ts';
import { useTeachAddress } from './useTeachAddress.ts';
import { photosRefusal, useTeachingFaces } from './useTeachingFaces.ts';

/** A part of the face, shown to a model with strokes on a few faces; what comes out is a gate for FluoHair. */
export default function TeachPage(): JSX.Element | null {
  const model = useModel();
  const isKnown = useRuns().value !== undefined;
  const { part } = useTeachAddress();
  if (model !== null && model.step !== null) {
    const ref = { run: model.ref, step: model.step };
    return <Opening key={`${ref.run} ${ref.step} ${part}`} model={model} modelRef={ref} part={part} />;
  }
  if (!isKnown) return null;
  return (
    <>
      <PageHead title="Teach a part" />
      <EmptyBox icon="wait" title={model === null ? 'No run yet' : 'No checkpoint yet'}>
        {model === null
          ? 'Train a model first, or open the one that comes with the Studio.'
          : 'A part can be taught as soon as the first checkpoint of this run is written.'}
      </EmptyBox>
    </>
  );
}

/** Waits for the faces and for the strokes that were saved. */
function Opening({ model, modelRef, part }: { model: Model; modelRef: Ref; part: string }): JSX.Element {
  const address = useTeachAddress();
  const refusal = photosRefusal(model.summary);
  const source = sourceOf(address.source, refusal);
  const set = useTeachingFaces(modelRef, source, address.first);
  const saved = useQuery({
    queryKey: ['strokes of', modelRef, part],
    queryFn: ({ signal }) => api.gates.strokes.load({ run: modelRef.run, name: part }, { signal }),
    // What is read is only where one begins: the page itself knows what came after.
    gcTime: 0,
    refetchOnReconnect: false,
  });
  const error = set.error ?? (saved.error === null ? null : sentenceOf(saved.error));
  if (set.data === undefined || saved.data === undefined) {
    return (
      <>
        <PageHead title="Teach a part" />
        {error === null ? (
          <p className="small muted" data-waiting>
            Drawing the faces…
          </p>
        ) : (
          <Note tone="bad">{error}</Note>
        )}
      </>
    );
  }
  return (
    <Lesson
      modelRef={modelRef}
      commandRef={modelRef.step === model.checkpoints.at(-1) ? { run: modelRef.run } : modelRef}
      set={set.data}
      setError={set.error}
      refusal={refusal}
      initial={withLatentsOf(set.data.faces, saved.data?.faces ?? [])}
    />
  );
}
