import type { JSX } from 'react';
import type { ChannelRankReport } from '../../../contract/channels.ts';
import { isByChance } from '../../../contract/modules.ts';
import { setParams } from '../../address/address.ts';
import { classes } from '../../components/classes.ts';
import { Segmented } from '../../components/controls.tsx';
import { moduleTitle } from '../../components/moduleNames.ts';
import type { Ref } from '../../shell/useModel.ts';
import { percent } from './channelFacts.ts';
import { ScaleRows } from './ScaleRows.tsx';
import { HybridRows } from './HybridRows.tsx';
import { TopFaces } from './TopFaces.tsx';
import type { Maps } from './useChannelData.ts';
import { useChannelsAddress } from './useChannelsAddress.ts';
import type { NamedModule } from './useNames.ts';
import styles from './Inspector.module.css';

export interface InspectorProps {
  model: Ref;
  influence: Maps | undefined;
  activations: Maps | undefined;
  modules: readonly NamedModule[];
  ranks: readonly ChannelRankReport[];
  /** Why no pictures of the data can be looked through; null where they can. */
  refusal: string | null;
}

/** One channel, or all that are selected, scaled or taken from other seeds, live on one face. */
export function Inspector(props: InspectorProps): JSX.Element {
  const { model, influence, activations, modules, ranks, refusal } = props;
  const { at, selected, act, isSelectionSwept } = useChannelsAddress();
  // Faces are ranked by one channel: of a selection by the one that is looked at, or its first.
  const isMany = isSelectionSwept && selected.length > 0 && act !== 'top';
  const single = at ?? (act === 'top' ? selected[0] : undefined);
  const channels = isMany ? selected : single === undefined ? [] : [single];
  const one = channels[0];
  if (one === undefined) {
    return (
      <p className={classes('small soft', styles.inspector)}>
        Choose a channel to see what it does to a face when it is scaled, switched off, or taken from another
        seed.
      </p>
    );
  }
  return (
    <div className={styles.inspector}>
      <div className="row">
        <h2>{isMany ? `${channels.length} selected channels` : `Channel ${one}`}</h2>
        <span
          className="muted small clip grow"
          title="How much pictures change, on average, with another seed’s map in its place"
        >
          {isMany ? nameOfSelection(channels, modules) : factsOf(one, influence, modules, ranks)}
        </span>
        {selected.length > 1 && at !== null && act !== 'top' && (
          <Segmented
            small
            label="Which channels"
            value={isMany ? 'selected' : 'one'}
            choices={[
              { value: 'one', label: `${at}` },
              { value: 'selected', label: `${selected.length} selected` },
            ]}
            onChange={(value) => {
              setParams({ sweep: value === 'selected' ? value : undefined });
            }}
          />
        )}
        <Segmented
          small
          label="What is done"
          value={act}
          choices={[
            { value: 'scale', label: 'Scale' },
            { value: 'hybridise', label: 'Swap from a seed' },
            { value: 'top', label: 'Strongest faces' },
          ]}
          onChange={(value) => {
            setParams({ act: value === 'scale' ? undefined : value });
          }}
        />
      </div>
      {act === 'scale' && <ScaleRows {...{ model, channels, influence, activations }} />}
      {act === 'hybridise' && <HybridRows model={model} channels={channels} />}
      {act === 'top' && <TopFaces model={model} channel={one} refusal={refusal} />}
    </div>
  );
}

/** The module that is selected as a whole; nothing for any other selection. */
function nameOfSelection(channels: readonly number[], modules: readonly NamedModule[]): string {
  const whole = modules.find(
    (module) =>
      module.channels.length === channels.length && module.channels.every((one) => channels.includes(one)),
  );
  if (whole === undefined) return '';
  const living = modules.reduce((sum, module) => sum + module.channels.length, 0);
  return isByChance(whole, living)
    ? `${moduleTitle(whole)}, below chance: no steadier than random channels`
    : moduleTitle(whole);
}

function factsOf(
  channel: number,
  influence: Maps | undefined,
  modules: readonly NamedModule[],
  ranks: readonly ChannelRankReport[],
): string {
  const module = modules.find(({ channels }) => channels.includes(channel));
  const effect = influence?.strengths[channel];
  const rank = ranks.find((one) => one.channel === channel);
  const changes = effect === undefined ? '' : ` · changes ${percent(effect / 2)} of the range`;
  const painted = rank === undefined ? '' : `, ${Math.round(rank.share * 100)} % of it in the painted region`;
  return `${module === undefined ? 'In no module' : moduleTitle(module)}${changes}${painted}`;
}
