import { useState } from 'react';
import type { JSX } from 'react';
import { useAbout } from '../../api/api.ts';
import { api } from '../../api/api.ts';
import { sentenceOf } from '../../api/errors.ts';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { FolderField } from '../../components/FolderField.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Note } from '../../components/marks.tsx';
import { host } from '../../host/host.ts';
import type { Model } from '../../shell/useModel.ts';
import { counted } from '../../words.ts';
import { useAnalyseAddress } from './useAnalyseAddress.ts';

type Saving =
  | { kind: 'idle' }
  | { kind: 'busy'; what: string }
  | { kind: 'done'; files: number }
  | { kind: 'failed'; error: string };

/** Writes the charts as PNG and SVG and the numbers as CSV and JSON, by the code of the command line. */
export function SaveFigures({
  model,
  step,
  samples,
}: {
  model: Model;
  step: number;
  samples: number;
}): JSX.Element {
  const { factor, axis, others } = useAnalyseAddress();
  const about = useAbout();
  const [isOpen, setOpen] = useState(false);
  const [folder, setFolder] = useState<string | null>(null);
  const [saving, setSaving] = useState<Saving>({ kind: 'idle' });
  const separator = about?.separator ?? '/';
  const proposed = `${about?.runsFolder ?? model.summary.folder}${separator}figures-${model.summary.id}`;
  const out = folder ?? proposed;
  const save = async (): Promise<void> => {
    try {
      setSaving({ kind: 'busy', what: 'Spectra' });
      const sdr = await lastOf(api.analysis.sdr({ runs: [model.ref], step, out, samples }));
      setSaving({ kind: 'busy', what: 'Stretching errors' });
      const runs = [model.ref, ...others.filter((run) => run !== model.ref)];
      const stretching = await lastOf(api.analysis.stretching({ runs, out, factor, axis, samples }));
      setSaving({ kind: 'done', files: sdr.files.length + stretching.files.length });
    } catch (error) {
      setSaving({ kind: 'failed', error: sentenceOf(error) });
    }
  };
  const { revealFolder } = host;
  return (
    <>
      <Button
        look="primary"
        onClick={() => {
          setSaving({ kind: 'idle' });
          setOpen(true);
        }}
      >
        <Icon name="download" /> Save figures and numbers
      </Button>
      <Dialog
        title="Save figures and numbers"
        isOpen={isOpen}
        onClose={() => {
          setOpen(false);
        }}
        width={560}
        actions={
          <>
            {saving.kind === 'done' && revealFolder !== null && (
              <Button
                onClick={() => {
                  void revealFolder(out);
                }}
              >
                Open folder
              </Button>
            )}
            <Button look="primary" disabled={saving.kind === 'busy'} onClick={() => void save()}>
              {saving.kind === 'busy' ? `${saving.what}…` : 'Save here'}
            </Button>
          </>
        }
      >
        <p className="small soft">
          Histograms and lines as PNG and SVG, numbers as CSV and JSON: the files that the command line
          writes.
        </p>
        <FolderField label="Folder" title="Where are the figures saved?" value={out} onChange={setFolder} />
        {saving.kind === 'done' && (
          <Note tone="ok">
            {counted(saving.files, 'file')} saved in {out}.
          </Note>
        )}
        {saving.kind === 'failed' && <Note tone="bad">{saving.error}</Note>}
      </Dialog>
    </>
  );
}

async function lastOf<R>(work: PromiseLike<{ next(): Promise<IteratorResult<unknown, R>> }>): Promise<R> {
  const iterator = await work;
  for (;;) {
    const next = await iterator.next();
    if (next.done === true) return next.value;
  }
}
