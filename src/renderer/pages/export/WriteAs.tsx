import type { JSX } from 'react';
import { pictureFormats } from '../../../contract/exports.ts';
import { Segmented } from '../../components/controls.tsx';
import { hasList } from './onDisk.ts';
import type { ExportDraft } from './useExportForm.ts';
import type { Previewed } from './usePreview.ts';
import styles from './export.module.css';

const shares = [0, 0.1, 0.2] as const;

export interface WriteAsProps {
  draft: ExportDraft;
  change: (change: Partial<ExportDraft>) => void;
  preview: Previewed | undefined;
}

/** Format, layout, split, and what becomes of labels. */
export function WriteAs({ draft, change, preview }: WriteAsProps): JSX.Element {
  const share = shares.find((one) => one === draft.testShare) ?? 0;
  const labels = draft.source === 'seeds' ? null : (preview?.labels ?? null);
  return (
    <div className={styles.sec}>
      <h2>Write as</h2>
      <div className={styles.facts}>
        <span className="soft">Format</span>
        <span className="row">
          <Segmented
            small
            label="Format"
            value={draft.format}
            choices={pictureFormats.map((format) => ({
              value: format,
              label: { png: 'PNG', jpeg: 'JPEG', webp: 'WebP' }[format],
            }))}
            onChange={(format) => {
              change({ format });
            }}
          />
          <span className="muted small">
            {draft.format === 'jpeg' ? 'quality 95, full chroma' : 'every pixel kept'}
          </span>
        </span>
        <span className="soft">Layout</span>
        <span className="small">
          Hugging Face <b>imagefolder</b>
          {hasList(labels) && (
            <>
              {' '}
              and CelebA’s <b>list_attr</b>
            </>
          )}
        </span>
        <span className="soft">Split</span>
        <span className="row">
          <Segmented
            small
            label="Split"
            value={String(share)}
            choices={shares.map((one) => ({
              value: String(one),
              label: one === 0 ? 'All to train' : `${Math.round(100 - 100 * one)} / ${Math.round(100 * one)}`,
            }))}
            onChange={(value) => {
              change({ testShare: Number(value) });
            }}
          />
          <span className="muted small">
            {share === 0 ? 'nothing is set apart' : 'a face and its variants stay on one side'}
          </span>
        </span>
        <span className="soft">Labels</span>
        <span className="small">
          <Labels isSeeds={draft.source === 'seeds'} labels={labels} />
        </span>
      </div>
    </div>
  );
}

function Labels({ isSeeds, labels }: { isSeeds: boolean; labels: Previewed['labels'] }): JSX.Element {
  if (isSeeds) return <span className="muted">None: a seed has no labels.</span>;
  if (labels === null) return <span className="muted">None: the pictures have no attribute list.</span>;
  const clearing = labels.cleared.filter((names) => names.length > 0);
  if (clearing.length === 0) return <>{labels.names.length} copied.</>;
  const names = labels.names.filter((name) => clearing.some((cleared) => cleared.includes(name)));
  return (
    <>
      {labels.names.length} copied. <b>Cleared where a recipe may make them untrue:</b>{' '}
      {names.length === labels.names.length ? 'all' : names.join(', ')} in {clearing.length} of{' '}
      {labels.cleared.length}
    </>
  );
}
