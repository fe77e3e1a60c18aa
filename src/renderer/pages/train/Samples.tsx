import { useEffect, useState } from 'react';
import type { JSX } from 'react';
import { api, useLatest } from '../../api/api.ts';
import { sentenceOf } from '../../api/errors.ts';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { EmptyBox, Note } from '../../components/marks.tsx';
import { Panel } from '../../components/Panel.tsx';
import { PictureGrid } from '../../components/PictureGrid.tsx';
import { noPictures, picturesOfSheet } from '../../components/pictures.ts';
import { Slider } from '../../components/Slider.tsx';
import { chooseStep } from '../../shell/useModel.ts';
import type { Model } from '../../shell/useModel.ts';
import { count } from '../../words.ts';
import styles from './train.module.css';

const shown = 20;
const columns = 5;
const playMilliseconds = 400;

/** The same latents at every checkpoint, with a scrubber; looking never touches the training. */
export function Samples({ model, steps }: { model: Model; steps: readonly number[] }): JSX.Element {
  const step = model.step !== null && steps.includes(model.step) ? model.step : (steps.at(-1) ?? null);
  const sheet = useLatest(step === null ? null : ['samples', model.summary.folder, step], async (signal) =>
    picturesOfSheet(await api.studio.runs.samples({ run: model.ref, step: step ?? 0 }, { signal })),
  );
  const all = sheet.data ?? noPictures;
  const pictures = { ...all, count: Math.min(shown, all.count) };
  const fact = all.count === 0 ? undefined : `${pictures.count} of ${all.count} fixed seeds`;
  return (
    <Panel title="Samples" fact={fact} className={styles.samples}>
      {step === null ? (
        <EmptyBox icon="wait" title="No checkpoint yet">
          The first samples come with the first checkpoint, before the first step.
        </EmptyBox>
      ) : (
        <>
          <PictureGrid
            pictures={pictures}
            label={`Samples at step ${count(step)}`}
            nameOf={(index) => `seed ${index + 1}`}
            faceOf={(index) => ({ kind: 'seed', seed: index + 1 })}
            columns={columns}
            gap={8}
            stale={sheet.isPlaceholderData}
          />
          {sheet.error !== null && <Note tone="bad">{sentenceOf(sheet.error)}</Note>}
          <Scrubber model={model} steps={steps} step={step} />
        </>
      )}
    </Panel>
  );
}

function Scrubber({
  model,
  steps,
  step,
}: {
  model: Model;
  steps: readonly number[];
  step: number;
}): JSX.Element {
  const [isPlaying, setPlaying] = useState(false);
  const at = steps.indexOf(step);
  useEffect(() => {
    if (!isPlaying) return;
    const timer = setTimeout(() => {
      const next = steps[at + 1];
      if (next === undefined) setPlaying(false);
      else chooseStep(model, next);
    }, playMilliseconds);
    return () => {
      clearTimeout(timer);
    };
  }, [isPlaying, at, steps, model]);
  const play = (): void => {
    if (!isPlaying && at === steps.length - 1 && steps[0] !== undefined) chooseStep(model, steps[0]);
    setPlaying(!isPlaying);
  };
  return (
    <div
      className={styles.scrub}
      onKeyDown={(event) => {
        if (event.key !== ' ' || !(event.target instanceof HTMLInputElement)) return;
        event.preventDefault();
        play();
      }}
    >
      <Button
        look="quiet"
        size="small"
        square
        aria-label={isPlaying ? 'Hold' : 'Play through the checkpoints'}
        onClick={play}
      >
        <Icon name={isPlaying ? 'pause' : 'play'} />
      </Button>
      <Slider
        bare
        label="Checkpoint"
        value={at}
        min={0}
        max={Math.max(0, steps.length - 1)}
        step={1}
        format={(index) => `step ${count(steps[index] ?? 0)}, ${index + 1} of ${steps.length}`}
        onChange={(index) => {
          const next = steps[index];
          if (next !== undefined) chooseStep(model, next);
        }}
      />
      <span className="small">
        <b>{count(step)}</b>{' '}
        <span className="muted">
          {at + 1} of {steps.length}
        </span>
      </span>
    </div>
  );
}
