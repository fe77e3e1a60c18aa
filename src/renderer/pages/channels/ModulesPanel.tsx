import type { CSSProperties, JSX } from 'react';
import type { ModuleFacts, ModulesOverview } from '../../../contract/channels.ts';
import { setParams } from '../../address/address.ts';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Meter } from '../../components/marks.tsx';
import { Panel } from '../../components/Panel.tsx';
import { Picture } from '../../components/PictureGrid.tsx';
import type { Pictures } from '../../components/pictures.ts';
import { counted } from '../../words.ts';
import { candidateOf, colourOf, firstRegion, stabilityByChance, titleOf } from './channelFacts.ts';
import { LongLine } from './LongLine.tsx';
import { StabilityChart } from './StabilityChart.tsx';
import type { Long } from './useLong.ts';
import { select, useChannelsAddress } from './useChannelsAddress.ts';

export interface ModulesPanelProps {
  long: Long<ModulesOverview>;
  regions: Pictures | null;
}

/** The groups of channels that were found, how far halves of the data agree on them, and how many there are. */
export function ModulesPanel({ long, regions }: ModulesPanelProps): JSX.Element {
  const overview = long.data;
  return (
    <Panel
      title="Modules"
      className="modules"
      flush
      {...(overview !== undefined && {
        fact: `${overview.pairs} pairs`,
        tools: <CountPicker overview={overview} />,
      })}
    >
      {overview === undefined ? (
        <div className="pad">
          <LongLine
            long={long}
            title={long.progress?.phase === 'modules' ? 'Grouping channels' : 'Measuring each channel'}
          />
        </div>
      ) : (
        <Found overview={overview} regions={regions} />
      )}
    </Panel>
  );
}

function CountPicker({ overview }: { overview: ModulesOverview }): JSX.Element {
  const { count } = useChannelsAddress();
  const chosen = candidateOf(overview, count).count;
  const counts = overview.candidates.map((candidate) => candidate.count);
  const move = (by: number): void => {
    const next = counts[counts.indexOf(chosen) + by];
    if (next !== undefined) setParams({ k: next === overview.count ? undefined : next });
  };
  return (
    <>
      <Button
        size="small"
        square
        aria-label="Fewer modules"
        disabled={chosen === counts[0]}
        onClick={() => {
          move(-1);
        }}
      >
        <Icon name="dash" />
      </Button>
      <b className="k">K {chosen}</b>
      <Button
        size="small"
        square
        aria-label="More modules"
        disabled={chosen === counts.at(-1)}
        onClick={() => {
          move(1);
        }}
      >
        <Icon name="plus" />
      </Button>
    </>
  );
}

function Found({ overview, regions }: { overview: ModulesOverview; regions: Pictures | null }): JSX.Element {
  const { count } = useChannelsAddress();
  const candidate = candidateOf(overview, count);
  const first = firstRegion(overview, candidate);
  const living = overview.channels - overview.unassigned.length;
  return (
    <>
      <ul>
        {candidate.modules.map((module, index) => (
          <Row key={module.letter} module={module} living={living}>
            {regions !== null && (
              <Picture pictures={regions} index={first + index} label={`Region of ${titleOf(module)}`} />
            )}
          </Row>
        ))}
      </ul>
      <div className="pad rule">
        <p className="small muted">
          Bar: share of channels that two halves of the pairs agree on. Tick: what chance would give.{' '}
          {overview.unassigned.length === 0
            ? 'Every channel belongs somewhere.'
            : `${counted(overview.unassigned.length, 'channel')} ${overview.unassigned.length === 1 ? 'changes' : 'change'} nothing and ${overview.unassigned.length === 1 ? 'belongs' : 'belong'} nowhere.`}
        </p>
        <StabilityChart overview={overview} shown={candidate.count} />
      </div>
    </>
  );
}

function Row({
  module,
  living,
  children,
}: {
  module: ModuleFacts;
  living: number;
  children: JSX.Element | false;
}): JSX.Element {
  const { selected } = useChannelsAddress();
  const { letter, channels, stability, name, score } = module;
  const isOn =
    channels.length > 0 &&
    channels.length === selected.length &&
    channels.every((channel) => selected.includes(channel));
  return (
    <li className={isOn ? 'on' : ''}>
      <button
        type="button"
        aria-pressed={isOn}
        onClick={() => {
          select(isOn ? [] : channels);
          if (!isOn) setParams({ sweep: 'selected' });
        }}
      >
        <span className="pixels" style={{ '--cell': '64px' } as CSSProperties}>
          {children}
        </span>
        <span>
          <span className="row between">
            <b>{titleOf(module)}</b>
            <span className="muted small members">
              <i className="letter" style={{ borderColor: `var(--${colourOf(letter)})` }}>
                {letter}
              </i>{' '}
              {counted(channels.length, 'channel')}
            </span>
          </span>
          <span className="stability">
            <Meter
              share={stability}
              label={`Stability of ${titleOf(module)}`}
              ticks={[stabilityByChance(channels.length, living)]}
            />
            <b>{stability.toFixed(2)}</b>
          </span>
          <span className="muted small">
            {name === null
              ? 'no mask fits it'
              : score === null
                ? 'named'
                : `${name} mask (${score.toFixed(2)})`}
          </span>
        </span>
      </button>
    </li>
  );
}
