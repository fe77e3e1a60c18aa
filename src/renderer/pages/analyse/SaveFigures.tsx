import { useRef, useState } from 'react';
import type { JSX } from 'react';
import type { Progress } from '../../../contract/progress.ts';
import { api, useAbout } from '../../api/api.ts';
import { sentenceOf } from '../../api/errors.ts';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { FolderField } from '../../components/FolderField.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Meter, Note } from '../../components/marks.tsx';
import { host } from '../../host/host.ts';
import type { Model } from '../../shell/useModel.ts';
import { counted } from '../../words.ts';
import { useAnalyseAddress } from './useAnalyseAddress.ts';

type Saving =
  | { kind: 'idle' }
  | { kind: 'busy'; what: string; share: number }
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
  const stop = useRef<AbortController>(null);
  const save = async (): Promise<void> => {
    const { signal } = (stop.current = new AbortController());
    const tell =
      (what: string) =>
      ({ done, total }: Progress): void => {
        setSaving({ kind: 'busy', what, share: total === 0 ? 0 : done / total });
      };
    try {
      setSaving({ kind: 'busy', what: 'Spectra', share: 0 });
      const sdr = await lastOf(
        api.analysis.writeSdr({ runs: [model.ref], step, out, samples }, { signal }),
        tell('Spectra'),
      );
      const runs = [model.ref, ...others.filter((run) => run !== model.ref)];
      const stretching = await lastOf(
        api.analysis.writeStretching({ runs, out, factor, axis, samples }, { signal }),
        tell('Stretching errors'),
      );
      setSaving({ kind: 'done', files: sdr.files.length + stretching.files.length });
    } catch (error) {
      setSaving(signal.aborted ? { kind: 'idle' } : { kind: 'failed', error: sentenceOf(error) });
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
          // Nobody sees any more how far it is, or that it ended.
          stop.current?.abort();
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
            {saving.kind === 'busy' && (
              <Button
                onClick={() => {
                  stop.current?.abort();
                }}
              >
                Cancel
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
        {saving.kind === 'busy' && <Meter share={saving.share} label={saving.what} />}
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

async function lastOf<R>(
  work: PromiseLike<{ next(): Promise<IteratorResult<Progress, R>> }>,
  tell: (progress: Progress) => void,
): Promise<R> {
  const iterator = await work;
  for (;;) {
    const next = await iterator.next();
    if (next.done === true) return next.value;
    tell(next.value);
  }
}
