import type { JSX } from 'react';
import { Button } from '../../components/Button.tsx';
import { TextField } from '../../components/controls.tsx';
import { useFolderChooser } from '../../components/useFolderChooser.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Note, StateMark } from '../../components/marks.tsx';
import { Panel } from '../../components/Panel.tsx';
import { nameOf } from '../../words.ts';
import { filesOf, metadataOf, proofOf } from './onDisk.ts';
import type { ExportAsked, ExportDraft } from './useExportForm.ts';
import type { Previewed } from './usePreview.ts';
import styles from './export.module.css';

export interface DiskPanelProps {
  asked: ExportAsked | null;
  draft: ExportDraft;
  change: (change: Partial<ExportDraft>) => void;
  proposed: string;
  separator: string;
  preview: Previewed | undefined;
  /** Names of the ticked recipes. */
  columns: readonly string[];
  /** What went wrong with the folder. */
  error: string | null;
}

/** Where it is written, what will lie there, and whether there is room. */
export function DiskPanel({
  asked,
  draft,
  change,
  proposed,
  separator,
  preview,
  columns,
  error,
}: DiskPanelProps): JSX.Element {
  const out = draft.folder === '' ? proposed : draft.folder;
  const chooser = useFolderChooser('Where is the set written?', out, (folder) => {
    change({ folder: `${folder}${separator}${nameOf(proposed)}` });
  });
  return (
    <Panel
      title="On disk"
      tools={
        <>
          {draft.folder !== '' && (
            <Button
              look="quiet"
              size="small"
              onClick={() => {
                change({ folder: '' });
              }}
            >
              With the run
            </Button>
          )}
          <Button look="quiet" size="small" onClick={chooser.open}>
            <Icon name="folder" /> Elsewhere…
          </Button>
        </>
      }
    >
      <TextField
        mono
        label="Folder of the set"
        value={out}
        onChange={(folder) => {
          change({ folder: folder === proposed ? '' : folder });
        }}
      />
      {error !== null && <Note tone="bad">{error}</Note>}
      {chooser.dialog}
      {asked !== null && preview !== undefined && <Proof asked={asked} preview={preview} />}
      {asked !== null && <Layout {...{ asked, preview, columns }} />}
    </Panel>
  );
}

function Layout({
  asked,
  preview,
  columns,
}: Pick<DiskPanelProps, 'preview' | 'columns'> & { asked: ExportAsked }): JSX.Element {
  return (
    <div className={styles.files}>
      <pre tabIndex={0} aria-label="Files of the set">
        <b>{nameOf(asked.out)}/</b>
        {filesOf(asked, preview)
          .map((line) => `\n  ${line}`)
          .join('')}
      </pre>
      <pre tabIndex={0} aria-label="A line of the metadata">
        {metadataOf(asked, preview, columns)}
      </pre>
    </div>
  );
}

function Proof({ asked, preview }: { asked: ExportAsked; preview: Previewed }): JSX.Element {
  return (
    <ul className={styles.proof}>
      {proofOf(asked, preview).map(({ icon, tone, text, fact }) => (
        <li key={text}>
          <StateMark icon={icon} tone={tone}>
            {text}
          </StateMark>
          <span className="muted small">{fact}</span>
        </li>
      ))}
    </ul>
  );
}
