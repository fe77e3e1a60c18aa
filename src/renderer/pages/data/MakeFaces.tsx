import { useEffect, useRef } from 'react';
import type { JSX } from 'react';
import { setParams, useAddress } from '../../address/address.ts';
import { api, useLatest } from '../../api/api.ts';
import { useJobs } from '../../api/runs.ts';
import { Button } from '../../components/Button.tsx';
import { classes } from '../../components/classes.ts';
import { Field, Switch } from '../../components/controls.tsx';
import { FolderField } from '../../components/FolderField.tsx';
import { JobLine } from '../../components/JobLine.tsx';
import { Note } from '../../components/marks.tsx';
import { NumberField } from '../../components/NumberField.tsx';
import { Panel } from '../../components/Panel.tsx';
import { PictureGrid } from '../../components/PictureGrid.tsx';
import { noPictures, picturesOf } from '../../components/pictures.ts';
import { facesRules, useMakeFaces } from '../../components/useMakeFaces.ts';
import { bytes, counted } from '../../words.ts';
import styles from './data.module.css';

const previewed = 8;
const columns = 4;

/** Drawn faces, for those without CelebA and for everything that needs a known truth. */
export function MakeFaces(): JSX.Element {
  const { params } = useAddress();
  const making = useMakeFaces((folder) => {
    setParams({ making: folder });
  });
  const { draft, change, faces, seed, make, job, folder } = making;
  useShowWhenMade(params['making']);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (params['view'] !== 'make') return;
    box.current?.scrollIntoView({ block: 'nearest' });
    box.current?.querySelector('input')?.focus();
  }, [params]);
  const isRunning = job?.state === 'running';
  return (
    <div ref={box}>
      <Panel
        title="No CelebA?"
        fact="Drawn faces: the same layout, with known hair masks and eye positions."
        tools={
          <Button size="small" disabled={faces === undefined || make.isBusy || isRunning} onClick={make.run}>
            Make {faces === undefined ? 'faces' : counted(faces, 'face')}
          </Button>
        }
      >
        <Preview seed={seed} hard={draft.hard} />
        <div className={styles.fields}>
          <Field
            label="Faces"
            help={`${making.bytes === null ? '' : `About ${bytes(making.bytes)}. `}The same seed gives the same files.`}
          >
            {(id, note) => (
              <span className={classes('row', styles.wrapped)}>
                <NumberField
                  id={id}
                  describedBy={note}
                  width={88}
                  value={draft.count}
                  rule={facesRules.count}
                  onChange={(value) => {
                    change({ count: value });
                  }}
                />
                <span className="soft">Seed</span>
                <NumberField
                  label="Seed"
                  width={72}
                  value={draft.seed}
                  rule={facesRules.seed}
                  onChange={(value) => {
                    change({ seed: value });
                  }}
                />
                <Switch
                  label="Hard"
                  checked={draft.hard}
                  onChange={(hard) => {
                    change({ hard });
                  }}
                />
              </span>
            )}
          </Field>
          <Field
            label="Folder"
            help="A new or empty folder; an unfinished set of the same faces is continued."
          >
            {(id) => (
              <FolderField
                id={id}
                title="Choose an empty folder"
                value={folder}
                onChange={(out) => {
                  change({ out });
                }}
              />
            )}
          </Field>
          {make.error !== null && <Note tone="bad">{make.error}</Note>}
          {job !== undefined && <JobLine job={job} />}
        </div>
      </Panel>
    </div>
  );
}

/** The first faces of the seed, drawn as they would be written. */
function Preview({ seed, hard }: { seed: number; hard: boolean }): JSX.Element {
  const drawn = useLatest(['drawn', seed, hard], async (signal) =>
    picturesOf(await api.studio.data.draw({ seed, hard, count: previewed }, { signal })),
  );
  return (
    <PictureGrid
      pictures={drawn.data ?? noPictures}
      label="The first faces of this seed"
      nameOf={(index) => `face ${index + 1}`}
      faceOf={() => ({ kind: 'photo' })}
      columns={columns}
      gap={6}
      stale={drawn.isPlaceholderData}
    />
  );
}

/** Opens the set once it is made. */
function useShowWhenMade(folder: string | undefined): void {
  const made = useJobs().value?.some(
    ({ kind, state, result }) =>
      kind === 'faces' && state === 'done' && result?.kind === 'faces' && result.folder === folder,
  );
  useEffect(() => {
    if (made === true && folder !== undefined)
      setParams({
        data: folder,
        making: undefined,
        view: undefined,
        attribute: undefined,
        from: undefined,
        file: undefined,
      });
  }, [made, folder]);
}
