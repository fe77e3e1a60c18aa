import type { JSX } from 'react';
import { commandOf } from '../../../commandLine/commandLine.ts';
import { checkCommand } from '../../../commandLine/data.ts';
import { goTo, setParams, useAddress } from '../../address/address.ts';
import { useRuns } from '../../api/runs.ts';
import { Button } from '../../components/Button.tsx';
import { useFolderChooser } from '../../components/useFolderChooser.tsx';
import { Icon } from '../../components/Icon.tsx';
import { JobLine } from '../../components/JobLine.tsx';
import { EmptyBox, Note } from '../../components/marks.tsx';
import { PageHead, Panel } from '../../components/Panel.tsx';
import { useCommand } from '../../shell/shellContext.ts';
import { Attributes } from './Attributes.tsx';
import { Browse } from './Browse.tsx';
import { Doctor } from './Doctor.tsx';
import { MakeFaces } from './MakeFaces.tsx';
import { SetFacts } from './SetFacts.tsx';
import { trainLabel } from './plan.ts';
import { useImageSet } from './useImageSet.ts';
import type { CheckedSet } from './useImageSet.ts';
import styles from './data.module.css';

/** Which images: are they whole, what do they hold, how will a model see them. */
export default function DataPage(): JSX.Element {
  const { params } = useAddress();
  const newest = useRuns().value?.runs.find((run) => !run.bundled)?.run.data.folder;
  const folder = params['data'] ?? newest;
  const set = useImageSet(folder);
  const chooser = useFolderChooser('Choose a folder of images', folder ?? '', chooseSet);
  useCommand(folder === undefined ? null : commandOf(checkCommand, { folder }));
  return (
    <>
      <PageHead title="Data" actions={<Actions folder={folder} set={set} />}>
        <button type="button" className={styles.place} title={folder} onClick={chooser.open}>
          <Icon name="folder" />
          <code>{folder ?? 'No folder yet'}</code>
        </button>
        <Button look="quiet" onClick={chooser.open}>
          Choose…
        </Button>
      </PageHead>
      {chooser.dialog}
      <div className={styles.page}>
        <div className={styles.column}>
          {folder === undefined ? (
            <NoFolder choose={chooser.open} />
          ) : (
            <Browse key={folder} folder={folder} />
          )}
        </div>
        <div className={styles.column}>
          {folder !== undefined && <DoctorPanel set={set} />}
          {folder !== undefined && set.report !== undefined && (
            <>
              <SetFacts folder={folder} report={set.report} seconds={set.seconds} />
              <Attributes report={set.report} />
            </>
          )}
          <MakeFaces />
        </div>
      </div>
    </>
  );
}

export function chooseSet(folder: string): void {
  setParams({ data: folder, attribute: undefined, has: undefined, from: undefined, file: undefined });
}

function Actions({ folder, set }: { folder: string | undefined; set: CheckedSet }): JSX.Element | null {
  if (folder === undefined) return null;
  const { report, job } = set;
  const isStopped = report?.findings.some((finding) => finding.severity === 'stops') ?? false;
  return (
    <>
      <Button disabled={job?.state === 'running'} onClick={set.checkAgain}>
        Check again
      </Button>
      <Button
        look="primary"
        disabled={report === undefined || isStopped || report.partitions.train === 0}
        onClick={() => {
          goTo('train', { view: 'new', data: folder });
        }}
      >
        {trainLabel(report)}
      </Button>
    </>
  );
}

function NoFolder({ choose }: { choose: () => void }): JSX.Element {
  return (
    <Panel label="Browse">
      <EmptyBox icon="folder" title="No folder yet">
        CelebA’s img_align_celeba, the folder above it, or any images. They are read in place, never changed
        or sent.
        <span className={styles.under}>
          <Button onClick={choose}>Choose folder…</Button>
        </span>
      </EmptyBox>
    </Panel>
  );
}

function DoctorPanel({ set }: { set: CheckedSet }): JSX.Element {
  if (set.report !== undefined && set.job?.state === 'done') return <Doctor report={set.report} />;
  return (
    <Panel label="Data doctor">
      {set.error !== null && <Note tone="bad">{set.error}</Note>}
      {set.error === null &&
        (set.job === undefined ? <p className="muted">Reading the folder.</p> : <JobLine job={set.job} />)}
    </Panel>
  );
}
