import { useEffect, useState } from 'react';
import type { JSX } from 'react';
import type { Tone } from '../../../charts/seriesStyles.ts';
import { titleOf } from '../../../contract/runLabels.ts';
import type { RunSummary } from '../../../contract/studio.ts';
import { api, useLatest } from '../../api/api.ts';
import { sentenceOf } from '../../api/errors.ts';
import { useFollowedRun } from '../../api/runs.ts';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { EmptyBox, Note } from '../../components/marks.tsx';
import { PictureGrid } from '../../components/PictureGrid.tsx';
import { noPictures, picturesOfSheet } from '../../components/pictures.ts';
import { useRoom } from '../../components/useRoom.ts';
import { Slider } from '../../components/Slider.tsx';
import { chooseStep, refOf } from '../../shell/useModel.ts';
import type { Model } from '../../shell/useModel.ts';
import { count } from '../../words.ts';
import { overlayColours } from './chartSeries.ts';
import { LineKey } from './LineKey.tsx';
import { nearestStep } from './nearestStep.ts';
import styles from './train.module.css';

const playMilliseconds = 400;
/** Pixels of a picture with the gap after it. */
const [side, gap] = [64, 8];
const mostRows = 5;
/** Before the panel is measured. */
const usualWidth = 352;

/**
 * The same latents at every checkpoint, with a scrubber; looking never touches the training. Of several runs the same step stands side by
 * side: of each the saved checkpoint that is nearest.
 */
export function Samples({
  model,
  others,
  steps,
}: {
  model: Model;
  others: readonly RunSummary[];
  steps: readonly number[];
}): JSX.Element {
  const { ref, room } = useRoom();
  const fitting = Math.floor(((room?.width ?? usualWidth) + gap) / (side + gap));
  const columns = Math.max(1, Math.floor(fitting / (others.length + 1)));
  const step = model.step !== null && steps.includes(model.step) ? model.step : (steps.at(-1) ?? null);
  if (step === null) {
    return (
      <EmptyBox icon="wait" title="No checkpoint yet">
        The first samples come with the first checkpoint, before the first step.
      </EmptyBox>
    );
  }
  return (
    <>
      <div ref={ref} className={styles.sideBySide}>
        <RunSamples
          run={model.summary}
          wanted={step}
          steps={steps}
          colour="s1"
          columns={columns}
          isAlone={others.length === 0}
        />
        {others.map((run, index) => (
          <OtherSamples
            key={run.folder}
            run={run}
            wanted={step}
            colour={overlayColours[index]!}
            columns={columns}
          />
        ))}
      </div>
      <Scrubber model={model} steps={steps} step={step} />
    </>
  );
}

interface RunSamplesProps {
  run: RunSummary;
  /** The step that all are shown at. */
  wanted: number;
  steps: readonly number[];
  colour: Tone;
  columns: number;
  isAlone?: boolean;
}

function OtherSamples(props: Omit<RunSamplesProps, 'steps'>): JSX.Element {
  const { value } = useFollowedRun(refOf(props.run));
  return <RunSamples {...props} steps={value?.samples ?? []} />;
}

function RunSamples({ run, wanted, steps, colour, columns, isAlone = false }: RunSamplesProps): JSX.Element {
  const step = nearestStep(steps, wanted);
  const sheet = useLatest(step === null ? null : ['samples', run.folder, step], async (signal) =>
    picturesOfSheet(await api.studio.runs.samples({ run: refOf(run), step: step ?? 0 }, { signal })),
  );
  const all = sheet.data ?? noPictures;
  const pictures = { ...all, count: Math.min(columns * mostRows, all.count) };
  const isOwn = colour === 's1';
  return (
    <section
      className={styles.samplesOf}
      style={{ width: columns * (side + gap) - gap }}
      aria-label={`Samples of ${titleOf(run)}`}
    >
      {isAlone ? (
        <span className="muted small">
          {all.count === 0 ? 'Reading…' : `${pictures.count} of ${all.count} fixed seeds`}
        </span>
      ) : (
        <>
          <LineKey name={titleOf(run)} colour={colour} overlaid={!isOwn} />
          <span className={step === wanted ? 'muted small clip' : 'warn-text small clip'}>
            {step === null
              ? 'No checkpoint'
              : step === wanted
                ? `step ${count(step)}`
                : `nearest: ${count(step)}`}
          </span>
        </>
      )}
      <PictureGrid
        pictures={pictures}
        label={`Samples of ${titleOf(run)} at step ${count(step ?? 0)}`}
        nameOf={(index) => `seed ${index + 1}`}
        {...(isOwn && { faceOf: (index: number) => ({ kind: 'seed' as const, seed: index + 1 }) })}
        columns={columns}
        gap={gap}
        stale={sheet.isPlaceholderData}
      />
      {sheet.error !== null && <Note tone="bad">{sentenceOf(sheet.error)}</Note>}
    </section>
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
