import { useState } from 'react';
import type { JSX } from 'react';
import type { GivenName, ModulesOverview } from '../../../contract/channels.ts';
import { levelName } from '../../../contract/levels.ts';
import { defaultPairs, isByChance, stabilityByChance } from '../../../contract/modules.ts';
import type { Progress } from '../../../contract/progress.ts';
import { setParams } from '../../address/address.ts';
import { api } from '../../api/api.ts';
import type { Long } from '../../api/useLong.ts';
import { Button } from '../../components/Button.tsx';
import { classes } from '../../components/classes.ts';
import { Icon } from '../../components/Icon.tsx';
import { LongLine } from '../../components/LongLine.tsx';
import { Meter, Note } from '../../components/marks.tsx';
import { NameField } from '../../components/NameField.tsx';
import { Panel } from '../../components/Panel.tsx';
import { PictureFrame } from '../../components/PictureFrame.tsx';
import { Picture } from '../../components/Picture.tsx';
import type { Pictures } from '../../components/pictures.ts';
import { moduleTitle } from '../../components/moduleNames.ts';
import { Term } from '../../components/Term.tsx';
import { useLevels } from '../../shell/useLevels.ts';
import type { Ref } from '../../shell/useModel.ts';
import { counted, fixedTo } from '../../words.ts';
import {
  areAllByChance,
  candidateOf,
  colourOf,
  firstRegion,
  shownCount,
  sourceOfName,
} from './channelFacts.ts';
import { StabilityChart } from './StabilityChart.tsx';
import { chooseLevel, selectAll, useChannelsAddress } from './useChannelsAddress.ts';
import { withNames } from './useNames.ts';
import type { NamedModule } from './useNames.ts';
import styles from './ModulesPanel.module.css';

export interface ModulesPanelProps {
  model: Ref;
  names: readonly GivenName[];
  long: Long<ModulesOverview>;
  regions: Pictures | null;
}

/** The groups of channels that were found, how far halves of the data agree on them, and how many there are. */
export function ModulesPanel({ model, names, long, regions }: ModulesPanelProps): JSX.Element {
  const overview = long.data;
  return (
    <Panel
      title={<Term name="module">Modules</Term>}
      flush
      {...(overview !== undefined && {
        fact: `${overview.pairs} pairs a half`,
        tools: <CountPicker overview={overview} />,
      })}
    >
      {overview === undefined ? (
        <div className={styles.pad}>
          <Searching long={long} />
        </div>
      ) : (
        <Found model={model} names={names} overview={overview} regions={regions} />
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
    if (next !== undefined) setParams({ k: next === shownCount(overview) ? undefined : next });
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
      <b className={styles.count}>K {chosen}</b>
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

/** The search takes every channel over all pairs: its share of the way is that of the pairs. */
function pairsTold({ done, total }: Progress): string {
  return `${Math.floor((defaultPairs * done) / Math.max(1, total))} of ${defaultPairs} pairs`;
}

/** Where the search stands; where it finds nothing, why, and the other levels. */
function Searching({ long }: { long: Long<ModulesOverview> }): JSX.Element {
  const { level } = useChannelsAddress();
  const others = useLevels().hidden.filter((other) => other !== level);
  return (
    <>
      <LongLine
        long={long}
        title={long.progress?.phase === 'modules' ? 'Grouping channels' : 'Measuring each channel'}
        told={long.progress?.phase === 'influence' ? pairsTold : undefined}
      />
      {long.error !== null && others.length > 0 && (
        <p className={classes('row small', styles.levels)}>
          Look at another level:
          {others.map((other) => (
            <Button
              key={other}
              size="small"
              onClick={() => {
                chooseLevel(other);
              }}
            >
              {levelName(other)}
            </Button>
          ))}
        </p>
      )}
    </>
  );
}

interface FoundProps {
  model: Ref;
  names: readonly GivenName[];
  overview: ModulesOverview;
  regions: Pictures | null;
}

function Found({ model, names, overview, regions }: FoundProps): JSX.Element {
  const { count } = useChannelsAddress();
  const candidate = candidateOf(overview, count);
  const modules = withNames(candidate, overview.hair, names);
  const first = firstRegion(overview, candidate);
  const living = overview.channels - overview.unassigned.length;
  return (
    <>
      <ul>
        {modules.map((module, index) => (
          <Row key={module.letter} model={model} module={module} living={living}>
            {regions !== null && (
              <Picture pictures={regions} index={first + index} label={`Region of ${moduleTitle(module)}`} />
            )}
          </Row>
        ))}
      </ul>
      <div className={classes('rule', styles.pad)}>
        {areAllByChance(modules, living) && (
          <Note tone="info">
            None of these groups is steadier than chance: halves of the pairs agree on them as on random
            channels. Try another number, or another level.
          </Note>
        )}
        <p className="small muted">
          Bar: share of channels that two halves of the pairs agree on. Tick: what chance would give.{' '}
          {overview.unassigned.length === 0
            ? 'Every channel belongs to a module.'
            : `${counted(overview.unassigned.length, 'channel')} ${overview.unassigned.length === 1 ? 'changes' : 'change'} nothing and ${overview.unassigned.length === 1 ? 'belongs' : 'belong'} to no module.`}
        </p>
        <StabilityChart overview={overview} shown={candidate.count} />
      </div>
    </>
  );
}

/** Its button covers all of the row but the name while it is typed. */
function Row({
  model,
  module,
  living,
  children,
}: {
  model: Ref;
  module: NamedModule;
  living: number;
  children: JSX.Element | false;
}): JSX.Element {
  const { selected, level } = useChannelsAddress();
  const [isNaming, setNaming] = useState(false);
  const { letter, channels, stability } = module;
  const isChance = isByChance(module, living);
  const isOn =
    channels.length > 0 &&
    channels.length === selected.length &&
    channels.every((channel) => selected.includes(channel));
  return (
    <li className={classes(styles.module, isOn && styles.on)}>
      <button
        type="button"
        className={styles.choose}
        aria-pressed={isOn}
        aria-label={`${moduleTitle(module)}, ${counted(channels.length, 'channel')}${isChance ? ', below chance' : ''}`}
        onClick={() => {
          selectAll(isOn ? [] : channels);
        }}
      >
        <PictureFrame cell={64}>{children}</PictureFrame>
      </button>
      <div>
        <div className="row between">
          {isNaming ? (
            <NameField
              label={`Name of module ${letter}`}
              given={module.given}
              placeholder={moduleTitle({ ...module, given: null })}
              onName={(name) => api.channels.rename({ ...model, level, channels, name })}
              onDone={() => {
                setNaming(false);
              }}
            />
          ) : (
            <b className="clip grow">{moduleTitle(module)}</b>
          )}
          {!isNaming && (
            <Button
              look="quiet"
              size="small"
              square
              title="Rename"
              aria-label={`Rename ${moduleTitle(module)}`}
              onClick={() => {
                setNaming(true);
              }}
            >
              <Icon name="pen" />
            </Button>
          )}
          <span className={classes('muted small', styles.members)}>
            <i className={styles.letter} style={{ borderColor: `var(--${colourOf(letter)})` }}>
              {letter}
            </i>
          </span>
        </div>
        <span className={styles.stability}>
          <Meter
            isData
            tickPlace="across"
            share={stability}
            label={`Stability of ${moduleTitle(module)}`}
            ticks={[stabilityByChance(channels.length, living)]}
          />
          <b>{fixedTo(stability, 2)}</b>
        </span>
        <span className="muted small">
          {counted(channels.length, 'channel')}, {sourceOfName(module)}
          {isChance && <b className="warn-text"> Below chance.</b>}
        </span>
      </div>
    </li>
  );
}
