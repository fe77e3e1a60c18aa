import type { JSX } from 'react';
import type { ModelSdr } from '../../../contract/analysis.ts';
import type { Long } from '../../api/useLong.ts';
import { LongLine } from '../../components/LongLine.tsx';
import { StateMark } from '../../components/marks.tsx';
import { Panel } from '../../components/Panel.tsx';
import type { Model } from '../../shell/useModel.ts';
import { count } from '../../words.ts';
import { CompareRuns } from './CompareRuns.tsx';
import {
  coursesOf,
  ofMetric,
  ofStretching,
  pairedGroups,
  useCompared,
  useMetrics,
  useStretching,
} from './useCourses.ts';
import { leastSeeds, sdrVerdicts, trainingVerdicts } from './verdicts.ts';
import type { Verdict } from './verdicts.ts';
import styles from './analyse.module.css';

const outcomes = {
  holds: { icon: 'check', tone: 'ok', word: 'holds' },
  fails: { icon: 'bad', tone: 'bad', word: 'does not hold' },
  open: { icon: 'help', tone: 'warn', word: 'cannot tell' },
} as const;

/** The paper's claims against the numbers of this model and of the runs that are compared. */
export function VerdictsTab({
  model,
  step,
  samples,
  spectra,
}: {
  model: Model;
  step: number;
  samples: number;
  spectra: Long<{ sdr: ModelSdr }>;
}): JSX.Element {
  const compared = useCompared(model);
  const long = useStretching(model, compared.runs, samples);
  const metrics = useMetrics(model, compared.runs);
  const groups = pairedGroups(model, compared.groups);
  const training = trainingVerdicts(
    {
      error: coursesOf(model, groups, ofStretching(long.data?.models, 'fine')),
      participation: coursesOf(model, groups, ofStretching(long.data?.models, 'fine', 'participationRatio')),
      reconstruction: coursesOf(model, groups, ofMetric(metrics, 'heldOutReconstruction')),
    },
    model.summary.run.model.kind,
  );
  const seeds = groups.reduce((sum, { runs }) => sum + runs.length, 0);
  return (
    <div className={styles.tab}>
      <Panel
        title="This model"
        fact={`${model.summary.id}, step ${count(step)}. One model: another seed may differ`}
        flush
      >
        {spectra.data === undefined ? (
          <div className={styles.pad}>
            <LongLine long={spectra} title="Measuring spectra" />
          </div>
        ) : (
          <List verdicts={sdrVerdicts(spectra.data.sdr)} />
        )}
      </Panel>
      <Panel
        title="Training"
        fact={`${seeds === 1 ? 'One run' : `${seeds} runs that differ in seed and spectral training alone`}; ${leastSeeds} seeds decide`}
        flush
      >
        {long.data === undefined ? (
          <div className={styles.pad}>
            <LongLine long={long} title="Stretching each checkpoint" />
          </div>
        ) : (
          <List verdicts={training} />
        )}
        <div className={styles.pad}>
          <CompareRuns model={model} compared={compared} />
        </div>
      </Panel>
    </div>
  );
}

function List({ verdicts }: { verdicts: readonly Verdict[] }): JSX.Element {
  return (
    <ul className={styles.claims}>
      {verdicts.map(({ claim, place, outcome, because, reference }) => {
        const { icon, tone, word } = outcomes[outcome];
        return (
          <li key={claim}>
            <StateMark icon={icon} tone={tone}>
              <b>{word}</b>
            </StateMark>
            <div>
              <b>{claim}</b>
              <p className="soft">{because}</p>
              {reference !== '' && <p className="small muted">{reference}</p>}
            </div>
            <span className="small muted">{place}</span>
          </li>
        );
      })}
    </ul>
  );
}
