import { useState } from 'react';
import type { JSX } from 'react';
import { commandOf } from '../../../commandLine/commandLine.ts';
import { sweepStatusCommand } from '../../../commandLine/sweeps.ts';
import type { SweepReport } from '../../../contract/sweeps.ts';
import { goTo, setParams } from '../../address/address.ts';
import { api } from '../../api/api.ts';
import { useRuns } from '../../api/runs.ts';
import { useSweep } from '../../api/sweeps.ts';
import { pageWorks } from '../../api/useLong.ts';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Note } from '../../components/marks.tsx';
import { PageHead } from '../../components/Panel.tsx';
import { saveFile } from '../../components/saveFile.ts';
import { ShowFolder } from '../../components/ShowFolder.tsx';
import { useAction } from '../../components/useAction.ts';
import { useHasPage, useCommand } from '../../shell/shellContext.ts';
import { refOf } from '../../shell/useModel.ts';
import { nameOf } from '../../words.ts';
import { CellTable } from './CellTable.tsx';
import { SpreadTables } from './SpreadTables.tsx';
import { canGoOn, csvOf, isMoving, sweepWords } from './sweepTables.ts';
import styles from './sweeps.module.css';

/** A sweep: where its cells stand, what they measured, and what the seeds of a setting have in common. */
export function SweepView({ sweep }: { sweep: string }): JSX.Element {
  const { value: report, error } = useSweep(sweep);
  useCommand(commandOf(sweepStatusCommand, { sweep }));
  return (
    <>
      <PageHead
        title="Sweep"
        actions={
          <>
            <Button
              look="quiet"
              onClick={() => {
                setParams({ view: undefined, sweep: undefined, measures: undefined });
              }}
            >
              Back to the runs
            </Button>
            {report !== undefined && <SweepActions sweep={sweep} report={report} />}
          </>
        }
      >
        <p>
          <b>{nameOf(sweep)}</b>: {report === undefined ? 'its runs are read…' : sweepWords(report)}
        </p>
      </PageHead>
      {error !== null && <Note tone="bad">{error}</Note>}
      {report !== undefined && <ShownSweep sweep={sweep} report={report} />}
    </>
  );
}

interface SweepProps {
  /** As the engine is asked with it. */
  sweep: string;
  report: SweepReport;
}

export function ShownSweep({ sweep, report }: SweepProps): JSX.Element {
  return (
    <div className={styles.whole}>
      {report.notes.map((note) => (
        <Note key={note} tone="warn">
          {note}
        </Note>
      ))}
      <SpreadTables report={report} />
      <CellTable report={report} tools={<SweepFiles sweep={sweep} report={report} />} />
    </div>
  );
}

function SweepActions({ sweep, report }: SweepProps): JSX.Element {
  const stop = useAction(() => api.sweeps.stop({ sweep }));
  const resume = useAction(() =>
    pageWorks.run({ name: `resume ${sweep}`, title: `Resuming ${sweep}`, address: location.hash }, (signal) =>
      api.sweeps.resume({ sweep }, { signal }),
    ),
  );
  const error = stop.error ?? resume.error;
  return (
    <>
      {error !== null && <span className="bad-text">{error}</span>}
      {canGoOn(report) && (
        <Button disabled={resume.isBusy} onClick={resume.run}>
          <Icon name="play" />
          Resume
        </Button>
      )}
      {isMoving(report) && (
        <Button disabled={stop.isBusy} onClick={stop.run}>
          <Icon name="stop" />
          Save and stop
        </Button>
      )}
      <ShowInAnalyse report={report} />
    </>
  );
}

/** The tables as files: downloaded, or written into the sweep's folder. */
function SweepFiles({ sweep, report }: SweepProps): JSX.Element {
  const [written, setWritten] = useState<string | null>(null);
  const write = useAction(() =>
    api.sweeps.report({ sweep }).then(({ files }) => {
      setWritten(files[0]?.replace(/[\\/][^\\/]*$/, '') ?? null);
    }),
  );
  return (
    <>
      {write.error !== null && <span className="bad-text">{write.error}</span>}
      {written !== null && <ShowFolder folder={written} />}
      <Button look="quiet" size="small" disabled={write.isBusy} onClick={write.run}>
        Write the report
      </Button>
      <Button
        look="quiet"
        size="small"
        onClick={() => {
          saveFile(`${nameOf(sweep)}.csv`, new Blob([csvOf(report)], { type: 'text/csv' }));
        }}
      >
        <Icon name="download" />
        CSV
      </Button>
    </>
  );
}

/** Analyse compares a dozen; it says itself what it leaves out. */
const mostCompared = 12;

function ShowInAnalyse({ report }: { report: SweepReport }): JSX.Element | null {
  const runs = useRuns().value?.runs ?? [];
  const canShow = useHasPage('analyse');
  const refs = report.cells
    .filter(({ state }) => state === 'finished')
    .flatMap(({ folder }) => runs.find((run) => run.folder === folder) ?? [])
    .map(refOf);
  const [first, ...others] = refs;
  if (!canShow || first === undefined) return null;
  return (
    <Button
      look="primary"
      onClick={() => {
        goTo('analyse', {
          ...{ run: first, step: undefined, tab: 'verdicts' },
          with: others.slice(0, mostCompared - 1).join('|'),
        });
      }}
    >
      Show in Analyse
    </Button>
  );
}
