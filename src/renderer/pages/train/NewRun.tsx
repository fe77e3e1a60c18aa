import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { JSX } from 'react';
import type { Job } from '../../../contract/studio.ts';
import { goTo, setParams, useAddress } from '../../address/address.ts';
import { api, useAbout } from '../../api/api.ts';
import { sentenceOf } from '../../api/errors.ts';
import { useQueue } from '../../api/queue.ts';
import { useJobs, useRuns } from '../../api/runs.ts';
import { Button } from '../../components/Button.tsx';
import { JobLine } from '../../components/JobLine.tsx';
import { Note } from '../../components/marks.tsx';
import { goodNumber } from '../../components/numbers.ts';
import { willWait } from '../../components/queueWords.ts';
import { PageHead } from '../../components/Panel.tsx';
import { useAction } from '../../components/useAction.ts';
import { useDraft } from '../../components/useDraft.ts';
import { useCommand } from '../../shell/shellContext.ts';
import { counted, duration, figure } from '../../words.ts';
import { commandOf, draftFrom, emptyDraft, requestFrom, runDraftSchema, runRules } from './runDraft.ts';
import type { RunDraft } from './runDraft.ts';
import { RunForm } from './RunForm.tsx';
import { SettingsForm } from './SettingsForm.tsx';
import { useTrainAddress } from './useTrainAddress.ts';
import styles from './train.module.css';

/** The form of a new run, in place of the charts. */
export function NewRun(): JSX.Element {
  const { params } = useAddress();
  const [draft, change] = useDraft('run', runDraftSchema, emptyDraft);
  const loading = useStartingPoint(params['from'], change);
  useDataFolder(params['data'], draft, change);
  const job = useStartedJob();
  const asked = requestFrom(draft);
  const start = useAction(async () => {
    if (!('request' in asked)) return;
    const started = await api.studio.runs.start(asked.request);
    setParams({ view: 'new', job: started.job });
  });
  const steps = goodNumber(draft.steps, runRules.steps);
  const wait = useWait(draft);
  const verb = wait === null ? 'Train' : 'Queue';
  const isPreparing = job?.state === 'running';
  const isReady = 'request' in asked && !start.isBusy && !isPreparing;
  useCommand(commandOf(draft));
  return (
    <>
      <PageHead
        title="New run"
        actions={
          <>
            <Button
              look="quiet"
              onClick={() => {
                setParams({ view: undefined, from: undefined, job: undefined });
              }}
            >
              Back to the runs
            </Button>
            <Button
              onClick={() => {
                setParams({ view: 'several', job: undefined });
              }}
            >
              Train several…
            </Button>
            <Button look="primary" disabled={!isReady} onClick={start.run}>
              {steps === undefined ? verb : `${verb} ${counted(steps, 'step')}`}
            </Button>
          </>
        }
      >
        <p>
          {'missing' in asked ? asked.missing : <Estimate draft={draft} steps={steps} />}
          {wait !== null && ` ${wait}`}
        </p>
      </PageHead>
      {loading !== null && <Note tone="bad">{loading}</Note>}
      {start.error !== null && (
        <div className={styles.trouble}>
          <Note tone="bad">{start.error}</Note>
        </div>
      )}
      {job !== undefined && (
        <div className={styles.trouble}>
          <JobLine job={job} />
        </div>
      )}
      <div className={styles.newRun}>
        <RunForm draft={draft} change={change} />
        <SettingsForm draft={draft} change={change} />
      </div>
    </>
  );
}

/** Why the run would not begin at once; null where it would. */
function useWait(draft: RunDraft): string | null {
  const queue = useQueue().value;
  const cores = useAbout()?.cores;
  const threads = goodNumber(draft.threads, runRules.threads) ?? cores;
  return threads === undefined ? null : willWait(queue, threads);
}

/** Fills the form with the settings of the run that is duplicated, once. */
export function useStartingPoint(
  from: string | undefined,
  change: (part: Partial<RunDraft>) => void,
): string | null {
  const asked = useQuery({
    queryKey: ['duplicate', from],
    queryFn: ({ signal }) => api.studio.runs.duplicate({ run: from ?? '' }, { signal }),
    enabled: from !== undefined,
    gcTime: 0,
  });
  const request = asked.data;
  useEffect(() => {
    if (request === undefined) return;
    const draft = draftFrom(request);
    change({ ...draft, seed: typeof draft.seed === 'number' ? draft.seed + 1 : 0 });
    setParams({ from: undefined });
  }, [request, change]);
  return asked.error === null ? null : sentenceOf(asked.error);
}

/** Takes the folder of the Data page; where there is none, that of the newest run, until one is typed. */
export function useDataFolder(
  data: string | undefined,
  draft: RunDraft,
  change: (part: Partial<RunDraft>) => void,
): void {
  const newest = useRuns().value?.runs.find((run) => !run.bundled)?.run.data.folder;
  const isUntouched = useRef(draft.data === '');
  useEffect(() => {
    if (data !== undefined) change({ data });
    else if (newest !== undefined && isUntouched.current) change({ data: newest });
    // A field that a person has emptied stays empty.
    if (data !== undefined || newest !== undefined) isUntouched.current = false;
  }, [data, newest, change]);
}

/** The job that prepares the run; when it has ended well, the run is shown. */
function useStartedJob(): Job | undefined {
  const { job: id } = useTrainAddress();
  const job = useJobs().value?.find((one) => one.id === id);
  const run = job?.result?.kind === 'run' ? job.result.run : undefined;
  useEffect(() => {
    if (run !== undefined)
      goTo('train', { run, step: undefined, view: undefined, job: undefined, from: undefined });
  }, [run]);
  return job;
}

/** How long it may take, from what a run of the same model and preset did on this machine. */
function Estimate({ draft, steps }: { draft: RunDraft; steps: number | undefined }): JSX.Element {
  const runs = useRuns().value?.runs ?? [];
  const like = runs.find(
    ({ run, status }) =>
      run.model.kind === draft.model &&
      run.model.preset === draft.preset &&
      (status?.stepsPerSecond ?? 0) > 0,
  );
  const rate = like?.status?.stepsPerSecond;
  if (like === undefined || rate === undefined || steps === undefined)
    return <>Your images are never changed.</>;
  return (
    <>
      About {duration(steps / rate)} at the {figure(rate, 2)} steps/s of {like.id}.
    </>
  );
}
