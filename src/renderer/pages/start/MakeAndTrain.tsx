import type { JSX } from 'react';
import { goTo } from '../../address/address.ts';
import { api, useLatest } from '../../api/api.ts';
import { Button } from '../../components/Button.tsx';
import { NumberField } from '../../components/controls.tsx';
import { JobLine } from '../../components/JobLine.tsx';
import { Note } from '../../components/marks.tsx';
import { Panel } from '../../components/Panel.tsx';
import { PictureGrid } from '../../components/PictureGrid.tsx';
import { noPictures, picturesOf } from '../../components/pictures.ts';
import { useMakeFaces } from '../../components/useMakeFaces.ts';
import { bytes } from '../../words.ts';
import styles from './start.module.css';

const shown = 12;

/** Drawn faces: the shortest way to data of one's own. Goes on on the Data page, where the set can be seen. */
export function MakeAndTrain({ isFirst }: { isFirst: boolean }): JSX.Element {
  const making = useMakeFaces((folder) => {
    goTo('data', { making: folder, view: 'make' });
  });
  const { draft, change, isValid, make, job } = making;
  const seed = draft.seed === '' ? 0 : draft.seed;
  const drawn = useLatest(['drawn', seed, draft.hard, shown], async (signal) =>
    picturesOf(await api.studio.data.draw({ seed, hard: draft.hard, count: shown }, { signal })),
  );
  const isRunning = job?.state === 'running';
  return (
    <Panel labelledBy="make" flush className={styles.card}>
      <h2 id="make">Make faces and train</h2>
      <p>
        Drawn faces with a known hair mask, eye positions and attributes, so that every claim can be checked.
      </p>
      <PictureGrid
        pictures={drawn.data ?? noPictures}
        label="Drawn faces"
        nameOf={(index) => `drawn face ${index + 1}`}
        columns={6}
        cell={48}
        gap={6}
      />
      {make.error !== null && <Note tone="bad">{make.error}</Note>}
      {job !== undefined && <JobLine job={job} />}
      <div className={styles.foot}>
        <label className="small" htmlFor="faces">
          Faces
        </label>
        <NumberField
          id="faces"
          whole
          width={84}
          value={draft.count}
          min={1}
          invalid={!isValid}
          onChange={(value) => {
            change({ count: value });
          }}
        />
        <span className="muted small grow">{isValid ? bytes(making.bytes) : 'up to 999,999'}</span>
        <Button
          look={isFirst ? 'primary' : 'plain'}
          disabled={!isValid || make.isBusy || isRunning}
          onClick={make.run}
        >
          Make faces
        </Button>
      </div>
    </Panel>
  );
}
