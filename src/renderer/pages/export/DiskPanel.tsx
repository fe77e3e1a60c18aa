import type { JSX } from 'react';
import { Button } from '../../components/Button.tsx';
import { TextField } from '../../components/controls.tsx';
import { useFolderChooser } from '../../components/FolderField.tsx';
import { Icon } from '../../components/Icon.tsx';
import { StateMark } from '../../components/marks.tsx';
import { Panel } from '../../components/Panel.tsx';
import { bytes, count, duration, nameOf } from '../../words.ts';
import { sourcesOf } from './useExportForm.ts';
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
}

/** Where it is written, what will lie there, and whether there is room. */
export function DiskPanel({
  asked,
  draft,
  change,
  proposed,
  separator,
  preview,
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
      {chooser.dialog}
      {asked !== null && preview !== undefined && <Proof asked={asked} preview={preview} />}
      {asked !== null && <Layout asked={asked} preview={preview} />}
    </Panel>
  );
}

function Layout({ asked, preview }: { asked: ExportAsked; preview: Previewed | undefined }): JSX.Element {
  const pictures = sourcesOf(asked) * Math.max(1, asked.recipe.length);
  const ending = asked.format === 'jpeg' ? 'jpg' : asked.format;
  const isSeed = asked.images === undefined;
  const tests = Math.round(sourcesOf(asked) * (asked.testShare ?? 0)) * Math.max(1, asked.recipe.length);
  const labels = preview?.labels ?? null;
  const row = {
    file_name: `000001.${ending}`,
    recipe: preview?.recipes[0] ?? 'plain',
    recipe_number: 0,
    source: isSeed ? 'seed' : 'image',
    seed: isSeed ? asked.seed : null,
    source_image: isSeed ? null : (preview?.sources[0] ?? ''),
    draw: isSeed ? null : 0,
  };
  const attributes = labels === null ? '' : `,\n  "attributes": ${JSON.stringify(labels.first)}`;
  const files = [
    `train/  ${tests > 0 && !isSeed ? 'about ' : ''}${count(pictures - tests)} ${ending} + metadata.jsonl`,
    ...(tests > 0 ? [`test/   ${isSeed ? '' : 'about '}${count(tests)} ${ending} + metadata.jsonl`] : []),
    ...(labels === null ? [] : ['list_attr_celeba.txt']),
    'manifest.json',
  ];
  return (
    <div className={styles.files}>
      <pre tabIndex={0} aria-label="Files of the set">
        <b>{nameOf(asked.out)}/</b>
        {files.map((line) => `\n  ${line}`).join('')}
      </pre>
      <pre tabIndex={0} aria-label="A line of the metadata">
        {JSON.stringify(row, null, 1).replaceAll('\n ', '\n  ').replace(/\n\}$/, `${attributes}\n}`)}
      </pre>
    </div>
  );
}

function Proof({ asked, preview }: { asked: ExportAsked; preview: Previewed }): JSX.Element {
  const pictures = sourcesOf(asked) * Math.max(1, asked.recipe.length);
  const fits = preview.needed <= preview.free;
  const folder = {
    new: {
      icon: 'check',
      tone: 'ok',
      text: 'Repeatable to the byte',
      fact: 'the same command gives the same files',
    },
    unfinished: {
      icon: 'info',
      tone: 'plain',
      text: 'An export lies there',
      fact: 'the same one goes on, another is refused',
    },
    finished: {
      icon: 'warn',
      tone: 'warn',
      text: 'A finished set lies there',
      fact: 'the same one is checked, another refused',
    },
    other: { icon: 'bad', tone: 'bad', text: 'Other files lie there', fact: 'choose a new or empty folder' },
  } as const;
  const state = folder[preview.folder];
  return (
    <ul className={styles.proof}>
      <li>
        <StateMark icon={fits ? 'check' : 'bad'} tone={fits ? 'ok' : 'bad'}>
          About {bytes(pictures * preview.bytesEach)}, {bytes(preview.free)} free
        </StateMark>
        <span className="muted small">
          {fits ? `at most ${bytes(preview.needed)}` : `${bytes(preview.needed)} must be free`}
        </span>
      </li>
      <li>
        <StateMark icon="wait" tone="plain">
          About {duration(pictures * preview.secondsEach)}
        </StateMark>
        <span className="muted small">at the preview’s pace</span>
      </li>
      <li>
        <StateMark icon={state.icon} tone={state.tone}>
          {state.text}
        </StateMark>
        <span className="muted small">{state.fact}</span>
      </li>
    </ul>
  );
}
