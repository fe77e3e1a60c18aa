import { Popover } from '@mantine/core';
import { useState } from 'react';
import type { JSX } from 'react';
import { modelNames } from '../../contract/hyperParameters.ts';
import { titleOf } from '../../contract/runLabels.ts';
import type { RunSummary } from '../../contract/studio.ts';
import { useQueue } from '../api/queue.ts';
import { useRuns } from '../api/runs.ts';
import { Icon } from '../components/Icon.tsx';
import { RunMark } from '../components/marks.tsx';
import { placeInQueue } from '../components/queueWords.ts';
import { MenuList } from '../components/MenuList.tsx';
import { popover } from '../components/popover.ts';
import { dataWords } from '../words.ts';
import { CheckpointPicker } from './CheckpointPicker.tsx';
import { chooseRun, refOf, useModel } from './useModel.ts';
import styles from './TopBar.module.css';

/** The run, its checkpoint and its data, on every page. */
export function TopBar({ onFind }: { onFind: () => void }): JSX.Element {
  const model = useModel();
  return (
    <header className={styles.bar}>
      <RunPicker chosen={model?.summary} />
      {model !== null && <CheckpointPicker model={model} />}
      {model !== null && (
        <span className="small soft row" title={model.summary.run.data.folder}>
          <svg className="icon" viewBox="0 0 20 20" aria-hidden="true">
            <rect x="3" y="6.500" width="11" height="10" rx="1.500" />
            <path d="M6 6.500V5a1.500 1.500 0 0 1 1.500-1.500H15.500A1.500 1.500 0 0 1 17 5v7a1.500 1.500 0 0 1-1.500 1.500H14M3.500 14.500l3-3 2.500 2.500 1.500-1.500 3 3" />
          </svg>
          <span className="clip">{dataWords(model.summary.run.data)}</span>
        </span>
      )}
      <span className="grow" />
      <button type="button" className={styles.find} onClick={onFind}>
        <Icon name="find" />
        <span className="small">Find or do</span>
        <kbd>Ctrl K</kbd>
      </button>
    </header>
  );
}

export function describeModel(run: RunSummary): string {
  const { model, spectral } = run.run;
  if (model.kind === 'imported') return modelNames.imported;
  return `${modelNames[model.kind]}, ${model.preset} preset${spectral === null ? '' : ', spectral'}`;
}

function RunPicker({ chosen }: { chosen: RunSummary | undefined }): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  const runs = useRuns().value?.runs ?? [];
  const queue = useQueue().value;
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-start" {...popover}>
      <Popover.Target>
        <button
          type="button"
          className={styles.pick}
          aria-haspopup="listbox"
          aria-expanded={isOpen}
          aria-label={chosen === undefined ? 'Run: none yet' : `Run: ${titleOf(chosen)}`}
          onClick={() => {
            setOpen(!isOpen);
          }}
        >
          <span className={styles.label}>Run</span>
          <b title={chosen?.id}>{chosen === undefined ? 'none yet' : titleOf(chosen)}</b>
          {chosen !== undefined && <span className="muted small clip">{describeModel(chosen)}</span>}
          <Icon name="down" />
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <MenuList
          role="listbox"
          label="Runs"
          nothing={runs.length === 0 ? 'Runs appear here once one is trained.' : undefined}
        >
          {runs
            .filter((run) => !run.labels.archived || run.folder === chosen?.folder)
            .map((run) => (
              <button
                key={run.folder}
                type="button"
                role="option"
                aria-selected={run.folder === chosen?.folder}
                onClick={() => {
                  chooseRun(refOf(run));
                  setOpen(false);
                }}
              >
                <b className="grow clip">{titleOf(run)}</b>
                <span className="muted">{run.bundled ? 'comes with the Studio' : describeModel(run)}</span>
                <RunMark state={run.state} queued={placeInQueue(queue, run.folder)} />
              </button>
            ))}
        </MenuList>
      </Popover.Dropdown>
    </Popover>
  );
}
