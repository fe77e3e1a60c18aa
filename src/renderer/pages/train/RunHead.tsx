import { useCallback, useEffect, useState } from 'react';
import type { JSX } from 'react';
import { titleOf } from '../../../contract/runLabels.ts';
import { goTo, setParams } from '../../address/address.ts';
import { api } from '../../api/api.ts';
import { useQueue } from '../../api/queue.ts';
import { Button } from '../../components/Button.tsx';
import { ExportModel } from '../../components/ExportModel.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Note } from '../../components/marks.tsx';
import { PageHead } from '../../components/Panel.tsx';
import { placeInQueue, placeWords } from '../../components/queueWords.ts';
import { canPause, hasDiverged, isUnderWay, wayOn } from '../../components/runStates.ts';
import { useAction } from '../../components/useAction.ts';
import { isTyping } from '../../shell/isTyping.ts';
import { useHasPage } from '../../shell/shellContext.ts';
import type { Model } from '../../shell/useModel.ts';
import { count, dataWords, nameOf } from '../../words.ts';
import { ExtendDialog, StopDialog } from './RunDialogs.tsx';
import styles from './train.module.css';

/** Which run on which data, and all that can be done with it. */
export function RunHead({ model }: { model: Model }): JSX.Element {
  const { summary, ref } = model;
  const { state, bundled } = summary;
  const isImported = summary.run.model.kind === 'imported';
  const [open, setOpen] = useState<'stop' | 'extend' | null>(null);
  const isRunning = canPause(state);
  const way = wayOn(summary);
  const queue = useQueue().value;
  const queued = isUnderWay(state) ? undefined : placeInQueue(queue, summary.folder);
  const waits = queued !== undefined && !queued.entry.isHeld;
  const canGoOn = way === 'resume' && !waits;
  const toggle = useAction(() =>
    isRunning || waits ? api.studio.runs.pause({ run: ref }) : api.studio.runs.resume({ run: ref }),
  );
  const press = toggle.run;
  usePauseKey(isRunning || waits || canGoOn, press);
  const close = (): void => {
    setOpen(null);
  };
  return (
    <>
      <PageHead
        title="Train"
        actions={
          <>
            <ExportModel run={model.ref} step={model.step} summary={model.summary} />
            {!isImported && (
              <Button
                look="quiet"
                onClick={() => {
                  setParams({ view: 'new', from: ref });
                }}
              >
                Duplicate…
              </Button>
            )}
            {!bundled && !isImported && (
              <Button
                look="quiet"
                disabled={isUnderWay(state) || hasDiverged(summary)}
                onClick={() => {
                  setOpen('extend');
                }}
              >
                Extend…
              </Button>
            )}
            {isUnderWay(state) && (
              <Button
                onClick={() => {
                  setOpen('stop');
                }}
              >
                <Icon name="stop" />
                Stop…
              </Button>
            )}
            {waits && (
              <Button disabled={toggle.isBusy} onClick={press}>
                <Icon name="close" />
                Leave the queue <kbd>P</kbd>
              </Button>
            )}
            {(isRunning || canGoOn) && (
              <Button disabled={toggle.isBusy} onClick={press}>
                <Icon name={isRunning ? 'pause' : 'play'} />
                {isRunning ? 'Pause' : 'Resume'} <kbd>P</kbd>
              </Button>
            )}
            {state === 'pausing' && <Button disabled>Pausing after this step</Button>}
            <LookInside model={model} />
          </>
        }
      >
        <p>
          {isImported
            ? `${titleOf(summary)}, a generator that was trained elsewhere`
            : `${titleOf(summary)} on ${summary.bundled ? dataWords(summary.run.data) : nameOf(summary.run.data.folder)}`}
          {queued !== undefined && `. ${placeWords(queued)}.`}
        </p>
      </PageHead>
      {toggle.error !== null && (
        <div className={styles.trouble}>
          <Note tone="bad">{toggle.error}</Note>
        </div>
      )}
      <StopDialog model={model} isOpen={open === 'stop'} onClose={close} />
      <ExtendDialog model={model} isOpen={open === 'extend'} onClose={close} />
    </>
  );
}

/** The next thing once there is something to see; until its page is there, a new run is. */
function LookInside({ model }: { model: Model }): JSX.Element {
  const canLook = useHasPage('channels');
  if (!canLook || model.step === null) {
    return (
      <Button
        look="primary"
        onClick={() => {
          setParams({ view: 'new', from: undefined });
        }}
      >
        New run
      </Button>
    );
  }
  return (
    <>
      <Button
        onClick={() => {
          setParams({ view: 'new', from: undefined });
        }}
      >
        New run
      </Button>
      <Button
        look="primary"
        onClick={() => {
          goTo('channels', { run: model.ref });
        }}
      >
        Look inside step {count(model.step)}
      </Button>
    </>
  );
}

function usePauseKey(isActive: boolean, press: () => void): void {
  const onKey = useCallback(
    (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'p' || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isTyping(event.target) || document.querySelector('[role="dialog"]') !== null) return;
      press();
    },
    [press],
  );
  useEffect(() => {
    if (!isActive) return;
    window.addEventListener('keydown', onKey);
    return () => {
      window.removeEventListener('keydown', onKey);
    };
  }, [isActive, onKey]);
}
