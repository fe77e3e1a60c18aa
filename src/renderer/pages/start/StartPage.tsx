import type { JSX } from 'react';
import { commandOf } from '../../../commandLine/commandLine.ts';
import { listRunsCommand } from '../../../commandLine/runs.ts';
import { takesPictures } from '../../../contract/takesPictures.ts';
import type { RunSummary } from '../../../contract/studio.ts';
import { useAbout } from '../../api/api.ts';
import { useRuns } from '../../api/runs.ts';
import { classes } from '../../components/classes.ts';
import { ImportModel } from '../../components/ImportModel.tsx';
import { PageHead, Panel } from '../../components/Panel.tsx';
import type { LiveWork } from '../../shell/liveWork.ts';
import { useCommand } from '../../shell/shellContext.ts';
import { useAllWork } from '../../shell/useAllWork.ts';
import { refOf } from '../../shell/useModel.ts';
import { LiveLine } from '../../shell/WorkLists.tsx';
import { MakeAndTrain } from './MakeAndTrain.tsx';
import { OpenFolder } from './OpenFolder.tsx';
import { RecentRuns } from './RecentRuns.tsx';
import { TryBundled } from './TryBundled.tsx';
import { useEnter } from './useEnter.ts';
import styles from './start.module.css';

/** Three ways to begin, and what was begun before. */
export default function StartPage(): JSX.Element {
  const about = useAbout();
  const runs = useRuns().value?.runs;
  const bundled = runs?.find((run) => run.bundled);
  // Until the runs are known, the place beside is kept for them.
  const hasRuns = runs === undefined || runs.some((run) => !run.bundled);
  const { live } = useAllWork();
  // Training stands among the runs.
  const others = live.filter(({ source }) => source.kind !== 'run');
  useEnter();
  useCommand(commandOf(listRunsCommand, {}));
  return (
    <>
      <PageHead title="Start" actions={<ImportModel />}>
        <p>
          {bundled === undefined
            ? 'Make faces or open a folder, train a model, and look inside it.'
            : 'A trained model is included, so the first result needs no data.'}
        </p>
      </PageHead>
      <div className={classes(styles.page, !hasRuns && styles.alone)}>
        <div className={styles.column}>
          {others.length > 0 && <RunningNow live={others} />}
          {about !== undefined && <TryBundled about={about} bundled={bundled} />}
          <div className={styles.two}>
            <MakeAndTrain isFirst={bundled === undefined} />
            <OpenFolder model={modelForPhotos(runs ?? [])} />
          </div>
        </div>
        {hasRuns && <RecentRuns />}
      </div>
    </>
  );
}

/** What is under way, with its progress and a way to stop it. */
function RunningNow({ live }: { live: readonly LiveWork[] }): JSX.Element {
  return (
    <Panel title="Running now" flush>
      <ul className={styles.running} aria-label="Running now">
        {live.map((work) => (
          <li key={work.key}>
            <LiveLine live={work} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** The newest run that takes in photos, else the model that comes along. */
function modelForPhotos(runs: readonly RunSummary[]): string | undefined {
  const found = runs.find(({ run, safeStep }) => takesPictures(run.model) && safeStep !== null);
  return found === undefined ? undefined : refOf(found);
}
