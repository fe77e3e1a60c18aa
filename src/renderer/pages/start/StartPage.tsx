import type { JSX } from 'react';
import { commandOf } from '../../../commandLine/commandLine.ts';
import { listRunsCommand } from '../../../commandLine/runs.ts';
import { goTo } from '../../address/address.ts';
import { useAbout } from '../../api/api.ts';
import { useRuns } from '../../api/runs.ts';
import { Button } from '../../components/Button.tsx';
import { useFolderChooser } from '../../components/FolderField.tsx';
import { Icon } from '../../components/Icon.tsx';
import { PageHead, Panel } from '../../components/Panel.tsx';
import { useCommand } from '../../shell/shellContext.ts';
import { MakeAndTrain } from './MakeAndTrain.tsx';
import { RecentRuns } from './RecentRuns.tsx';
import { TryBundled } from './TryBundled.tsx';
import styles from './start.module.css';

/** Three ways to begin, and what was begun before. */
export default function StartPage(): JSX.Element {
  const about = useAbout();
  const bundled = useRuns().value?.runs.find((run) => run.bundled);
  useCommand(commandOf(listRunsCommand, {}));
  return (
    <>
      <PageHead title="Start">
        <p>
          {bundled === undefined
            ? 'Make faces or open a folder, train a model, and look inside it.'
            : 'A trained model is on board, so the first result needs no data.'}
        </p>
      </PageHead>
      <div className={styles.page}>
        <div className={styles.column}>
          {about !== undefined && <TryBundled about={about} bundled={bundled} />}
          <div className={styles.two}>
            <MakeAndTrain isFirst={bundled === undefined} />
            <OpenFolder />
          </div>
        </div>
        <RecentRuns />
      </div>
    </>
  );
}

function OpenFolder(): JSX.Element {
  const chooser = useFolderChooser('Choose a folder of images', '', (folder) => {
    goTo('data', { data: folder });
  });
  return (
    <Panel labelledBy="open-folder" flush className={styles.card}>
      <h2 id="open-folder">Open a folder of images</h2>
      <button type="button" className={styles.drop} onClick={chooser.open}>
        <Icon name="folder" />
        <b>A folder of your own</b>
        <span>CelebA’s img_align_celeba, the folder above it, or any images</span>
      </button>
      <div className={styles.foot}>
        <span className="muted small grow">Read in place; never changed or sent</span>
        <Button onClick={chooser.open}>Choose folder…</Button>
      </div>
      {chooser.dialog}
    </Panel>
  );
}
