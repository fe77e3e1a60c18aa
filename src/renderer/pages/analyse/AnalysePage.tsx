import type { JSX } from 'react';
import type { ModelSdr } from '../../../contract/analysis.ts';
import { commandOf } from '../../../commandLine/commandLine.ts';
import { sdrCommand, stretchingCommand } from '../../../commandLine/measuring.ts';
import { namesOfSides } from '../../../contract/hyperParameters.ts';
import { levels } from '../../../contract/levels.ts';
import { titleOf } from '../../../contract/runLabels.ts';
import { stepTo } from '../../address/address.ts';
import { api } from '../../api/api.ts';
import { useLong } from '../../api/useLong.ts';
import type { Long } from '../../api/useLong.ts';
import { ChartKey } from '../../components/ChartKey.tsx';
import { classes } from '../../components/classes.ts';
import { Segmented } from '../../components/controls.tsx';
import { LongLine } from '../../components/LongLine.tsx';
import { EmptyBox } from '../../components/marks.tsx';
import { PageHead, Panel } from '../../components/Panel.tsx';
import { SheetButton } from '../../components/SheetButton.tsx';
import { SaveMenu } from '../../components/SaveMenu.tsx';
import { Term } from '../../components/Term.tsx';
import { useCommand } from '../../shell/shellContext.ts';
import { useModel } from '../../shell/useModel.ts';
import type { Model } from '../../shell/useModel.ts';
import { CoursePanel } from './CoursePanel.tsx';
import { DifferencesTab } from './DifferencesTab.tsx';
import { Histogram } from './Histogram.tsx';
import { PairsPanel } from './PairsPanel.tsx';
import { SaveFigures } from './SaveFigures.tsx';
import { conclusionOf, hasEncoder, sourceWords } from './sdrFacts.ts';
import { tabs, useAnalyseAddress } from './useAnalyseAddress.ts';
import type { Tab } from './useAnalyseAddress.ts';
import { VerdictsTab } from './VerdictsTab.tsx';
import styles from './analyse.module.css';

/** As many as the command line takes when nothing is said. */
const samples = 256;

/** Spectra of filters and maps, and what stretching does, over the training. */
export default function AnalysePage(): JSX.Element {
  const model = useModel();
  if (model === null || model.step === null) {
    return (
      <>
        <PageHead title="Analyse" />
        <EmptyBox icon="wait" title="No trained model yet">
          Train a run, or wait for its first checkpoint; then its spectra can be measured here.
        </EmptyBox>
      </>
    );
  }
  return <Analysis model={model} step={model.step} />;
}

const tabNames: Record<Tab, string> = {
  spectra: 'Spectra and extrapolation',
  differences: 'Difference maps',
  verdicts: 'Verdicts',
};

function Analysis({ model, step }: { model: Model; step: number }): JSX.Element {
  const { tab } = useAnalyseAddress();
  const ref = { run: model.ref, step };
  const spectra = useLong({
    title: `Measuring spectra of ${titleOf(model.summary)}`,
    key: tab !== 'spectra' ? null : ['sdr', model.ref, step, samples],
    start: (signal) => api.analysis.sdr({ ...ref, samples }, { signal }),
  });
  useAnalyseCommand(model, step);
  return (
    <>
      <PageHead
        title="Analyse"
        actions={
          <>
            <SheetButton {...ref} recipe={null} seed={1} rows="factor" columns="checkpoint" />
            <SaveFigures model={model} step={step} samples={samples} />
          </>
        }
      >
        <Segmented
          label="What is analysed"
          value={tab}
          choices={tabs.map((value) => ({ value, label: tabNames[value] }))}
          onChange={(value) => {
            stepTo({ tab: value === 'spectra' ? undefined : value });
          }}
        />
      </PageHead>
      {tab === 'spectra' && <Spectra model={model} step={step} spectra={spectra} />}
      {tab === 'differences' && <DifferencesTab model={model} step={step} samples={samples} />}
      {tab === 'verdicts' && <VerdictsTab model={model} step={step} samples={samples} />}
    </>
  );
}

/** The command that writes what is on the screen. */
function useAnalyseCommand(model: Model, step: number): void {
  const { tab, bin, others, factor, axis } = useAnalyseAddress();
  const runs = [model.ref, ...others.filter((run) => run !== model.ref)];
  const isStretching = tab !== 'spectra' || (bin === null && others.length > 0);
  useCommand(
    isStretching
      ? commandOf(stretchingCommand, { runs, factor, axis, samples }, ['factor', 'axis', 'samples'])
      : commandOf(sdrCommand, { runs: [model.ref], step, samples }, ['samples']),
  );
}

function Spectra({
  model,
  step,
  spectra,
}: {
  model: Model;
  step: number;
  spectra: Long<{ sdr: ModelSdr }>;
}): JSX.Element {
  const ref = { run: model.ref, step };
  const names = namesOfSides(model.summary.run.model.kind);
  const sdr = spectra.data?.sdr;
  const { bin } = useAnalyseAddress();
  const course = <CoursePanel key="course" model={model} samples={samples} />;
  // What a click on a bar asked for comes first, where it is seen.
  const pairs = <PairsPanel key="pairs" model={ref} samples={samples} names={names} />;
  return (
    <div className={styles.columns}>
      <Panel
        title={
          <>
            <Term name="sdr" /> of filter and map
          </>
        }
        {...(sdr !== undefined && { fact: sourceWords(sdr) })}
        tools={
          <>
            <Keys names={names} isTwoSided={sdr === undefined || hasEncoder(sdr)} />
            {sdr !== undefined && (
              <SaveMenu
                what="the histograms"
                name={`${model.summary.id}-sdr-${step}`}
                files={() => api.analysis.histogramFiles({ ...ref, samples })}
              />
            )}
          </>
        }
        flush
      >
        {sdr === undefined ? (
          <div className={styles.pad}>
            <LongLine long={spectra} title="Measuring spectra" />
          </div>
        ) : (
          <Levels sdr={sdr} />
        )}
      </Panel>
      <div className={styles.right}>{bin === null ? [course, pairs] : [pairs, course]}</div>
    </div>
  );
}

function Levels({ sdr }: { sdr: ModelSdr }): JSX.Element {
  const measured = levels.filter((level) => sdr.levels.some((each) => each.level === level));
  return (
    <>
      <div className={styles.levels}>
        {measured.map((level) => (
          <Histogram key={level} result={sdr} level={level} />
        ))}
      </div>
      <p className={classes('small', 'soft', styles.conclusion)}>
        {conclusionOf(sdr)} {sdr.source.missing}
      </p>
      <p className={classes('small', 'soft', styles.conclusion)}>
        Controls: <Term name="randomFilters" />, <Term name="crossedPairs" />, <Term name="untrained" />.
      </p>
    </>
  );
}

function Keys({
  names,
  isTwoSided,
}: {
  names: { decoder: string; encoder: string };
  isTwoSided: boolean;
}): JSX.Element {
  return (
    <span className={classes('row', styles.keys)}>
      <ChartKey>
        <svg viewBox="0 0 22 10" aria-hidden="true">
          <rect x="3" y="1" width="16" height="8" fill="var(--s1-fill)" stroke="var(--s1)" />
        </svg>
        {names.decoder}
      </ChartKey>
      {isTwoSided && (
        <ChartKey>
          <svg viewBox="0 0 22 10" aria-hidden="true">
            <path d="M1 9V3h10v3h10" fill="none" stroke="var(--s2)" strokeWidth="1.500" />
          </svg>
          {names.encoder}
        </ChartKey>
      )}
      <ChartKey>
        <svg viewBox="0 0 22 10" aria-hidden="true">
          <rect width="22" height="10" fill="var(--sunken)" />
        </svg>
        <Term name="nearOne">0.75–1.25</Term>
      </ChartKey>
    </span>
  );
}
