import { useState } from 'react';
import type { JSX } from 'react';
import { goTo } from '../../address/address.ts';
import { carryPhotos, usePhotoDrop } from '../../api/droppedFile.ts';
import { Button } from '../../components/Button.tsx';
import { classes } from '../../components/classes.ts';
import { useFolderChooser } from '../../components/useFolderChooser.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Panel } from '../../components/Panel.tsx';
import { PhotoButton } from '../../components/PhotoButton.tsx';
import { host } from '../../host/host.ts';
import styles from './start.module.css';

/** Pictures of one's own: a folder to train on, or photos for a model that is here. `model` is one that takes in photos. */
export function OpenFolder({ model }: { model: string | undefined }): JSX.Element {
  const chooser = useFolderChooser('Choose a folder of images', '', (folder) => {
    goTo('data', { data: folder });
  });
  const [isOver, setOver] = useState(false);
  const openPhotos = (files: readonly File[]): void => {
    carryPhotos(files);
    goTo('intervene', { run: model, step: undefined });
  };
  usePhotoDrop(model === undefined ? null : openPhotos);
  const canDropFolders = host.droppedFolder !== null;
  return (
    <Panel labelledBy="open-folder" flush className={styles.card}>
      <h2 id="open-folder">Open pictures of your own</h2>
      <button
        type="button"
        className={classes(styles.drop, isOver && styles.over)}
        onClick={chooser.open}
        onDragEnter={() => {
          setOver(true);
        }}
        onDragLeave={() => {
          setOver(false);
        }}
        onDrop={() => {
          // The window takes what was dropped.
          setOver(false);
        }}
      >
        <Icon name="folder" />
        <b>{canDropFolders ? 'Drop a folder or photos here' : 'Drop photos here, or choose a folder'}</b>
        <span>CelebA’s img_align_celeba, the folder above it, or any images</span>
        <span>A recipe, or a picture saved with one, opens too</span>
      </button>
      <div className={styles.foot}>
        <span className="muted small grow">Read in place; never changed or sent</span>
        {model !== undefined && (
          <PhotoButton onOpen={openPhotos} isBusy={false}>
            Photos…
          </PhotoButton>
        )}
        <Button onClick={chooser.open}>Choose folder…</Button>
      </div>
      {chooser.dialog}
    </Panel>
  );
}
