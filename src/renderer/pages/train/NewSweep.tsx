import type { JSX } from 'react';
import { setParams } from '../../address/address.ts';
import { api } from '../../api/api.ts';
import { pageWorks } from '../../api/useLong.ts';
import { Button } from '../../components/Button.tsx';
import { Note } from '../../components/marks.tsx';
import { PageHead } from '../../components/Panel.tsx';
import { useAction } from '../../components/useAction.ts';
import { useDraft } from '../../components/useDraft.ts';
import { useCommand } from '../../shell/shellContext.ts';
import { counted, nameOf } from '../../words.ts';
import { useDataFolder } from './NewRun.tsx';
import { emptyDraft, runDraftSchema } from './runDraft.ts';
import { RunForm } from './RunForm.tsx';
import { SettingsForm } from './SettingsForm.tsx';
import { definitionFrom, emptySweep, sweepCommandOf, sweepDraftSchema } from './sweepDraft.ts';
import { SweepAxes } from './SweepAxes.tsx';
import { SweepPreview } from './SweepPreview.tsx';
import { usePlan } from './usePlan.ts';
import styles from './train.module.css';

/** The form of several trainings that differ in a few settings: what varies, what that makes, and below it what all share. */
export function NewSweep(): JSX.Element {
  const [draft, change] = useDraft('run', runDraftSchema, emptyDraft);
  const [sweep, changeSweep] = useDraft('sweep', sweepDraftSchema, emptySweep);
  useDataFolder(undefined, draft, change);
  const asked = definitionFrom(draft, sweep);
  const definition = 'definition' in asked ? asked.definition : null;
  const plan = usePlan(definition);
  const cells = plan.planned?.cells.length;
  const start = useAction(async () => {
    if (definition === null) return;
    const about = { name: 'start a sweep', title: 'Starting the trainings', address: location.hash };
    const { folder } = await pageWorks.run(about, (signal) =>
      api.sweeps.start({ ...definition, ...nameIn(sweep) }, { signal }),
    );
    changeSweep({ name: '' });
    setParams({ view: 'sweep', sweep: nameOf(folder), measures: undefined });
  });
  useCommand(sweepCommandOf(draft, sweep));
  const isReady = definition !== null && plan.isNewest && cells !== undefined && !start.isBusy;
  return (
    <>
      <PageHead
        title="Train several"
        actions={
          <>
            <Button
              look="quiet"
              onClick={() => {
                setParams({ view: undefined });
              }}
            >
              Back to the runs
            </Button>
            <Button
              onClick={() => {
                setParams({ view: 'new' });
              }}
            >
              Train one…
            </Button>
            <Button look="primary" disabled={!isReady} onClick={start.run}>
              {cells === undefined ? 'Train' : `Train ${counted(cells, 'run')}`}
            </Button>
          </>
        }
      >
        <p>{'missing' in asked ? asked.missing : 'A run for each combination. They wait in the queue.'}</p>
      </PageHead>
      {start.error !== null && (
        <div className={styles.trouble}>
          <Note tone="bad">{start.error}</Note>
        </div>
      )}
      <div className={styles.newRun}>
        <SweepAxes draft={draft} sweep={sweep} change={changeSweep} />
        <SweepPreview draft={draft} plan={plan} />
        <RunForm draft={draft} change={change} />
        <SettingsForm draft={draft} change={change} />
      </div>
    </>
  );
}

function nameIn({ name }: { name: string }): { name?: string } {
  return name.trim() === '' ? {} : { name: name.trim() };
}
