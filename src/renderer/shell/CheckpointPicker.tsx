import { Popover } from '@mantine/core';
import { useState } from 'react';
import type { JSX } from 'react';
import { Icon } from '../components/Icon.tsx';
import { MenuList } from '../components/MenuList.tsx';
import { popover } from '../components/popover.ts';
import { count } from '../words.ts';
import { chooseStep, moveStep } from './useModel.ts';
import type { Model } from './useModel.ts';
import styles from './CheckpointPicker.module.css';

const width = 124;

/** Arrows, a list, and a ruler with one tick a checkpoint. */
export function CheckpointPicker({ model }: { model: Model }): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  const { checkpoints, step } = model;
  const at = step === null ? -1 : checkpoints.indexOf(step);
  const isLast = at === checkpoints.length - 1;
  const isOver = model.summary.state === 'finished';
  return (
    <div className={styles.picker} role="group" aria-label="Checkpoint">
      <button
        type="button"
        aria-label="Earlier checkpoint"
        title="Earlier checkpoint  ["
        disabled={at <= 0}
        onClick={() => {
          moveStep(model, -1);
        }}
      >
        <Icon name="left" />
      </button>
      <Popover opened={isOpen} onChange={setOpen} position="bottom-start" {...popover}>
        <Popover.Target>
          <button
            type="button"
            aria-haspopup="listbox"
            aria-expanded={isOpen}
            disabled={step === null}
            onClick={() => {
              setOpen(!isOpen);
            }}
          >
            <span className={styles.label}>Step</span>
            <b>{step === null ? 'none yet' : count(step)}</b>
            {isLast && step !== null && <span className="muted small">{isOver ? 'last' : 'latest'}</span>}
          </button>
        </Popover.Target>
        <Popover.Dropdown>
          <MenuList role="listbox" label="Checkpoints">
            {[...checkpoints].reverse().map((one) => (
              <button
                key={one}
                type="button"
                role="option"
                aria-selected={one === step}
                onClick={() => {
                  chooseStep(model, one);
                  setOpen(false);
                }}
              >
                Step {count(one)}
              </button>
            ))}
          </MenuList>
        </Popover.Dropdown>
      </Popover>
      <span>
        <Ruler checkpoints={checkpoints} at={at} />
      </span>
      <button
        type="button"
        aria-label="Later checkpoint"
        title="Later checkpoint  ]"
        disabled={at < 0 || isLast}
        onClick={() => {
          moveStep(model, 1);
        }}
      >
        <Icon name="right" />
      </button>
    </div>
  );
}

function Ruler({ checkpoints, at }: { checkpoints: readonly number[]; at: number }): JSX.Element {
  const x = (index: number): number =>
    checkpoints.length < 2 ? width / 2 : 6 + (index / (checkpoints.length - 1)) * (width - 12);
  return (
    <svg width={width} height="16" viewBox={`0 0 ${width} 16`} aria-hidden="true">
      {checkpoints.map((step, index) => (
        <path key={step} d={`M${x(index)} ${index % 5 === 0 ? 3 : 6}V11`} stroke="var(--ink-3)" />
      ))}
      {at >= 0 && (
        <>
          <path d={`M${x(at)} 1v11`} stroke="var(--accent)" strokeWidth="2" />
          <path d={`M${x(at)} 11l-3.500 4h7z`} fill="var(--accent)" />
        </>
      )}
    </svg>
  );
}
