import { useState } from 'react';
import type { JSX } from 'react';
import { commandOf } from '../../../commandLine/commandLine.ts';
import { reproduceCommand } from '../../../commandLine/measuring.ts';
import { setParams, useAddress } from '../../address/address.ts';
import { api, useAbout } from '../../api/api.ts';
import { Button } from '../../components/Button.tsx';
import { classes } from '../../components/classes.ts';
import { Segmented, SelectField } from '../../components/controls.tsx';
import { EmptyBox, Note } from '../../components/marks.tsx';
import { complaintIn, complaintOf } from '../../components/numbers.ts';
import { PageHead } from '../../components/Panel.tsx';
import { useAction } from '../../components/useAction.ts';
import { useCommand } from '../../shell/shellContext.ts';
import { nameOf } from '../../words.ts';
import { isUnderWay, requestOf, seedsRule, shortNames } from './experimentWords.ts';
import type { Asked } from './experimentWords.ts';
import { FolderList } from './FolderList.tsx';
import { ProgressPanel } from './ProgressPanel.tsx';
import { ResultView } from './ResultView.tsx';
import { StartPanel } from './StartPanel.tsx';
import { useExperiments, useResults } from './useExperiments.ts';
import type { Experiments } from './useExperiments.ts';
import styles from './experiments.module.css';

/** The paper's deep experiments, and ours beyond it: started, followed, and what they found. */
export default function ExperimentsPage(): JSX.Element {
  const experiments = useExperiments();
  const { out, followed, error } = experiments;
  const [draft, setDraft] = useState<Partial<Asked>>({});
  const asked: Asked = {
    what: 'fig5',
    scale: followed?.state?.scale ?? 'compact',
    data: '',
    hairMasks: '',
    seeds: '',
    ...draft,
    out: out ?? '',
  };
  const start = useAction(async () => {
    await api.experiments.start(requestOf(asked));
    setParams({ out: asked.out });
    experiments.refresh();
  });
  useCommand(asked.out === '' ? null : commandOf(reproduceCommand, requestOf(asked), ['scale', 'out']));
  const isBusy = followed === undefined || isUnderWay(followed.phase) || start.isBusy;
  const wrongSeeds = complaintOf(asked.seeds, seedsRule);
  const goesOn = followed?.phase === 'stopped';
  return (
    <>
      <PageHead
        title="Experiments"
        actions={
          <Button
            look="primary"
            disabled={isBusy || asked.out === '' || wrongSeeds !== undefined}
            onClick={start.run}
          >
            {goesOn ? 'Continue' : 'Start'}
          </Button>
        }
      >
        <p>
          {wrongSeeds === undefined
            ? 'Figures, numbers and a verdict for each claim of the paper'
            : complaintIn('Seeds', wrongSeeds)}
        </p>
      </PageHead>
      {start.error !== null && <Note tone="bad">{start.error}</Note>}
      {error !== null && <Note tone="bad">{error}</Note>}
      <div className={styles.page}>
        <div className={styles.column}>
          <StartPanel
            asked={asked}
            change={({ out: folder, ...part }) => {
              setDraft((before) => ({ ...before, ...part }));
              if (folder !== undefined) setParams({ out: folder, shown: undefined });
            }}
          />
          <FolderList listed={experiments.listed} current={out} />
        </div>
        <div className={styles.column}>
          {followed !== undefined && <ProgressPanel followed={followed} refresh={experiments.refresh} />}
          <Results experiments={experiments} />
        </div>
      </div>
    </>
  );
}

function Results({ experiments }: { experiments: Experiments }): JSX.Element | null {
  const { out, followed, results, listed } = experiments;
  const { params } = useAddress();
  const separator = useAbout()?.separator ?? '/';
  const otherFolder = listed.some(({ folder }) => folder === params['other']) ? params['other'] : undefined;
  const otherResults = useResults(otherFolder, otherFolder === undefined ? undefined : 'other');
  const result = results.find(({ experiment }) => experiment === params['shown']) ?? results[0];
  if (out === undefined || followed === undefined) return null;
  if (result === undefined) {
    if (followed.resultsKey !== '') return <div data-waiting />;
    return (
      <EmptyBox icon="wait" title={isUnderWay(followed.phase) ? 'No result yet' : 'No experiments here yet'}>
        {isUnderWay(followed.phase)
          ? 'Figures and verdicts appear here once the first experiment is done.'
          : 'Choose an experiment and a scale, and press Start. Figures, numbers and verdicts will appear here.'}
      </EmptyBox>
    );
  }
  const others = listed.filter(({ folder, made }) => folder !== out && made.includes(result.experiment));
  return (
    <>
      <div className={classes('row', styles.wrap)}>
        <Segmented
          wraps
          label="Experiment that is shown"
          value={result.experiment}
          choices={results.map(({ experiment }) => ({ value: experiment, label: shortNames[experiment] }))}
          onChange={(shown) => {
            setParams({ shown });
          }}
        />
        {others.length > 0 && (
          <SelectField
            label="Compare with"
            value={otherFolder ?? ''}
            choices={[
              { value: '', label: 'Compare with…' },
              ...others.map(({ folder }) => ({ value: folder, label: nameOf(folder) })),
            ]}
            onChange={(other) => {
              setParams({ other: other === '' ? undefined : other });
            }}
            width={220}
          />
        )}
      </div>
      <h2 className={styles.resultTitle}>{result.title}</h2>
      <ResultView
        {...{ out, separator, result }}
        version={followed.resultsKey}
        other={
          otherFolder === undefined
            ? null
            : {
                name: nameOf(otherFolder),
                result: otherResults.data?.find(({ experiment }) => experiment === result.experiment),
              }
        }
      />
    </>
  );
}
