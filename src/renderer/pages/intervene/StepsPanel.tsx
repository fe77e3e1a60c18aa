import type { JSX } from 'react';
import type { FluoHairModule } from '../../../contract/intervene.ts';
import type { RecipeStep } from '../../../contract/recipe.ts';
import { Button } from '../../components/Button.tsx';
import { classes } from '../../components/classes.ts';
import { Note } from '../../components/marks.tsx';
import { Panel } from '../../components/Panel.tsx';
import { counted, nameOf, when } from '../../words.ts';
import { AddStep } from './AddStep.tsx';
import { changesSinceSaved } from './history.ts';
import { HistoryList } from './HistoryList.tsx';
import { SmallInput } from './SmallInput.tsx';
import { StepStack } from './StepStack.tsx';
import { stepTitles } from './stepWords.ts';
import type { RecipeWork } from './useWork.ts';
import styles from './StepsPanel.module.css';

export interface StepsPanelProps {
  work: RecipeWork;
  modules: readonly FluoHairModule[];
  misfits: readonly (string | null)[];
  selected: number;
  onSelect: (index: number) => void;
  onAdd: (kind: RecipeStep['kind']) => void;
  /** Adds FluoHair on the hair module, which is searched first where it is not known. */
  onAddHair: () => void;
  onOpen: () => void;
}

/** The steps of the recipe, what was changed, and where it is saved. */
export function StepsPanel(props: StepsPanelProps): JSX.Element {
  const { work, modules, misfits, selected, onSelect, onAdd, onAddHair, onOpen } = props;
  const { recipe, change } = work;
  const { steps } = recipe;
  const titleAt = (index: number): string => stepTitles[steps[index]?.kind ?? 'scale'];
  const move = (from: number, to: number): void => {
    const next = [...steps];
    const [step] = next.splice(from, 1);
    if (step === undefined) return;
    next.splice(to, 0, step);
    change({ ...recipe, steps: next }, `Move ${titleAt(from)} ${to < from ? 'up' : 'down'}`);
    onSelect(to);
  };
  return (
    <Panel title="Steps" tools={<AddStep onAdd={onAdd} />} flush className={styles.steps}>
      {steps.length === 0 ? (
        <div className={styles.first}>
          <p className="small soft">Steps change the pictures; the model stays as it is.</p>
          <Button onClick={onAddHair}>FluoHair on Hair</Button>
        </div>
      ) : (
        <StepStack
          steps={steps}
          modules={modules}
          misfits={misfits}
          selected={selected}
          onSelect={onSelect}
          onMove={move}
          onSwitch={(index, enabled) => {
            const next = steps.map((step, at) => (at === index ? { ...step, enabled } : step));
            change(
              { ...recipe, steps: next },
              `Switch ${titleAt(index)} ${enabled ? 'on' : 'off'}`,
              `switch ${index} ${String(enabled)}`,
            );
            onSelect(index);
          }}
          onRemove={(index) => {
            change(
              { ...recipe, steps: steps.filter((_, at) => at !== index) },
              `Remove ${titleAt(index)}`,
              `remove ${steps.length}`,
            );
            onSelect(Math.max(0, Math.min(index, steps.length - 2)));
          }}
        />
      )}
      {steps.length > 0 && (
        <p className={classes('small muted rule', styles.order)}>
          Applied from top to bottom. Drag, or <kbd>Alt ↑</kbd> <kbd>Alt ↓</kbd>, to reorder.
        </p>
      )}
      <HistoryList work={work.work} />
      <RecipeFile work={work} onOpen={onOpen} />
    </Panel>
  );
}

function RecipeFile({ work, onOpen }: { work: RecipeWork; onOpen: () => void }): JSX.Element {
  const { saved } = work.work;
  const changes = changesSinceSaved(work.work);
  const since = changes === 0 ? 'no changes since' : `${counted(changes ?? 0, 'change')} since`;
  return (
    <div className={styles.recipe}>
      <div className="row">
        <SmallInput
          aria-label="Name of the recipe"
          maxLength={100}
          value={work.recipe.name}
          onChange={(event) => {
            const name = event.currentTarget.value;
            if (name.trim() !== '') work.change({ ...work.recipe, name }, `Name “${name}”`, 'name');
          }}
        />
        <Button size="small" onClick={onOpen}>
          Open…
        </Button>
      </div>
      <Note tone="info" icon="file" className={styles.file}>
        {saved === null ? (
          'Not saved yet'
        ) : (
          <>
            <b title={saved.file}>{nameOf(saved.file)}</b>
            <br />
            saved {when(saved.at)}, {since}
          </>
        )}
      </Note>
    </div>
  );
}
