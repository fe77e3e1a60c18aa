import type { CSSProperties, JSX } from 'react';
import type { FoundRecipe } from '../../../contract/exportLive.ts';
import { pictureFormats } from '../../../contract/exportFiles.ts';
import { queries, api } from '../../api/api.ts';
import { Button } from '../../components/Button.tsx';
import { Check, NumberField, Segmented } from '../../components/controls.tsx';
import { FolderField } from '../../components/FolderField.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Note } from '../../components/marks.tsx';
import { useAction } from '../../components/useAction.ts';
import { linkTo } from '../../address/address.ts';
import { count, nameOf } from '../../words.ts';
import type { ExportDraft } from './useExportForm.ts';

export interface FormPanelProps {
  draft: ExportDraft;
  change: (change: Partial<ExportDraft>) => void;
  recipes: readonly FoundRecipe[];
  model: { run: string; step: number };
}

/** What goes in: sources, recipes, and the format. */
export function FormPanel({ draft, change, recipes, model }: FormPanelProps): JSX.Element {
  return (
    <>
      <div className="sec">
        <h2>Start from</h2>
        <Segmented
          small
          label="Start from"
          value={draft.source}
          choices={[
            { value: 'seeds', label: 'Seeds' },
            { value: 'photos', label: 'A folder of pictures, encoded' },
          ]}
          onChange={(source) => {
            change({ source });
          }}
        />
        {draft.source === 'photos' && (
          <div className="gap-top">
            <FolderField
              label="Folder of pictures"
              title="Which pictures are encoded?"
              value={draft.photos}
              onChange={(photos) => {
                change({ photos });
              }}
            />
          </div>
        )}
        <div className="export-fields gap-top">
          <label htmlFor="export-count">{draft.source === 'seeds' ? 'Seeds' : 'Draws'}</label>
          <NumberField
            id="export-count"
            whole
            width={112}
            min={1}
            max={1_000_000}
            value={draft.count}
            invalid={draft.count === ''}
            onChange={(value) => {
              change({ count: value === '' ? '' : Math.min(1_000_000, Math.max(1, Math.round(value))) });
            }}
          />
          <label htmlFor="export-seed">{draft.source === 'seeds' ? 'from seed' : 'with seed'}</label>
          <NumberField
            id="export-seed"
            whole
            width={96}
            min={0}
            value={draft.seed}
            invalid={draft.seed === ''}
            onChange={(value) => {
              change({ seed: value === '' ? '' : Math.max(0, Math.round(value)) });
            }}
          />
        </div>
        {draft.source === 'photos' && (
          <p className="small muted">In turn: first each picture’s mean, then draws from its posterior.</p>
        )}
      </div>
      <Recipes {...{ draft, change, recipes, model }} />
      <div className="sec">
        <h2>Write as</h2>
        <div className="export-fields">
          <span className="soft">Format</span>
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
        </div>
        <p className="small gap-top">
          <span className="soft">Layout</span> Hugging Face <b>imagefolder</b> with metadata.jsonl and a
          manifest
        </p>
      </div>
    </>
  );
}

function Recipes({ draft, change, recipes, model }: FormPanelProps): JSX.Element {
  const original = useAction(async () => {
    const { file } = await api.exportLive.addOriginal(model);
    await queries.invalidateQueries({ queryKey: ['export-at-hand'] });
    change({ recipes: [...draft.recipes, file] });
  });
  const each = draft.count === '' ? 0 : draft.count;
  const chosen = recipes.filter(({ file, trouble }) => trouble === null && draft.recipes.includes(file));
  const hasOriginal = recipes.some(({ recipe }) => recipe?.steps.length === 0);
  const toggle = (file: string, isOn: boolean): void => {
    change({ recipes: isOn ? [...draft.recipes, file] : draft.recipes.filter((one) => one !== file) });
  };
  return (
    <div className="sec">
      <h2>Apply</h2>
      {recipes.length === 0 && (
        <p className="small soft">
          This run has no recipes yet: pictures are written as they are. Make one on{' '}
          <a className="inline" href={linkTo('intervene')}>
            Intervene
          </a>{' '}
          or save a scaled channel on{' '}
          <a className="inline" href={linkTo('channels')}>
            Channels
          </a>
          .
        </p>
      )}
      {recipes.map((found) => (
        <div key={found.file} className="rec" title={found.description.join('\n')}>
          <Check
            label={
              <span className="row">
                <Swatch found={found} /> {found.name}
              </span>
            }
            checked={found.trouble === null && draft.recipes.includes(found.file)}
            disabled={found.trouble !== null}
            onChange={(isOn) => {
              toggle(found.file, isOn);
            }}
          />
          <code className="muted clip">{nameOf(found.file)}</code>
          <span className="num">{chosen.includes(found) ? count(each) : ''}</span>
          {found.trouble !== null && <span className="warn-text small trouble-line">{found.trouble}</span>}
        </div>
      ))}
      <div className="sum">
        {hasOriginal || recipes.length === 0 ? (
          <span />
        ) : (
          <Button look="quiet" size="small" disabled={original.isBusy} onClick={original.run}>
            <Icon name="plus" /> Original beside them
          </Button>
        )}
        <span>
          <span className="muted small">
            {Math.max(1, chosen.length)} × {count(each)} =
          </span>{' '}
          <b className="total">{count(Math.max(1, chosen.length) * each)}</b>
        </span>
      </div>
      {original.error !== null && <Note tone="bad">{original.error}</Note>}
    </div>
  );
}

/** The colour of a recipe that paints in one. */
function Swatch({ found }: { found: FoundRecipe }): JSX.Element | null {
  const painted = found.recipe?.steps.flatMap((step) =>
    step.kind === 'fluoHair' && step.map.kind === 'target' ? [step.map.colour] : [],
  )[0];
  if (painted === undefined) return null;
  const style = {
    background: `rgb(${painted.map((value) => Math.round(value * 255)).join(' ')})`,
  } as CSSProperties;
  return <i className="swatch-square" style={style} />;
}
