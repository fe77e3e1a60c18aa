import { useMemo, useState } from 'react';
import type { JSX } from 'react';
import { commandOf } from '../../commandLine/commandLine.ts';
import { sheetCommand } from '../../commandLine/sheet.ts';
import type { SheetAxis, SheetRequest } from '../../contract/sheets.ts';
import { api } from '../api/api.ts';
import { useRuns } from '../api/runs.ts';
import { useLong } from '../api/useLong.ts';
import type { Long } from '../api/useLong.ts';
import { Button } from './Button.tsx';
import { TextField, SelectField } from './controls.tsx';
import { Dialog, DialogActions } from './Dialog.tsx';
import { LongLine } from './LongLine.tsx';
import { pictureFileName } from './pictureFileName.ts';
import { saveFile } from './saveFile.ts';
import { axesFor, axisNames, sheetRequest, usualWords } from './sheetForm.ts';
import type { SheetForm, SheetOf } from './sheetForm.ts';
import { SheetPicture } from './SheetPicture.tsx';
import { mostSeed } from './seeds.ts';
import { TypedNumber } from './TypedNumber.tsx';
import styles from './SheetButton.module.css';

export interface SheetButtonProps extends SheetOf {
  /** The face that is shown now. */
  seed: number;
  /** What the rows and columns show before something else is chosen. */
  rows: SheetAxis;
  columns: SheetAxis;
}

const seedRule = { whole: true, min: 0, max: mostSeed };
/** Runs that are compared before others are named. */
const usualRuns = 4;

/** Opens the dialog that draws two things that vary as a labelled grid of pictures. */
export function SheetButton(props: SheetButtonProps): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  const [asked, setAsked] = useState<SheetRequest | null>(null);
  const sheet = useLong({
    title: 'Drawing a sheet',
    key: asked === null ? null : ['sheet', asked],
    start: (signal) => api.intervene.drawSheet(asked!, { signal }),
  });
  return (
    <>
      <Button
        onClick={() => {
          setOpen(true);
        }}
      >
        Make a sheet…
      </Button>
      <Dialog
        title="Make a sheet"
        isOpen={isOpen}
        onClose={() => {
          setOpen(false);
        }}
        width={960}
      >
        <SheetBody {...props} sheet={sheet} asked={asked} onAsk={setAsked} />
      </Dialog>
    </>
  );
}

interface SheetBodyProps extends SheetButtonProps {
  sheet: Long<{ png: string; width: number; height: number }>;
  asked: SheetRequest | null;
  onAsk: (asked: SheetRequest) => void;
}

function SheetBody({ sheet, asked, onAsk, ...of }: SheetBodyProps): JSX.Element {
  const runs = useRuns().value?.runs ?? [];
  const compared = [
    of.run,
    ...runs.filter(({ id, safeStep }) => id !== of.run && safeStep !== null).map(({ id }) => id),
  ];
  const axes = axesFor(of.recipe);
  const first = (wanted: SheetAxis, other?: SheetAxis): SheetAxis =>
    axes.includes(wanted) ? wanted : (axes.find((axis) => axis !== other) ?? 'seed');
  const [form, setForm] = useState<SheetForm>(() => {
    const rows = first(of.rows);
    const columns = first(of.columns, rows);
    return { rows, rowValues: '', columns, columnValues: '', seed: of.seed };
  });
  const namedRuns = compared.slice(0, usualRuns).join(', ');
  const valuesOf = (axis: SheetAxis, typed: string): string =>
    axis === 'run' && typed.trim() === '' ? namedRuns : typed;
  const request = sheetRequest(of, {
    ...form,
    rowValues: valuesOf(form.rows, form.rowValues),
    columnValues: valuesOf(form.columns, form.columnValues),
  });
  const change = (part: Partial<SheetForm>): void => {
    setForm({ ...form, ...part });
  };
  const choices = axes.map((value) => ({ value, label: axisNames[value] }));
  const { recipe, ...rest } = request;
  const command = commandOf(sheetCommand, { ...rest, ...(recipe !== null && { recipe: 'RECIPE.json' }) });
  const text = sheet.data?.png;
  const png = useMemo(() => (text === undefined ? undefined : pngOfText(text)), [text]);
  return (
    <>
      <div className={styles.form}>
        <span>Rows</span>
        <SelectField
          label="Rows"
          value={form.rows}
          choices={choices}
          onChange={(rows) => {
            change({ rows, rowValues: '' });
          }}
        />
        <TextField
          label="Values of the rows"
          value={form.rowValues}
          placeholder={form.rows === 'run' ? namedRuns : usualWords[form.rows]}
          onChange={(rowValues) => {
            change({ rowValues });
          }}
        />
        <span>Columns</span>
        <SelectField
          label="Columns"
          value={form.columns}
          choices={choices}
          onChange={(columns) => {
            change({ columns, columnValues: '' });
          }}
        />
        <TextField
          label="Values of the columns"
          value={form.columnValues}
          placeholder={form.columns === 'run' ? namedRuns : usualWords[form.columns]}
          onChange={(columnValues) => {
            change({ columnValues });
          }}
        />
        {form.rows !== 'seed' && form.columns !== 'seed' && (
          <>
            <span>Seed</span>
            <TypedNumber
              label="Seed of the sheet"
              shown={String(form.seed)}
              rule={seedRule}
              isFramed
              onTyped={(seed) => {
                change({ seed });
              }}
            />
          </>
        )}
      </div>
      <LongLine long={sheet} title="Drawing a sheet" unit="picture" />
      {sheet.data !== undefined && png !== undefined && <SheetPicture {...sheet.data} png={png} />}
      <DialogActions>
        <code className="grow muted small clip" title={command}>
          {command}
        </code>
        {png !== undefined && asked !== null && (
          <Button
            onClick={() => {
              const { run, step = 0 } = asked;
              const source = { kind: 'seeds' as const, seeds: [asked.seed] };
              saveFile(`sheet-${pictureFileName({ run, step, source, recipe: asked.recipe })}`, png);
            }}
          >
            Save PNG
          </Button>
        )}
        <Button
          look="primary"
          disabled={sheet.isRunning}
          onClick={() => {
            onAsk(request);
          }}
        >
          Draw
        </Button>
      </DialogActions>
    </>
  );
}

/** A file that came as Base64. */
function pngOfText(text: string): Blob {
  const letters = atob(text);
  const bytes = Uint8Array.from({ length: letters.length }, (_, at) => letters.charCodeAt(at));
  return new Blob([bytes], { type: 'image/png' });
}
