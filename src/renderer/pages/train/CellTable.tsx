import { useState } from 'react';
import type { JSX, ReactNode } from 'react';
import type { CellReport, CellStanding, SweepReport } from '../../../contract/sweeps.ts';
import { measuresIn, measureWords, settingWords, valueWords } from '../../../contract/sweepWords.ts';
import { setParams } from '../../address/address.ts';
import { useRuns } from '../../api/runs.ts';
import { Button } from '../../components/Button.tsx';
import type { IconName } from '../../components/Icon.tsx';
import { StateMark } from '../../components/marks.tsx';
import { Panel } from '../../components/Panel.tsx';
import { Term } from '../../components/Term.tsx';
import { refOf } from '../../shell/useModel.ts';
import { count, duration, figure } from '../../words.ts';
import { MeasureMenu } from './MeasureMenu.tsx';
import { shownMeasures } from './sweepTables.ts';
import { useTrainAddress } from './useTrainAddress.ts';
import styles from './sweeps.module.css';

const moreShown = 100;

type Look = { icon: IconName; tone: 'ok' | 'warn' | 'bad' | 'live' | 'plain'; word: string };

const looks: Record<CellStanding, Look> = {
  waiting: { icon: 'wait', tone: 'plain', word: 'Not started' },
  queued: { icon: 'wait', tone: 'plain', word: 'Waits' },
  blocked: { icon: 'warn', tone: 'warn', word: 'Cannot begin' },
  running: { icon: 'live', tone: 'live', word: 'Training' },
  stopped: { icon: 'pause', tone: 'plain', word: 'Stopped' },
  failed: { icon: 'bad', tone: 'bad', word: 'Failed' },
  unknown: { icon: 'help', tone: 'warn', word: 'Unknown' },
  finished: { icon: 'check', tone: 'ok', word: 'Finished' },
};

/** Every run of a sweep. */
export function CellTable({
  report,
  tools,
}: {
  report: SweepReport;
  /** Beside the choice of columns. */
  tools: ReactNode;
}): JSX.Element {
  const { measures: chosen } = useTrainAddress();
  const [most, setMost] = useState(moreShown);
  const { cells, axes } = report;
  const measures = shownMeasures(report, chosen);
  const hidden = cells.length - most;
  return (
    <Panel
      title={<Term name="cell">Cells</Term>}
      fact={`${count(cells.length)}, with what each measured last`}
      tools={
        <>
          {tools}
          <MeasureMenu all={measuresIn(report.cells)} shown={measures} />
        </>
      }
      flush
    >
      <div className={styles.scroll}>
        <table>
          <thead>
            <tr>
              {axes.length === 0 && <th>Cell</th>}
              {axes.map(({ name }) => (
                <th key={name}>{settingWords(name)}</th>
              ))}
              <th>State</th>
              <th className="num">Step</th>
              {measures.map((name) => (
                <th key={name} className="num">
                  {measureWords(name)}
                </th>
              ))}
              <th>
                <span className="visually-hidden">Open</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {cells.slice(0, most).map((cell) => (
              <Cell key={cell.name} cell={cell} axes={axes.map(({ name }) => name)} measures={measures} />
            ))}
          </tbody>
        </table>
      </div>
      {hidden > 0 && (
        <Button
          look="quiet"
          size="small"
          onClick={() => {
            setMost(most + moreShown);
          }}
        >
          Show {Math.min(hidden, moreShown)} more of {count(cells.length)}
        </Button>
      )}
    </Panel>
  );
}

function Cell({
  cell,
  axes,
  measures,
}: {
  cell: CellReport;
  axes: readonly string[];
  measures: readonly string[];
}): JSX.Element {
  const { name, state, reason, step, steps, etaSeconds } = cell;
  const look = looks[state];
  return (
    <tr>
      {axes.length === 0 && <td>{name}</td>}
      {axes.map((axis) => {
        const value = cell.settings[axis];
        return <td key={axis}>{value === undefined ? '–' : valueWords(value)}</td>;
      })}
      <td className={styles.state}>
        <span className="row">
          <StateMark icon={look.icon} tone={look.tone}>
            {look.word}
          </StateMark>
          {etaSeconds !== null && <span className="muted">{duration(etaSeconds)} left</span>}
        </span>
        {reason !== null && <p className={state === 'failed' ? 'bad-text' : 'muted'}>{reason}</p>}
      </td>
      <td className="num">{step === steps ? count(step) : `${count(step)} of ${count(steps)}`}</td>
      {measures.map((measure) => {
        const value = cell.measures[measure];
        return (
          <td key={measure} className="num">
            {value === undefined ? '–' : figure(value)}
          </td>
        );
      })}
      <td className="num">
        <OpenCell cell={cell} />
      </td>
    </tr>
  );
}

/** A cell has a run once it has begun. */
function OpenCell({ cell: { folder, name } }: { cell: CellReport }): JSX.Element | null {
  const run = useRuns().value?.runs.find((each) => each.folder === folder);
  if (run === undefined) return null;
  return (
    <Button
      size="small"
      look="quiet"
      aria-label={`Open ${name}`}
      onClick={() => {
        setParams({
          run: refOf(run),
          step: undefined,
          view: undefined,
          sweep: undefined,
          measures: undefined,
        });
      }}
    >
      Open
    </Button>
  );
}
