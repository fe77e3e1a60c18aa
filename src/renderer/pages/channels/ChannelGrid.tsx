import { memo, useCallback, useEffect, useId, useRef, useState } from 'react';
import type { CSSProperties, JSX, KeyboardEvent } from 'react';
import { setParams } from '../../address/address.ts';
import { classes } from '../../components/classes.ts';
import { PictureFrame } from '../../components/PictureFrame.tsx';
import { Picture } from '../../components/Picture.tsx';
import type { Pictures } from '../../components/pictures.ts';
import { figure } from '../../words.ts';
import { colourOf } from './channelFacts.ts';
import { gridLayout, shortEffect, toggled } from './gridLayout.ts';
import type { Maps } from './useChannelData.ts';
import { select } from './useChannelsAddress.ts';
import styles from './ChannelGrid.module.css';

export interface ChannelGridProps {
  maps: Maps;
  order: readonly number[];
  /** The letter of each channel's module. */
  letters: ReadonlyMap<number, string>;
  selected: readonly number[];
  at: number | null;
  view: 'influence' | 'activation';
  isStale: boolean;
}

/** A cell a channel: its map, module, number and effect. One tab stop: arrows look at a channel, Space selects it. */
export function ChannelGrid(props: ChannelGridProps): JSX.Element {
  const { maps, order, letters, selected, at, view, isStale } = props;
  const base = useId();
  const box = useRef<HTMLDivElement>(null);
  const { columns, cell } = gridLayout(useWidth(box), order.length);
  const place = Math.max(0, at === null ? 0 : order.indexOf(at));
  const chosen = new Set(selected);
  const latest = useRef(selected);
  latest.current = selected;
  // The same function at every drawing: cells that did not change are not drawn again.
  const onToggle = useCallback((channel: number): void => {
    select(toggled(latest.current, channel));
  }, []);
  const onKeyDown = (event: KeyboardEvent): void => {
    const target = {
      ArrowLeft: place - 1,
      ArrowRight: place + 1,
      ArrowUp: place - columns,
      ArrowDown: place + columns,
      Home: 0,
      End: order.length - 1,
    }[event.key];
    if (target !== undefined) {
      const channel = order[target];
      if (channel !== undefined) setParams({ at: channel, sweep: undefined });
    } else if (event.key === ' ') onToggle(order[place]!);
    else if (event.key === 'Enter') setParams({ at: order[place]!, sweep: undefined });
    else return;
    event.preventDefault();
  };
  return (
    <div ref={box}>
      <div
        className={classes(styles.cells, isStale && 'stale', cell < 64 && styles.tiny)}
        role="listbox"
        aria-label={view === 'influence' ? 'Influence of each channel' : 'Activation of each channel'}
        aria-multiselectable
        aria-activedescendant={order.length > 0 ? `${base}-${order[place]!}` : undefined}
        tabIndex={0}
        style={
          { gridTemplateColumns: `repeat(${columns}, ${cell}px)`, '--cell': `${cell}px` } as CSSProperties
        }
        onKeyDown={onKeyDown}
      >
        {order.map((channel) => (
          <Cell
            key={channel}
            id={`${base}-${channel}`}
            channel={channel}
            pictures={maps.maps}
            effect={maps.strengths[channel] ?? 0}
            letter={letters.get(channel)}
            view={view}
            isLarge={cell >= 64}
            isSelected={chosen.has(channel)}
            isAt={channel === at}
            isCurrent={channel === order[place]}
            onToggle={onToggle}
          />
        ))}
      </div>
    </div>
  );
}

interface CellProps {
  id: string;
  channel: number;
  pictures: Pictures;
  effect: number;
  letter: string | undefined;
  view: 'influence' | 'activation';
  isLarge: boolean;
  isSelected: boolean;
  isAt: boolean;
  isCurrent: boolean;
  onToggle: (channel: number) => void;
}

const Cell = memo(function Cell(props: CellProps): JSX.Element {
  const { id, channel, pictures, effect, letter, view, isLarge, isSelected, isAt, isCurrent, onToggle } =
    props;
  const where = letter === undefined ? 'no module' : `module ${letter}`;
  return (
    <div
      id={id}
      role="option"
      aria-selected={isSelected}
      aria-label={`Channel ${channel}, ${where}, mean ${view} ${figure(effect, 2)}`}
      title={`Channel ${channel}, ${where}: mean ${view} ${figure(effect, 2)}`}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) onToggle(channel);
        else setParams({ at: channel, sweep: undefined });
      }}
    >
      <PictureFrame isOn={isSelected} className={classes(isAt && styles.at, isCurrent && styles.current)}>
        <Picture pictures={pictures} index={channel} />
      </PictureFrame>
      {isLarge ? (
        <span className={styles.caption}>
          <i style={letter === undefined ? {} : { borderColor: `var(--${colourOf(letter)})` }}>
            {letter ?? '–'}
          </i>
          <b>{channel}</b>
          <em>{shortEffect(effect)}</em>
        </span>
      ) : (
        letter !== undefined && (
          <i className={styles.stripe} style={{ background: `var(--${colourOf(letter)})` }} />
        )
      )}
    </div>
  );
});

export function useWidth(ref: { current: HTMLElement | null }): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const observer = new ResizeObserver((entries) => {
      setWidth(entries[0]?.contentRect.width ?? 0);
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, [ref]);
  return width;
}
