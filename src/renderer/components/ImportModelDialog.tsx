import { useState } from 'react';
import type { JSX } from 'react';
import { modelImportCommand } from '../../commandLine/exchange.ts';
import { commandOf } from '../../commandLine/commandLine.ts';
import { encoderSentences } from '../../contract/encoderWords.ts';
import type { ImportedModel } from '../../contract/exchange.ts';
import { goTo } from '../address/address.ts';
import { api } from '../api/api.ts';
import { useLong } from '../api/useLong.ts';
import { figure, nameOf } from '../words.ts';
import { Button } from './Button.tsx';
import { Field, TextField } from './controls.tsx';
import { Dialog } from './Dialog.tsx';
import { LongLine } from './LongLine.tsx';
import { Note } from './marks.tsx';

interface Files {
  modelFile: string;
  encoderFile?: string;
}

function filesOf(model: string, encoder: string): Files {
  return { modelFile: model.trim(), ...(encoder.trim() !== '' && { encoderFile: encoder.trim() }) };
}

function wordsOfEncoder({ encoder, encoderLeftOut }: ImportedModel): string[] {
  if (encoder !== null) return encoderSentences(encoder);
  return encoderLeftOut === null ? [] : [encoderLeftOut];
}

/** Asks for the files of a generator that was trained elsewhere and of its encoder, and makes a run of it. */
export default function ImportModelDialog({
  isOpen,
  onClose,
}: {
  isOpen: boolean;
  onClose: () => void;
}): JSX.Element {
  const [typed, setTyped] = useState('');
  const [typedEncoder, setTypedEncoder] = useState('');
  const [asked, setAsked] = useState<Files | null>(null);
  const now = filesOf(typed, typedEncoder);
  const long = useLong({
    title: `Opening ${nameOf((asked ?? now).modelFile)}`,
    key: asked === null ? null : ['model import', asked.modelFile, asked.encoderFile],
    start: (signal) => api.exchange.importModel(asked ?? now, { signal }),
  });
  const open = (): void => {
    if (now.modelFile === '') return;
    setAsked(now);
    if (asked?.modelFile === now.modelFile && asked.encoderFile === now.encoderFile) long.again();
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
            <Button look="primary" disabled={now.modelFile === '' || long.isRunning} onClick={open}>
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
      <Field
        label="Encoder"
        help="Optional: its encoder, for your own pictures. One named encoder.onnx beside decoder.onnx is found by itself."
        stacked
      >
        {(id) => (
          <TextField
            id={id}
            mono
            value={typedEncoder}
            placeholder="Path of the encoder’s file, if there is one"
            onChange={setTypedEncoder}
          />
        )}
      </Field>
      {now.modelFile !== '' && <p className="muted small mono">{commandOf(modelImportCommand, now)}</p>}
      <LongLine long={long} title="Reading the layers and checking the pictures" />
      {long.data !== undefined && (
        <Note tone={long.data.encoderLeftOut === null ? 'ok' : 'warn'}>
          {long.data.size} × {long.data.size} pixels from {long.data.latent} latents.{' '}
          {long.data.difference === null
            ? 'The file holds weights alone, so its pictures could not be checked: look at them.'
            : `Its pictures differ from the file’s own by at most ${figure(long.data.difference, 2)}.`}
          {wordsOfEncoder(long.data).map((sentence) => ` ${sentence}`)}
        </Note>
      )}
    </Dialog>
  );
}
