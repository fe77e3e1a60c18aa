import type { CSSProperties, JSX } from 'react';
import type { FoundRecipe } from '../../../contract/exports.ts';
import { linkTo } from '../../address/address.ts';
import { queries, api } from '../../api/api.ts';
import { KeptFaces } from '../../components/KeptFaces.tsx';
import { seedRefusal } from '../../components/keptFaces.ts';
import { Button } from '../../components/Button.tsx';
import { classes } from '../../components/classes.ts';
import { Term } from '../../components/Term.tsx';
import { Check, Segmented } from '../../components/controls.tsx';
import { FolderField } from '../../components/FolderField.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Note } from '../../components/marks.tsx';
import { NumberField } from '../../components/NumberField.tsx';
import { goodNumber } from '../../components/numbers.ts';
import { useAction } from '../../components/useAction.ts';
import { count, nameOf } from '../../words.ts';
import { exportRules, fieldNames } from './useExportForm.ts';
import type { ExportDraft } from './useExportForm.ts';
import type { Previewed } from './usePreview.ts';
import { WriteAs } from './WriteAs.tsx';
import styles from './export.module.css';

export interface FormPanelProps {
  draft: ExportDraft;
  change: (change: Partial<ExportDraft>) => void;
  recipes: readonly FoundRecipe[];
  model: { run: string; step: number };
  /** Where the run's pictures lie; empty where they did not come with the model. */
  dataFolder: string;
  preview: Previewed | undefined;
  /** Why the model takes in no pictures; null where it does. */
  refusal: string | null;
  /** What went wrong with the folder of pictures, and with a recipe. */
  errors: { images: string | null; recipes: string | null };
}

/** What goes in: sources, recipes, and the format. */
export function FormPanel(props: FormPanelProps): JSX.Element {
  const { draft, change, recipes, model, dataFolder, preview, refusal, errors } = props;
  const names = fieldNames(draft.source);
  return (
    <>
      <div className={styles.sec}>
        <h2>Start from</h2>
        <Segmented
          small
          label="Start from"
          value={draft.source}
          choices={[
            { value: 'seeds' as const, label: 'Seeds' },
            ...(refusal === null
              ? ([
                  { value: 'data', label: 'Images of the data set' },
                  { value: 'photos', label: 'A folder' },
                ] as const)
              : []),
          ]}
          onChange={(source) => {
            change({ source });
          }}
        />
        {refusal !== null && <p className="small muted">{refusal}</p>}
        {draft.source === 'data' && dataFolder === '' && (
          <Note tone="info">
            The pictures that this model was trained on did not come with it. Choose seeds, or a folder.
          </Note>
        )}
        {draft.source === 'photos' && (
          <div className={styles.gapTop}>
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
        {errors.images !== null && <Note tone="bad">{errors.images}</Note>}
        <div className={classes(styles.fields, styles.gapTop)}>
          <label htmlFor="export-count">{names.count}</label>
          <NumberField
            id="export-count"
            width={112}
            value={draft.count}
            rule={exportRules.count}
            onChange={(count) => {
              change({ count });
            }}
          />
          <label htmlFor="export-seed">{names.seed}</label>
          <NumberField
            id="export-seed"
            width={96}
            value={draft.seed}
            rule={exportRules.seed}
            onChange={(seed) => {
              change({ seed });
            }}
          />
          {draft.source === 'seeds' && (
            <KeptFaces
              refusalOf={seedRefusal}
              onPick={({ face }) => {
                if (face.kind === 'seed') change({ seed: face.seed });
              }}
            />
          )}
        </div>
        {draft.source !== 'seeds' && (
          <div className={classes(styles.fields, styles.gapTop)}>
            <label htmlFor="export-beside">{names.beside}</label>
            <NumberField
              id="export-beside"
              width={112}
              value={draft.seedsBeside}
              rule={exportRules.seedsBeside}
              onChange={(seedsBeside) => {
                change({ seedsBeside });
              }}
            />
            {besideOf(draft) > 0 && <span className="muted small">from seed {draft.seed}</span>}
          </div>
        )}
        {draft.source !== 'seeds' && (
          <p className="small muted">
            {draft.source === 'data' && 'Of those held out of training. '}
            In turn: first each picture’s mean, then draws from its posterior.
          </p>
        )}
      </div>
      <Recipes {...{ draft, change, recipes, model }} error={errors.recipes} />
      <WriteAs {...{ draft, change, preview }} />
    </>
  );
}

function Recipes({
  draft,
  change,
  recipes,
  model,
  error,
}: Pick<FormPanelProps, 'draft' | 'change' | 'recipes' | 'model'> & { error: string | null }): JSX.Element {
  const original = useAction(async () => {
    const { file } = await api.exports.addOriginal(model);
    await queries.invalidateQueries({ queryKey: ['export-at-hand'] });
    change({ recipes: [...draft.recipes, file] });
  });
  const typed = goodNumber(draft.count, exportRules.count);
  const each = typed === undefined ? null : typed + besideOf(draft);
  const chosen = recipes.filter(({ file, error }) => error === null && draft.recipes.includes(file));
  const hasOriginal = recipes.some(({ recipe }) => recipe?.steps.length === 0);
  const toggle = (file: string, isOn: boolean): void => {
    change({ recipes: isOn ? [...draft.recipes, file] : draft.recipes.filter((one) => one !== file) });
  };
  return (
    <div className={styles.sec}>
      <h2>Apply</h2>
      {recipes.length === 0 && (
        <p className="small soft">
          This run has no <Term name="recipe">recipes</Term> yet: pictures are written as they are. Make one
          on{' '}
          <a className={styles.inline} href={linkTo('intervene')}>
            Intervene
          </a>{' '}
          or save a scaled channel on{' '}
          <a className={styles.inline} href={linkTo('channels')}>
            Channels
          </a>
          .
        </p>
      )}
      {recipes.map((found) => (
        <div key={found.file} className={styles.recipe} title={found.description.join('\n')}>
          <Check
            label={
              <span className="row">
                <Swatch found={found} /> {found.name}
              </span>
            }
            checked={found.error === null && draft.recipes.includes(found.file)}
            disabled={found.error !== null}
            onChange={(isOn) => {
              toggle(found.file, isOn);
            }}
          />
          <code className="muted clip">{nameOf(found.file)}</code>
          <span className="num">{chosen.includes(found) && each !== null ? count(each) : ''}</span>
          {found.error !== null && (
            <span className={classes('warn-text', 'small', styles.trouble)}>{found.error}</span>
          )}
        </div>
      ))}
      <div className={styles.sum}>
        {hasOriginal || recipes.length === 0 ? (
          <span />
        ) : (
          <Button look="quiet" size="small" disabled={original.isBusy} onClick={original.run}>
            <Icon name="plus" /> Original beside them
          </Button>
        )}
        {each !== null && (
          <span>
            <span className="muted small">
              {Math.max(1, chosen.length)} × {count(each)} =
            </span>{' '}
            <b className={styles.total}>{count(Math.max(1, chosen.length) * each)}</b>
          </span>
        )}
      </div>
      {error !== null && <Note tone="bad">{error}</Note>}
      {original.error !== null && <Note tone="bad">{original.error}</Note>}
    </div>
  );
}

/** Seeds beside the draws of pictures. */
function besideOf({ source, seedsBeside }: ExportDraft): number {
  return source === 'seeds' ? 0 : (goodNumber(seedsBeside, exportRules.seedsBeside) ?? 0);
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
  return <i className={styles.swatch} style={style} />;
}
