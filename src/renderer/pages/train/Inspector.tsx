import type { JSX } from 'react';
import type { RunLabels } from '../../../contract/runLabels.ts';
import type { RunSummary } from '../../../contract/studio.ts';
import { setParams } from '../../address/address.ts';
import { Segmented } from '../../components/controls.tsx';
import { Panel } from '../../components/Panel.tsx';
import type { Model } from '../../shell/useModel.ts';
import { Labels } from './Labels.tsx';
import { LogView } from './LogView.tsx';
import { Samples } from './Samples.tsx';
import { Settings } from './Settings.tsx';
import { useTrainAddress } from './useTrainAddress.ts';
import styles from './train.module.css';

/** Beside the charts: what the runs draw, what was asked of them, what people wrote, and what the trainer says. */
export function Inspector({
  model,
  labels,
  others,
  samples,
}: {
  model: Model;
  /** As they are now. */
  labels: RunLabels;
  /** The overlaid runs, in the order of their colours. */
  others: readonly RunSummary[];
  /** Steps of this run that have samples. */
  samples: readonly number[];
}): JSX.Element {
  const { side } = useTrainAddress();
  return (
    <Panel label="About the runs" className={styles.inspector} bodyClassName={styles.inspectorBody}>
      <div className={styles.sides}>
        <Segmented
          small
          label="Beside the charts"
          value={side}
          choices={[
            { value: 'samples', label: 'Samples' },
            { value: 'settings', label: 'Settings' },
            { value: 'notes', label: 'Notes' },
            { value: 'log', label: 'Log' },
          ]}
          onChange={(value) => {
            setParams({ side: value === 'samples' ? undefined : value });
          }}
        />
      </div>
      {side === 'samples' && <Samples model={model} others={others} steps={samples} />}
      {side === 'settings' && <Settings runs={[model.summary, ...others]} />}
      {side === 'notes' && (
        <Labels key={model.summary.folder} run={model.summary} labels={labels} runRef={model.ref} />
      )}
      {side === 'log' && <LogView runRef={model.ref} run={model.summary} />}
    </Panel>
  );
}
