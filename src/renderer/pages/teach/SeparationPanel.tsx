import type { JSX } from 'react';
import { classes } from '../../components/classes.ts';
import { Meter, Note, StateMark } from '../../components/marks.tsx';
import { Term } from '../../components/Term.tsx';
import { Panel } from '../../components/Panel.tsx';
import { counted, figure } from '../../words.ts';
import { leastRatio, ratioOf, ratioWords } from './partWords.ts';
import { RatioChart } from './RatioChart.tsx';
import { shareOf } from './ratioScale.ts';
import { useCourse } from './useCourse.ts';
import type { SeparationAnswer } from './useSeparation.ts';
import styles from './SeparationPanel.module.css';

export interface SeparationPanelProps {
  part: string;
  answer: SeparationAnswer;
  strokes: number;
  faces: number;
}

/** How well the gate tells the part from the rest, measured where it was not taught. */
export function SeparationPanel(props: SeparationPanelProps): JSX.Element {
  const { part, answer, strokes, faces } = props;
  const course = useCourse(answer, faces);
  return (
    <Panel
      title="How well it separates"
      fact={
        <>
          each face left out once: the <Term name="gate" /> of the others, under its strokes
        </>
      }
      tools={
        <span className={styles.counts}>
          <b>{strokes}</b> {strokes === 1 ? 'stroke' : 'strokes'}, <b>{faces}</b>{' '}
          {faces === 1 ? 'face' : 'faces'}
        </span>
      }
      bodyClassName={styles.body}
      className={styles.separation}
    >
      <div aria-live="polite">
        <Finding {...props} />
      </div>
      <RatioChart course={course} part={part} />
    </Panel>
  );
}

function Finding({ part, answer, faces }: SeparationPanelProps): JSX.Element {
  const { value, isStale, error } = answer;
  if (error !== null) return <Note tone="bad">{error}</Note>;
  if (faces < 2) {
    return (
      <Note tone="info">
        Needs two faces: the gate is tried on a face that did not teach it. {counted(2 - faces, 'face')} to
        go.
      </Note>
    );
  }
  if (value === undefined) return <p className="small muted">Measuring…</p>;
  const ratio = ratioOf(value);
  if (ratio === null) {
    return (
      <Note tone="info">
        Needs a stroke on the {part} and one beside it, on faces enough to leave one out.
      </Note>
    );
  }
  const isGood = ratio >= leastRatio;
  return (
    <div className={classes(isStale && 'stale')}>
      <div className={styles.ratio} data-ratio={ratio}>
        <svg width="10" height="10" viewBox="-5 -5 10 10" aria-hidden="true">
          <circle className={styles.mark} r="3.5" />
        </svg>
        <span className="clip">
          {part} <span className="muted">÷</span> rest
        </span>
        <Meter
          isData
          label={`${part} ÷ rest, of 1 to 30 on a log scale`}
          share={shareOf(ratio)}
          ticks={[shareOf(leastRatio)]}
          tickPlace="across"
        />
        <b className="num">{ratioWords(ratio)}</b>
        <StateMark icon={isGood ? 'check' : 'warn'} tone={isGood ? 'ok' : 'warn'}>
          {isGood ? 'good' : 'leaks'}
        </StateMark>
      </div>
      <Note tone={isGood ? 'ok' : 'warn'}>
        {sentenceOf(part, ratio, value.onPart ?? 0, value.onRest ?? 0)}
      </Note>
    </div>
  );
}

function sentenceOf(part: string, ratio: number, onPart: number, onRest: number): string {
  const open = `On a face left out the gate is ${figure(100 * onPart, 2)} % open under strokes on the ${part} and ${figure(100 * onRest, 2)} % under the others`;
  return ratio >= leastRatio
    ? `${open}. What no stroke touched is not measured: look at all faces.`
    : `${open}: it also paints the rest. Stroke one more face; “Next face” offers the least certain.`;
}
