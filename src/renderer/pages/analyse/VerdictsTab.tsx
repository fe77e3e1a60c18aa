import type { JSX } from 'react';
import type { RunVerdict } from '../../../contract/analysis.ts';
import { leastSeeds } from '../../../contract/verdicts.ts';
import { titleOf } from '../../../contract/runLabels.ts';
import { api } from '../../api/api.ts';
import { useLong } from '../../api/useLong.ts';
import type { Long } from '../../api/useLong.ts';
import { LongLine } from '../../components/LongLine.tsx';
import { OutcomeMark } from '../../components/marks.tsx';
import { Panel } from '../../components/Panel.tsx';
import type { Model } from '../../shell/useModel.ts';
import { count } from '../../words.ts';
import { CompareRuns } from './CompareRuns.tsx';
import { useAnalyseAddress } from './useAnalyseAddress.ts';
import { mostRuns, useCompared } from './useCourses.ts';
import styles from './analyse.module.css';

/** The paper's claims against the numbers of this model and of the runs that are compared, as the engine decides them. */
export function VerdictsTab({
  model,
  step,
  samples,
}: {
  model: Model;
  step: number;
  samples: number;
}): JSX.Element {
  const { factor, axis } = useAnalyseAddress();
  const compared = useCompared(model);
  const runs = [model.ref, ...compared.runs.filter((run) => run !== model.ref)].slice(0, mostRuns);
  const spectra = useLong({
    title: `Verdicts on ${titleOf(model.summary)}`,
    key: ['model-verdicts', model.ref, step, samples],
    start: (signal) => api.analysis.modelVerdicts({ run: model.ref, step, samples }, { signal }),
  });
  const training = useLong({
    title: `Verdicts on the training of ${titleOf(model.summary)}`,
    key: ['training-verdicts', runs, factor, axis, samples, model.checkpoints.at(-1)],
    start: (signal) => api.analysis.trainingVerdicts({ runs, factor, axis, samples }, { signal }),
  });
  return (
    <div className={styles.tab}>
      <Panel
        title="This model"
        fact={`${titleOf(model.summary)}, step ${count(step)}. One model: another seed may differ`}
        flush
      >
        <Verdicts long={spectra} title="Measuring spectra" />
      </Panel>
      <Panel title="Training" fact={trainingFact(training.data?.runs.length)} flush>
        <Verdicts long={training} title="Stretching each checkpoint" />
        <div className={styles.pad}>
          <CompareRuns model={model} compared={compared} />
        </div>
      </Panel>
    </div>
  );
}

function trainingFact(runs: number | undefined): string {
  const decide = `${leastSeeds} seeds decide`;
  if (runs === undefined) return decide;
  return `${runs === 1 ? 'One run' : `${runs} runs that differ in seed and spectral training alone`}; ${decide}`;
}

function Verdicts({
  long,
  title,
}: {
  long: Long<{ verdicts: readonly RunVerdict[] }>;
  title: string;
}): JSX.Element {
  if (long.data === undefined) {
    return (
      <div className={styles.pad}>
        <LongLine long={long} title={title} />
      </div>
    );
  }
  return (
    <ul className={styles.claims}>
      {long.data.verdicts.map(({ claim, place, outcome, because, reference }) => (
        <li key={claim}>
          <OutcomeMark outcome={outcome} />
          <div>
            <b>{claim}</b>
            <p className="soft">{because}</p>
            {reference !== '' && <p className="small muted">{reference}</p>}
          </div>
          <span className="small muted">{place}</span>
        </li>
      ))}
    </ul>
  );
}
