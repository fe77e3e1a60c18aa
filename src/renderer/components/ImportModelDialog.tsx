import { useState } from 'react';
import type { JSX } from 'react';
import { modelImportCommand } from '../../commandLine/exchange.ts';
import { commandOf } from '../../commandLine/commandLine.ts';
import { goTo } from '../address/address.ts';
import { api } from '../api/api.ts';
import { useLong } from '../api/useLong.ts';
import { figure, nameOf } from '../words.ts';
import { Button } from './Button.tsx';
import { Field, TextField } from './controls.tsx';
import { Dialog } from './Dialog.tsx';
import { LongLine } from './LongLine.tsx';
import { Note } from './marks.tsx';

/** Asks for the file of a generator that was trained elsewhere, and makes a run of it. */
export default function ImportModelDialog({
  isOpen,
  onClose,
}: {
  isOpen: boolean;
  onClose: () => void;
}): JSX.Element {
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState<string | null>(null);
  const modelFile = typed.trim();
  const long = useLong({
    title: `Opening ${nameOf(asked ?? modelFile)}`,
    key: asked === null ? null : ['model import', asked],
    start: (signal) => api.exchange.importModel({ modelFile: asked ?? modelFile }, { signal }),
  });
  const open = (): void => {
    if (modelFile === '') return;
    setAsked(modelFile);
    if (asked === modelFile) long.again();
  };
  return (
    <Dialog
      title="Open a generator that was trained elsewhere"
      isOpen={isOpen}
      onClose={onClose}
      width={560}
      actions={
        <>
          <Button onClick={onClose}>Close</Button>
          {long.data === undefined ? (
            <Button look="primary" disabled={modelFile === '' || long.isRunning} onClick={open}>
              Open
            </Button>
          ) : (
            <Button
              look="primary"
              onClick={() => {
                onClose();
                if (long.data !== undefined) goTo('explore', { run: nameOf(long.data.folder) });
              }}
            >
              Explore it
            </Button>
          )}
        </>
      }
    >
      <Field
        label="File"
        help="An .onnx file, a DCGAN’s weights as .safetensors, or the model.json of a TensorFlow.js model."
        stacked
      >
        {(id) => (
          <TextField
            id={id}
            mono
            value={typed}
            placeholder="Path of the file on this computer"
            onChange={setTyped}
          />
        )}
      </Field>
      {modelFile !== '' && <p className="muted small mono">{commandOf(modelImportCommand, { modelFile })}</p>}
      <LongLine long={long} title="Reading the layers and checking the pictures" />
      {long.data !== undefined && (
        <Note tone="ok">
          {long.data.size} × {long.data.size} pixels from {long.data.latent} latents.{' '}
          {long.data.difference === null
            ? 'The file holds weights alone, so its pictures could not be checked: look at them.'
            : `Its pictures differ from the file’s own by at most ${figure(long.data.difference, 2)}.`}
        </Note>
      )}
    </Dialog>
  );
}
