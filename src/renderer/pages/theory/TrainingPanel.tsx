import type { JSX } from 'react';
import { setParams } from '../../address/address.ts';
import { Segmented } from '../../components/controls.tsx';
import { Panel } from '../../components/Panel.tsx';
import { DriftView } from './DriftView.tsx';
import { PathsView } from './PathsView.tsx';
import { useTheoryAddress } from './useTheoryAddress.ts';

/** Figure 3: in the plane of two numbers, or in the Fourier coefficients of the eye generator. */
export function TrainingPanel(): JSX.Element {
  const { view } = useTheoryAddress();
  return (
    <Panel
      title="Where training ends"
      fact={view === 'paths' ? 'Model 2, Fig. 3a' : 'Model 1, Fig. 3b'}
      tools={
        <Segmented
          small
          label="Figure"
          value={view}
          choices={[
            { value: 'paths', label: 'Paths' },
            { value: 'drift', label: 'Drift' },
          ]}
          onChange={(next) => {
            setParams({ view: next === 'paths' ? undefined : next });
          }}
        />
      }
    >
      {view === 'paths' ? <PathsView /> : <DriftView />}
    </Panel>
  );
}
