import type { JSX } from 'react';
import { goTo } from '../../address/address.ts';
import { api, useLatest } from '../../api/api.ts';
import { Button } from '../../components/Button.tsx';
import { JobLine } from '../../components/JobLine.tsx';
import { Note } from '../../components/marks.tsx';
import { NumberField } from '../../components/NumberField.tsx';
import { Panel } from '../../components/Panel.tsx';
import { PictureGrid } from '../../components/PictureGrid.tsx';
import { noPictures, picturesOf } from '../../components/pictures.ts';
import { facesRules, useMakeFaces } from '../../components/useMakeFaces.ts';
import { bytes, counted } from '../../words.ts';
import styles from './start.module.css';

const shown = 12;

/** Drawn faces: the shortest way to data of one's own. Goes on on the Data page, where the set can be seen. */
export function MakeAndTrain({ isFirst }: { isFirst: boolean }): JSX.Element {
  const making = useMakeFaces((folder) => {
    goTo('data', { making: folder, view: 'make' });
  });
  const { draft, change, faces, seed, make, job } = making;
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
        faceOf={() => ({ kind: 'photo' })}
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
          width={84}
          value={draft.count}
          rule={facesRules.count}
          onChange={(value) => {
            change({ count: value });
          }}
        />
        <span className="muted small grow">{making.bytes !== null && bytes(making.bytes)}</span>
        <Button
          look={isFirst ? 'primary' : 'plain'}
          {...(isFirst && { 'data-first': '' })}
          disabled={faces === undefined || make.isBusy || isRunning}
          onClick={make.run}
        >
          Make {faces === undefined ? 'faces' : counted(faces, 'face')}
        </Button>
      </div>
    </Panel>
  );
}
