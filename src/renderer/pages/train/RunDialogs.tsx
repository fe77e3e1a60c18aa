import { useState } from 'react';
import { titleOf } from '../../../contract/runLabels.ts';
import type { JSX } from 'react';
import { api } from '../../api/api.ts';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { Note } from '../../components/marks.tsx';
import { NumberField } from '../../components/NumberField.tsx';
import { goodNumber } from '../../components/numbers.ts';
import type { NumberEntry } from '../../components/numbers.ts';
import { useAction } from '../../components/useAction.ts';
import type { Model } from '../../shell/useModel.ts';
import { count } from '../../words.ts';
import { runRules } from './runDraft.ts';

interface DialogProps {
  model: Model;
  isOpen: boolean;
  onClose: () => void;
}

/** Stopping at once loses steps, so it says how many, and offers the pause that loses none. */
export function StopDialog({ model, isOpen, onClose }: DialogProps): JSX.Element {
  const { summary, ref } = model;
  const lost = Math.max(0, (summary.status?.step ?? 0) - (summary.safeStep ?? 0));
  const stop = useAction(() => api.studio.runs.stop({ run: ref }).then(onClose));
  const pause = useAction(() => api.studio.runs.pause({ run: ref }).then(onClose));
  const safe =
    summary.safeStep === null ? 'No step is saved yet' : `Step ${count(summary.safeStep)} is saved`;
  return (
    <Dialog
      title={`Stop ${titleOf(summary)}?`}
      isOpen={isOpen}
      onClose={onClose}
      actions={
        <>
          <Button look="danger" disabled={stop.isBusy} onClick={stop.run}>
            Stop at once
          </Button>
          <Button look="primary" disabled={pause.isBusy || summary.state === 'pausing'} onClick={pause.run}>
            Save and pause
          </Button>
        </>
      }
    >
      <p>
        {safe}. Stopped at once, {lost === 0 ? 'any steps' : `the ${count(lost)} steps or more`} after it are
        lost and will be trained again if the run is resumed. A pause takes as long as one step and a save,
        and loses nothing.
      </p>
      {(stop.error ?? pause.error) !== null && <Note tone="bad">{stop.error ?? pause.error}</Note>}
    </Dialog>
  );
}

export function ExtendDialog({ model, isOpen, onClose }: DialogProps): JSX.Element {
  const { summary, ref } = model;
  const [steps, setSteps] = useState<NumberEntry>(summary.run.steps);
  const more = goodNumber(steps, runRules.steps);
  const extend = useAction(() => api.studio.runs.extend({ run: ref, steps: more ?? 0 }).then(onClose));
  return (
    <Dialog
      title={`Extend ${titleOf(summary)}`}
      isOpen={isOpen}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" disabled={more === undefined || extend.isBusy} onClick={extend.run}>
            Train {more === undefined ? '' : count(more)} more {more === 1 ? 'step' : 'steps'}
          </Button>
        </>
      }
    >
      <div className="row">
        <span className="grow">Steps to add to the {count(summary.run.steps)} that were asked</span>
        <NumberField
          label="Steps to add"
          value={steps}
          onChange={setSteps}
          rule={runRules.steps}
          width={120}
        />
      </div>
      {extend.error !== null && <Note tone="bad">{extend.error}</Note>}
    </Dialog>
  );
}
