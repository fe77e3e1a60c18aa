import './analyse.css';
import type { JSX } from 'react';
import { levels } from '../../../contract/levels.ts';
import { api } from '../../api/api.ts';
import { EmptyBox } from '../../components/marks.tsx';
import { PageHead, Panel } from '../../components/Panel.tsx';
import { useCommand } from '../../shell/shellContext.ts';
import { useModel } from '../../shell/useModel.ts';
import type { Model } from '../../shell/useModel.ts';
import { shellWord } from '../../words.ts';
import { LongLine } from '../channels/LongLine.tsx';
import { useLong } from '../channels/useLong.ts';
import { Histogram } from './Histogram.tsx';
import { PairsPanel } from './PairsPanel.tsx';
import { SaveFigures } from './SaveFigures.tsx';
import { conclusionOf } from './sdrFacts.ts';
import { StretchingPanel } from './StretchingPanel.tsx';
import { useAnalyseAddress } from './useAnalyseAddress.ts';

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

function Analysis({ model, step }: { model: Model; step: number }): JSX.Element {
  const { factor, axis, others, bin } = useAnalyseAddress();
  const ref = { run: model.ref, step };
  const long = useLong(['sdr', model.ref, step, samples], (signal) =>
    api.analysisLive.sdr({ ...ref, samples }, { signal }),
  );
  const runs = [model.ref, ...others.filter((run) => run !== model.ref)].map(shellWord).join(' ');
  useCommand(
    bin === null && others.length > 0
      ? `extrapolate analyse stretching ${runs} --factor ${factor} --axis ${axis} --samples ${samples}`
      : `extrapolate analyse sdr ${shellWord(model.ref)} --step ${step} --samples ${samples}`,
  );
  return (
    <>
      <PageHead title="Analyse" actions={<SaveFigures model={model} step={step} samples={samples} />}>
        <p>Spectra and extrapolation</p>
      </PageHead>
      <div className="analyse">
        <Panel title="SDR of filter and map" fact={`${samples} held-out pictures`} tools={<Keys />} flush>
          {long.data === undefined ? (
            <div className="pad">
              <LongLine long={long} title="Measuring spectra" />
            </div>
          ) : (
            <Levels sdr={long.data.sdr} />
          )}
        </Panel>
        <div className="analyse-right">
          <StretchingPanel model={model} samples={samples} />
          <PairsPanel model={ref} samples={samples} />
        </div>
      </div>
    </>
  );
}

function Levels({ sdr }: { sdr: Parameters<typeof conclusionOf>[0] }): JSX.Element {
  return (
    <>
      <div className="sdr-levels">
        {levels.map((level) => (
          <Histogram key={level} result={sdr} level={level} />
        ))}
      </div>
      <p className="small soft sdr-conclusion">{conclusionOf(sdr)}</p>
    </>
  );
}

function Keys(): JSX.Element {
  return (
    <span className="row sdr-keys">
      <span className="key">
        <svg viewBox="0 0 22 10" aria-hidden="true">
          <rect x="3" y="1" width="16" height="8" fill="var(--s1-fill)" stroke="var(--s1)" />
        </svg>
        decoder
      </span>
      <span className="key">
        <svg viewBox="0 0 22 10" aria-hidden="true">
          <path d="M1 9V3h10v3h10" fill="none" stroke="var(--s2)" strokeWidth="1.500" />
        </svg>
        encoder
      </span>
      <span className="key">
        <svg viewBox="0 0 22 10" aria-hidden="true">
          <rect width="22" height="10" fill="var(--sunken)" />
        </svg>
        0.75–1.25
      </span>
    </span>
  );
}
