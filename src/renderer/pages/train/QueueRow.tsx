import type { JSX } from 'react';
import { titleOf } from '../../../contract/runLabels.ts';
import { setParams } from '../../address/address.ts';
import { useRuns } from '../../api/runs.ts';
import { Button } from '../../components/Button.tsx';
import { classes } from '../../components/classes.ts';
import { Icon } from '../../components/Icon.tsx';
import { Meter, StateMark } from '../../components/marks.tsx';
import { chooseRun, refOf } from '../../shell/useModel.ts';
import { count, counted, duration } from '../../words.ts';
import type { QueueRow as Row } from './queueRows.ts';
import styles from './queue.module.css';

/** What can be done with an entry, by its id. */
export interface Deeds {
  move: (id: string, place: number) => void;
  hold: (id: string, isHeld: boolean) => void;
  retry: (id: string) => void;
  remove: (id: string) => void;
}

export interface Drag {
  start: () => void;
  /** @returns whether what is dragged can be dropped here */
  over: () => boolean;
  drop: () => void;
  end: () => void;
}

export interface QueueRowProps {
  row: Row;
  isPaused: boolean;
  isLast: boolean;
  /** What is dragged would take its place. */
  isTarget: boolean;
  deeds: Deeds;
  drag: Drag;
}

export function QueueRow({ row, isPaused, isLast, isTarget, deeds, drag }: QueueRowProps): JSX.Element {
  const { entry, place } = row;
  const { id, steps, step, threads, gpu, error, tries } = entry;
  const name = useNameOf(row);
  return (
    <tr
      className={classes(isTarget && styles.target)}
      draggable={place !== null}
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = 'move';
        drag.start();
      }}
      onDragOver={(event) => {
        if (drag.over()) event.preventDefault();
      }}
      onDrop={(event) => {
        event.preventDefault();
        drag.drop();
      }}
      onDragEnd={drag.end}
      onKeyDown={(event) => {
        const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
        if (!event.altKey || by === undefined || place === null) return;
        event.preventDefault();
        deeds.move(id, place + by);
      }}
    >
      <td className={styles.place}>
        {place !== null && (
          <span className={styles.grip}>
            <svg className="icon" viewBox="0 0 16 16" aria-hidden="true">
              <path d="M6 4h.1M10 4h.1M6 8h.1M10 8h.1M6 12h.1M10 12h.1" strokeWidth="2" />
            </svg>
            {place}
          </span>
        )}
      </td>
      <td className={styles.name}>
        <Name row={row} name={name} />
        {error !== null && (
          <p className={entry.state === 'failed' ? 'bad-text' : 'muted'}>
            {entry.state === 'waiting' && !entry.isHeld && `Tried ${counted(tries, 'time')} so far: `}
            {error}
          </p>
        )}
      </td>
      <td>
        <EntryMark row={row} />
      </td>
      <td className="num">
        <span className={styles.steps}>
          {entry.state === 'running' && <Meter thin share={step / steps} label={`${name}, steps trained`} />}
          {count(step)} of {count(steps)}
        </span>
      </td>
      <td className="num">{entry.state === 'waiting' ? timeOf(entry.beginsIn, isPaused) : ''}</td>
      <td className="num">{entry.state === 'failed' ? '' : timeOf(entry.endsIn, false)}</td>
      <td className="num">{gpu === null ? counted(threads, 'thread') : `GPU ${gpu}`}</td>
      <td>
        <Buttons row={row} name={name} isLast={isLast} deeds={deeds} />
      </td>
    </tr>
  );
}

function timeOf(seconds: number | null, isPaused: boolean): string {
  if (isPaused || seconds === null) return '–';
  return seconds < 1 ? 'now' : duration(seconds);
}

/** The name that a person gave the run, once there is one. */
function useNameOf({ entry }: Row): string {
  const run = useRuns().value?.runs.find(({ folder }) => folder === entry.folder);
  if (run !== undefined) return titleOf(run);
  // As its run will be called.
  return entry.from === 'sweep' ? entry.folder.split(/[\\/]/).slice(-2).join('/') : entry.title;
}

/** A cell of a sweep has no run before it begins. */
function Name({ row, name }: { row: Row; name: string }): JSX.Element {
  const run = useRuns().value?.runs.find(({ folder }) => folder === row.entry.folder);
  if (run === undefined) return <b>{name}</b>;
  return (
    <button
      type="button"
      className={styles.link}
      aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
      onClick={() => {
        chooseRun(refOf(run));
        setParams({ view: undefined });
      }}
    >
      <b>{name}</b>
    </button>
  );
}

function EntryMark({ row: { entry } }: { row: Row }): JSX.Element {
  if (entry.state === 'failed') {
    return (
      <StateMark icon="bad" tone="bad">
        Failed
      </StateMark>
    );
  }
  if (entry.state === 'running') {
    return (
      <StateMark icon="live" tone="live">
        Training
      </StateMark>
    );
  }
  return (
    <StateMark icon={entry.isHeld ? 'pause' : 'wait'} tone="plain">
      {entry.isHeld ? 'On hold' : 'Waits'}
    </StateMark>
  );
}

function Buttons({
  row: { entry, place },
  name,
  isLast,
  deeds,
}: {
  row: Row;
  name: string;
  isLast: boolean;
  deeds: Deeds;
}): JSX.Element {
  const { id, state, isHeld } = entry;
  return (
    <span className={styles.buttons}>
      {state === 'waiting' && (
        <Button
          size="small"
          look="quiet"
          aria-label={`${isHeld ? 'Release' : 'Hold'} ${name}`}
          onClick={() => {
            deeds.hold(id, !isHeld);
          }}
        >
          {isHeld ? 'Release' : 'Hold'}
        </Button>
      )}
      {state === 'failed' && (
        <Button
          size="small"
          look="quiet"
          aria-label={`Try ${name} again`}
          onClick={() => {
            deeds.retry(id);
          }}
        >
          Try again
        </Button>
      )}
      {place !== null &&
        ([-1, 1] as const).map((by) => (
          <Button
            key={by}
            size="small"
            look="quiet"
            square
            aria-label={`Move ${name} ${by < 0 ? 'up' : 'down'}`}
            title={by < 0 ? 'Move up  Alt ↑' : 'Move down  Alt ↓'}
            // Not disabled at the ends: a button that loses the focus while it is pressed loses its place.
            aria-disabled={by < 0 ? place === 1 : isLast}
            onClick={() => {
              deeds.move(id, place + by);
            }}
          >
            <Icon name={by < 0 ? 'up' : 'down'} />
          </Button>
        ))}
      <Button
        size="small"
        look="quiet"
        square
        aria-label={state === 'running' ? `Save and stop ${name}` : `Remove ${name} from the queue`}
        title={state === 'running' ? 'Save, stop, and leave the queue' : 'Remove from the queue'}
        onClick={() => {
          deeds.remove(id);
        }}
      >
        <Icon name={state === 'running' ? 'stop' : 'close'} />
      </Button>
    </span>
  );
}
