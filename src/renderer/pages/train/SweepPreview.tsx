import type { JSX } from 'react';
import type { Settings } from '../../../contract/sweeps.ts';
import { settingWords, valueWords } from '../../../contract/sweepWords.ts';
import { useQueue } from '../../api/queue.ts';
import { useAbout } from '../../api/api.ts';
import { useRuns } from '../../api/runs.ts';
import { Note } from '../../components/marks.tsx';
import { goodNumber } from '../../components/numbers.ts';
import { Panel } from '../../components/Panel.tsx';
import { count, counted } from '../../words.ts';
import { runRules } from './runDraft.ts';
import type { RunDraft } from './runDraft.ts';
import { estimateWords } from './sweepDraft.ts';
import type { Plan, PlannedSweep } from './usePlan.ts';
import styles from './sweeps.module.css';

const mostShown = 12;

/** What will be trained, while it is typed. */
export function SweepPreview({ draft, plan }: { draft: RunDraft; plan: Plan }): JSX.Element {
  const { planned, error, isNewest } = plan;
  const steps = goodNumber(draft.steps, runRules.steps);
  return (
    <Panel
      title="What is trained"
      fact={planned === undefined ? undefined : counted(planned.cells.length, 'run')}
    >
      {error !== null && <Note tone="bad">{error}</Note>}
      {planned !== undefined && (
        <div className={isNewest ? undefined : 'stale'}>
          {steps !== undefined && <Estimated draft={draft} planned={planned} steps={steps} />}
          {planned.notes.map((note) => (
            <Note key={note} tone="info">
              {note}
            </Note>
          ))}
          <Cells cells={planned.cells} />
        </div>
      )}
      {planned === undefined && error === null && (
        <p className="muted">
          Choose images and type values: each run is listed here before anything starts.
        </p>
      )}
    </Panel>
  );
}

function Estimated({
  draft,
  planned,
  steps,
}: {
  draft: RunDraft;
  planned: PlannedSweep;
  steps: number;
}): JSX.Element {
  const runs = useRuns().value?.runs ?? [];
  const cores = useAbout()?.cores ?? 1;
  const shared = useQueue().value?.threads ?? cores;
  const { threads, cells } = planned;
  return (
    <p className={styles.estimate}>
      {estimateWords(runs, draft, { cells: cells.length, steps, threads, shared })}
    </p>
  );
}

function Cells({ cells }: { cells: PlannedSweep['cells'] }): JSX.Element {
  const names = Object.keys(cells[0]?.settings ?? {});
  return (
    <div className={styles.preview}>
      <table>
        <thead>
          <tr>
            <th className="num">#</th>
            {names.map((name) => (
              <th key={name}>{settingWords(name)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {cells.slice(0, mostShown).map(({ name, settings }, at) => (
            <tr key={name}>
              <td className="num muted">{at + 1}</td>
              {names.map((each) => (
                <td key={each}>{textOf(settings, each)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {cells.length > mostShown && <p className="muted small">and {count(cells.length - mostShown)} more</p>}
    </div>
  );
}

function textOf(settings: Settings, name: string): string {
  const value = settings[name];
  return value === undefined ? '–' : valueWords(value);
}
