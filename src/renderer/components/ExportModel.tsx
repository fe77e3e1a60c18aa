import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { JSX } from 'react';
import { modelExportCommand } from '../../commandLine/exchange.ts';
import { commandOf } from '../../commandLine/commandLine.ts';
import type { ModelExportInput } from '../../contract/exchange.ts';
import type { RunSummary } from '../../contract/studio.ts';
import { titleOf } from '../../contract/runLabels.ts';
import { api, useAbout } from '../api/api.ts';
import { useLong } from '../api/useLong.ts';
import { count, nameOf } from '../words.ts';
import { Button } from './Button.tsx';
import { Check, Field, Segmented, SelectField, TextField } from './controls.tsx';
import { Dialog } from './Dialog.tsx';
import { FolderField } from './FolderField.tsx';
import { LongLine } from './LongLine.tsx';
import { Note } from './marks.tsx';
import { ShowFolder } from './ShowFolder.tsx';

export interface ExportModelProps {
  /** What the engine calls the run. */
  run: string;
  /** The chosen checkpoint; null before the first. */
  step: number | null;
  summary: RunSummary;
}

/** "Export model…": the networks of the chosen checkpoint as files for ONNX Runtime, OpenCV or PyTorch. */
export function ExportModel({ run, step, summary }: ExportModelProps): JSX.Element | null {
  const [isOpen, setOpen] = useState(false);
  if (step === null) return null;
  return (
    <>
      <Button
        look="quiet"
        onClick={() => {
          setOpen(true);
        }}
      >
        Export model…
      </Button>
      <ExportModelDialog
        run={run}
        step={step}
        summary={summary}
        isOpen={isOpen}
        onClose={() => {
          setOpen(false);
        }}
      />
    </>
  );
}

interface ExportModelDialogProps {
  run: string;
  step: number;
  summary: RunSummary;
  isOpen: boolean;
  onClose: () => void;
}

const noRecipe = 'none';

function ExportModelDialog({ run, step, summary, isOpen, onClose }: ExportModelDialogProps): JSX.Element {
  const [format, setFormat] = useState<ModelExportInput['format']>('torch');
  const [recipe, setRecipe] = useState(noRecipe);
  const [withLevels, setWithLevels] = useState(false);
  const [license, setLicense] = useState('unknown');
  const [folder, setFolder] = useState<string | null>(null);
  const [asked, setAsked] = useState<ModelExportInput | null>(null);
  const recipes = useQuery({
    queryKey: ['live recipes', run],
    queryFn: ({ signal }) => api.intervene.recipes.list({ run }, { signal }),
    enabled: isOpen,
  });
  const proposed = useProposed(summary, format, step);
  const input: ModelExportInput = {
    ...{ run, step, format, out: folder ?? proposed, license },
    withLevels: withLevels && format === 'onnx',
    ...(recipe !== noRecipe && { recipe }),
  };
  const long = useLong({
    title: `Exporting ${titleOf(summary)} for ${format === 'onnx' ? 'ONNX' : 'PyTorch'}`,
    key: asked === null ? null : ['model export', asked],
    start: (signal) => api.exchange.exportModel(asked ?? input, { signal }),
  });
  return (
    <Dialog
      title={`Export step ${count(step)} of ${titleOf(summary)}`}
      isOpen={isOpen}
      onClose={onClose}
      width={560}
      actions={
        <>
          <Button onClick={onClose}>Close</Button>
          <Button
            look="primary"
            disabled={long.isRunning}
            onClick={() => {
              setAsked(input);
              // The same once more, for instance after a folder was emptied.
              if (asked !== null && JSON.stringify(asked) === JSON.stringify(input)) long.again();
            }}
          >
            Export
          </Button>
        </>
      }
    >
      <Field label="For" help="PyTorch: a module and its weights. ONNX: files for ONNX Runtime and OpenCV.">
        {() => (
          <Segmented
            label="For"
            value={format}
            choices={[
              { value: 'torch', label: 'PyTorch' },
              { value: 'onnx', label: 'ONNX' },
            ]}
            onChange={setFormat}
          />
        )}
      </Field>
      <Field label="Recipe" help="Built into the decoder, so that its pictures come out changed.">
        {(id) => (
          <SelectField
            id={id}
            value={recipe}
            choices={[
              { value: noRecipe, label: 'none' },
              ...(recipes.data ?? []).map(({ file, name }) => ({ value: file, label: name })),
            ]}
            onChange={setRecipe}
          />
        )}
      </Field>
      {format === 'onnx' && (
        <Check
          label="Output the hidden maps of the levels too"
          checked={withLevels}
          onChange={setWithLevels}
        />
      )}
      <Field label="Licence" help="For the model card, as Hugging Face writes it: mit, cc-by-4.0, unknown.">
        {(id) => <TextField id={id} value={license} onChange={setLicense} />}
      </Field>
      <Field label="Folder" help="A new or empty one.">
        {(id) => (
          <FolderField
            id={id}
            title="Choose a folder for the model"
            value={folder ?? proposed}
            onChange={setFolder}
          />
        )}
      </Field>
      <p className="muted small mono">{commandOf(modelExportCommand, input)}</p>
      <LongLine long={long} title="Exporting" />
      {long.data !== undefined && (
        <Note tone="ok">
          {long.data.files.join(', ')} in {long.data.folder}. README.md shows how to load the model.
          <span className="row">
            <ShowFolder folder={long.data.folder} />
          </span>
        </Note>
      )}
    </Dialog>
  );
}

/** A folder that is the run's own, and of the model that comes along one beside the runs. */
function useProposed(summary: RunSummary, format: ModelExportInput['format'], step: number): string {
  const about = useAbout();
  const separator = about?.separator ?? '/';
  const beside = summary.bundled ? (about?.runsFolder ?? '') : summary.folder;
  return [beside, 'exports', `${nameOf(summary.folder)}-${format}-step-${step}`].join(separator);
}
