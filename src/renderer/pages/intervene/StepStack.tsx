import { useEffect, useRef, useState } from 'react';
import type { JSX, KeyboardEvent } from 'react';
import type { FluoHairModule } from '../../../contract/intervene.ts';
import type { RecipeStep } from '../../../contract/recipe.ts';
import { Button } from '../../components/Button.tsx';
import { classes } from '../../components/classes.ts';
import { Icon } from '../../components/Icon.tsx';
import { stepLine, stepTitles } from './stepWords.ts';
import styles from './StepStack.module.css';

export interface StepStackProps {
  steps: readonly RecipeStep[];
  modules: readonly FluoHairModule[];
  /** Why a step cannot be done by this model; null where it can. */
  misfits: readonly (string | null)[];
  selected: number;
  onSelect: (index: number) => void;
  onSwitch: (index: number, enabled: boolean) => void;
  onMove: (from: number, to: number) => void;
  onRemove: (index: number) => void;
}

/** The steps of a recipe, from top to bottom. Dragged, or moved with Alt and an arrow; Delete removes one. */
export function StepStack(props: StepStackProps): JSX.Element {
  const { steps, modules, misfits, selected, onSelect, onSwitch, onMove, onRemove } = props;
  const list = useRef<HTMLOListElement>(null);
  const focusNext = useRef<number | null>(null);
  const [dragged, setDragged] = useState<number | null>(null);
  const [target, setTarget] = useState<number | null>(null);
  useEffect(() => {
    if (focusNext.current === null) return;
    list.current?.querySelectorAll<HTMLElement>('[data-step]')[focusNext.current]?.focus();
    focusNext.current = null;
  });
  const onKeyDown = (event: KeyboardEvent, index: number): void => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const to = by === undefined ? undefined : index + by;
    if (to !== undefined && to >= 0 && to < steps.length) {
      focusNext.current = to;
      if (event.altKey) onMove(index, to);
      else onSelect(to);
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      focusNext.current = Math.max(0, Math.min(index, steps.length - 2));
      onRemove(index);
    } else return;
    event.preventDefault();
  };
  const drop = (): void => {
    if (dragged !== null && target !== null && target !== dragged) onMove(dragged, target);
    setDragged(null);
    setTarget(null);
  };
  return (
    <ol ref={list} aria-label="Steps, applied from top to bottom">
      {steps.map((step, index) => {
        const misfit = misfits[index] ?? null;
        const isOn = step.enabled && misfit === null;
        const name = classes(
          styles.step,
          index === selected && styles.on,
          !isOn && styles.off,
          index === target && styles.target,
        );
        return (
          <li
            key={index}
            className={name}
            draggable
            onDragStart={(event) => {
              event.dataTransfer.effectAllowed = 'move';
              setDragged(index);
            }}
            onDragOver={(event) => {
              if (dragged === null) return;
              event.preventDefault();
              setTarget(index);
            }}
            onDrop={(event) => {
              event.preventDefault();
              drop();
            }}
            onDragEnd={() => {
              setDragged(null);
              setTarget(null);
            }}
          >
            <svg className={classes('icon', styles.grip)} viewBox="0 0 16 16" aria-hidden="true">
              <path d="M6 4h.1M10 4h.1M6 8h.1M10 8h.1M6 12h.1M10 12h.1" strokeWidth="2" />
            </svg>
            <button
              type="button"
              className={styles.main}
              data-step
              aria-current={index === selected ? 'step' : undefined}
              aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown Delete"
              onClick={() => {
                onSelect(index);
              }}
              onKeyDown={(event) => {
                onKeyDown(event, index);
              }}
            >
              <b>{stepTitles[step.kind]}</b>
              <span>{stepLine(step, modules)}</span>
            </button>
            <button
              type="button"
              role="switch"
              className={styles.switch}
              aria-checked={isOn}
              aria-label={`${stepTitles[step.kind]} on`}
              disabled={misfit !== null}
              onClick={() => {
                onSwitch(index, !step.enabled);
              }}
            />
            {misfit !== null && <span className={classes(styles.misfit, 'warn-text')}>{misfit}</span>}
            {index === selected && (
              <Button
                square
                size="small"
                look="quiet"
                className={styles.remove}
                aria-label={`Remove ${stepTitles[step.kind]}`}
                title="Remove  Delete"
                onClick={() => {
                  onRemove(index);
                }}
              >
                <Icon name="trash" />
              </Button>
            )}
          </li>
        );
      })}
    </ol>
  );
}
