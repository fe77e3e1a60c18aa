import { useState } from 'react';
import type { CSSProperties, JSX } from 'react';
import type { ChannelRankReport, ModuleFacts } from '../../../contract/channels.ts';
import { setParams } from '../../address/address.ts';
import { api, useLatest } from '../../api/api.ts';
import { sentenceOf } from '../../api/errors.ts';
import { Button } from '../../components/Button.tsx';
import { Segmented } from '../../components/controls.tsx';
import { Note } from '../../components/marks.tsx';
import { Picture } from '../../components/PictureGrid.tsx';
import { noPictures, picturesOf } from '../../components/pictures.ts';
import type { Pictures } from '../../components/pictures.ts';
import { Slider } from '../../components/Slider.tsx';
import { useAction } from '../../components/useAction.ts';
import { figure, nameOf } from '../../words.ts';
import { titleOf } from './channelFacts.ts';
import type { Maps, Ref } from './useChannelData.ts';
import { useChannelsAddress } from './useChannelsAddress.ts';

const fixed = [-1, 0, 0.5, 1, 1.5, 2];

export interface InspectorProps {
  model: Ref;
  influence: Maps | undefined;
  activations: Maps | undefined;
  modules: readonly ModuleFacts[];
  ranks: readonly ChannelRankReport[];
}

/** One channel, or all that are selected, scaled live on one face. */
export function Inspector({
  model,
  influence,
  activations,
  modules,
  ranks,
}: InspectorProps): JSX.Element | null {
  const { level, face, at, selected, factor, isSelectionSwept } = useChannelsAddress();
  const isMany = isSelectionSwept && selected.length > 0;
  const channels = isMany ? [...selected] : at === null ? [] : [at];
  const key = channels.length === 0 ? null : [model.run, model.step, level, face, channels.join(' ')];
  const sweep = useLatest(key && ['sweep', ...key], (signal) =>
    ask(model, { level, source: face, channels, factors: fixed }, signal),
  );
  const live = useLatest(key && ['sweep', ...key, factor], (signal) =>
    ask(model, { level, source: face, channels, factors: [factor] }, signal),
  );
  const save = useSaved(() => api.channels.saveScale({ ...model, level, channels, factor }));
  if (channels.length === 0) {
    return (
      <p className="small soft inspect">
        Choose a channel to see what it does to a face when it is scaled or switched off.
      </p>
    );
  }
  const one = channels[0]!;
  const times = `× ${figure(factor)}`;
  const change = live.data?.changes[0];
  const compared = live.data?.others?.[0];
  return (
    <div className="inspect">
      <div className="row">
        <h2>{isMany ? `${channels.length} selected channels` : `Channel ${one}`}</h2>
        <span className="muted small clip grow">
          {factsOf(isMany ? null : one, influence, modules, ranks)}
        </span>
        {selected.length > 1 && at !== null && (
          <Segmented
            small
            label="What is scaled"
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
      </div>
      <div className="sweep" style={{ '--cell': '64px' } as CSSProperties}>
        {isMany || (
          <>
            <Figure pictures={activations?.maps} index={one} name="Activation" />
            <Figure pictures={influence?.maps} index={one} name="Influence" />
          </>
        )}
        {fixed.map((value, index) => (
          <Figure
            key={value}
            pictures={value === factor ? live.data?.pictures : sweep.data?.pictures}
            index={value === factor ? 0 : index}
            name={`× ${figure(value)}`}
            isAt={value === factor}
            isStale={sweep.isPlaceholderData}
            onClick={() => {
              setParams({ factor: value });
            }}
          />
        ))}
      </div>
      <div className="live-row">
        <Figure pictures={live.data?.pictures} index={0} name={times} isAt isStale={live.isPlaceholderData} />
        <div className="grow stack">
          <Slider
            label={isMany ? 'Factor of the selected channels' : `Factor of channel ${one}`}
            value={factor}
            min={-1}
            max={2}
            step={0.05}
            resetTo={1}
            format={(value) => `× ${figure(value)}`}
            onChange={(value) => {
              setParams({ factor: Math.round(value * 100) / 100 });
            }}
          />
          <div className="row">
            <Button size="small" disabled={save.isBusy} onClick={save.run}>
              Save {times} as a recipe
            </Button>
            <Button
              size="small"
              look="quiet"
              onClick={() => {
                setParams({ factor: 1 });
              }}
            >
              Reset
            </Button>
            <span className="muted small grow num">
              {change !== undefined && `Changes ${percent(change)} of the range.`}
              {compared !== undefined && ` Other channels, mean: ${percent(compared)}.`}
            </span>
          </div>
          {save.saved !== null && (
            <Note tone="ok">Saved as {nameOf(save.saved)} among the run’s recipes.</Note>
          )}
          {save.error !== null && <Note tone="bad">{save.error}</Note>}
          {live.error !== null && <Note tone="bad">{sentenceOf(live.error)}</Note>}
        </div>
      </div>
    </div>
  );
}

type SweepInput = Parameters<typeof api.channels.sweep>[0];

async function ask(
  model: Ref,
  rest: Omit<SweepInput, 'run' | 'step'>,
  signal: AbortSignal,
): Promise<{ pictures: Pictures; changes: number[]; others: number[] | null }> {
  const { pictures, changes, others } = await api.channels.sweep({ ...rest, ...model }, { signal });
  return { pictures: await picturesOf(pictures), changes, others };
}

function percent(share: number): string {
  return `${figure(share * 100, 2)} %`;
}

function factsOf(
  channel: number | null,
  influence: Maps | undefined,
  modules: readonly ModuleFacts[],
  ranks: readonly ChannelRankReport[],
): string {
  if (channel === null) return '';
  const module = modules.find(({ channels }) => channels.includes(channel));
  const effect = influence?.strengths[channel];
  const rank = ranks.find((one) => one.channel === channel);
  const changes =
    effect === undefined ? '' : ` · another seed’s map changes ${percent(effect / 2)} of the range`;
  const painted = rank === undefined ? '' : `, ${Math.round(rank.share * 100)} % of it in the painted region`;
  return `${module === undefined ? 'In no module' : titleOf(module)}${changes}${painted}`;
}

interface FigureProps {
  pictures: Pictures | undefined;
  index: number;
  name: string;
  isAt?: boolean;
  isStale?: boolean;
  onClick?: () => void;
}

function Figure({
  pictures = noPictures,
  index,
  name,
  isAt = false,
  isStale = false,
  onClick,
}: FigureProps): JSX.Element {
  const picture = (
    <span className={`pixels${isAt ? ' on' : ''}${isStale ? ' stale' : ''}`}>
      <Picture pictures={pictures} index={index} label={name} />
    </span>
  );
  return (
    <figure className={isAt ? 'at' : ''}>
      {onClick === undefined ? (
        picture
      ) : (
        <button
          type="button"
          className="bare"
          aria-pressed={isAt}
          aria-label={`Scale by ${name}`}
          onClick={onClick}
        >
          {picture}
        </button>
      )}
      <figcaption>{name}</figcaption>
    </figure>
  );
}

function useSaved(work: () => Promise<{ file: string }>): {
  run: () => void;
  isBusy: boolean;
  error: string | null;
  saved: string | null;
} {
  const latest = useLatestSaved();
  const action = useAction(async () => {
    latest.set(null);
    latest.set((await work()).file);
  });
  return { run: action.run, isBusy: action.isBusy, error: action.error, saved: latest.value };
}

function useLatestSaved(): { value: string | null; set: (file: string | null) => void } {
  const [value, set] = useState<string | null>(null);
  return { value, set };
}
