import { useState } from 'react';
import type { JSX, KeyboardEvent } from 'react';
import { stepsPath } from '../../../charts/paths.ts';
import { createScale } from '../../../charts/scale.ts';
import type { SdrResult } from '../../../contract/analysis.ts';
import type { Level } from '../../../contract/levels.ts';
import { setParams } from '../../address/address.ts';
import { classes } from '../../components/classes.ts';
import { useLevelName } from '../../shell/useLevelName.ts';
import { capitalised, count, figure, fixedTo } from '../../words.ts';
import { binWidth, lastBin } from './bins.ts';
import { hasEncoder, sharesOf, sideNames, sideOf, stripsOf } from './sdrFacts.ts';
import type { Strip } from './sdrFacts.ts';
import { useAnalyseAddress, writeBin } from './useAnalyseAddress.ts';
import type { Side } from './useAnalyseAddress.ts';
import styles from './analyse.module.css';

const [width, plotLeft, plotRight, plotHeight] = [348, 96, 296, 112];
const rowHeight = 16;
const bins = lastBin + 1;
const last = lastBin * binWidth;

/** Bins from 0 to 3, and one more for everything from 3 on, under which that is written. */
const ratios = createScale(
  {
    range: [0, bins * binWidth],
    ticks: [0, 1, 2, 3],
    format: (tick) => (tick < last ? String(tick) : `≥ ${tick}`),
  },
  { low: 0, high: 1 },
  { start: plotLeft, end: plotRight, tickCount: 3 },
  false,
);

function x(ratio: number): number {
  return ratios.at(Math.min(ratios.range.high, ratio));
}

/** Decoder filled, encoder outlined where it was measured, and below them medians with quartiles of both and of the baselines. */
export function Histogram({ result, level }: { result: SdrResult; level: Level }): JSX.Element {
  const { bin } = useAnalyseAddress();
  const nameOfLevel = useLevelName();
  const [at, setAt] = useState<{ side: Side; at: number }>({ side: 'decoder', at: 10 });
  const decoder = sideOf(result, level, 'decoder');
  const encoder = sideOf(result, level, 'encoder');
  const shares = {
    decoder: decoder?.own ? sharesOf(decoder.own.histogram) : [],
    encoder: encoder?.own ? sharesOf(encoder.own.histogram) : [],
  };
  // What lies beyond 3 would press all else flat: its bar is cut off, and says how much it is.
  const most = Math.max(0.01, ...shares.decoder.slice(0, -1), ...shares.encoder.slice(0, -1));
  const beyond = Math.max(shares.decoder.at(-1) ?? 0, shares.encoder.at(-1) ?? 0);
  const y = (share: number): number => Math.max(0, plotHeight - ((plotHeight - 8) * share) / most);
  const isTwoSided = hasEncoder(result);
  const chosen = bin?.level === level ? bin : null;
  const open = (side: Side, place: number): void => {
    setAt({ side, at: place });
    setParams({ bin: writeBin({ level, side, at: place }), offset: undefined });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by !== undefined) setAt({ ...at, at: Math.min(lastBin, Math.max(0, at.at + by)) });
    else if (isTwoSided && (event.key === 'ArrowUp' || event.key === 'ArrowDown'))
      setAt({ ...at, side: at.side === 'decoder' ? 'encoder' : 'decoder' });
    else if (event.key === 'Enter' || event.key === ' ') open(at.side, at.at);
    else return;
    event.preventDefault();
  };
  const strips = stripsOf(result, level);
  const names = sideNames(result);
  const height = plotHeight + 22 + strips.length * rowHeight;
  const words = strips
    .map(({ name, sample }) => `${name} ${sample === null ? 'none' : fixedTo(sample.summary.median, 2)}`)
    .join(', ');
  return (
    <div>
      <div className="row between">
        <h3>
          <span className={styles.level}>{capitalised(nameOfLevel(level))}</span>{' '}
          <span className={classes('muted', styles.plain)}>
            {count(decoder?.own?.summary.count ?? 0)} pairs
          </span>
        </h3>
        <span className="small">
          {decoder?.own ? `${Math.round(decoder.own.summary.shareNearOne * 100)} % near 1` : 'no active map'}
        </span>
      </div>
      <svg
        className={styles.histogram}
        viewBox={`0 0 ${width} ${height}`}
        tabIndex={0}
        role="application"
        aria-label={`Histogram of SDR at ${level}. Medians: ${words}. Bin ${binWords(at.at)} of the ${names[at.side]} holds ${Math.round((shares[at.side][at.at] ?? 0) * 1000) / 10} %. Arrows move, Enter shows its pairs.`}
        onKeyDown={onKeyDown}
      >
        <rect className={styles.near} x={x(0.75)} width={x(1.25) - x(0.75)} y="0" height={plotHeight} />
        {shares.decoder.map((share, place) => (
          <rect
            key={place}
            className={styles.decoderBar}
            x={x(place * binWidth)}
            width={x(binWidth) - x(0) - 0.5}
            y={y(share)}
            height={plotHeight - y(share)}
          />
        ))}
        <path
          className={styles.encoderLine}
          d={stepsPath(shares.encoder.map(y), (place) => x(place * binWidth), plotHeight)}
        />
        {chosen !== null && (
          <rect
            className={styles.chosenBin}
            x={x(chosen.at * binWidth)}
            width={x(binWidth) - x(0)}
            y={y(shares[chosen.side][chosen.at] ?? 0)}
            height={plotHeight - y(shares[chosen.side][chosen.at] ?? 0)}
          />
        )}
        <rect
          className={styles.keyBin}
          x={x(at.at * binWidth)}
          width={x(binWidth) - x(0)}
          y="0"
          height={plotHeight}
        />
        <path className="axis" d={`M${plotLeft} ${plotHeight + 0.5}H${plotRight}`} />
        <path className="ref" d={`M${x(1)} 0V${height}`} />
        {Array.from({ length: bins }, (_, place) => (
          <rect
            key={place}
            className={styles.hit}
            x={x(place * binWidth)}
            width={x(binWidth) - x(0)}
            y="0"
            height={plotHeight}
            onClick={(event) => {
              const isEncoder = isTwoSided && (event.shiftKey || (shares.decoder[place] ?? 0) === 0);
              open(isEncoder ? 'encoder' : 'decoder', place);
            }}
          >
            <title>
              {isTwoSided
                ? `${binWords(place)}: ${names.decoder} ${percent(shares.decoder[place])}, ${names.encoder} ${percent(shares.encoder[place])}. Click for the ${names.decoder}’s pairs, Shift-click for the ${names.encoder}’s.`
                : `${binWords(place)}: ${names.decoder} ${percent(shares.decoder[place])}. Click for its pairs.`}
            </title>
          </rect>
        ))}
        {beyond > most && (
          <text x={plotRight + 4} y={10}>
            {Math.round(beyond * 100)} %
          </text>
        )}
        {ratios.ticks.map((tick, index) => (
          <text key={tick} x={x(tick)} y={plotHeight + 14} textAnchor="middle">
            {ratios.tickTexts[index]}
          </text>
        ))}
        <text x={width - 2} y={plotHeight + 14} textAnchor="end">
          median
        </text>
        {strips.map((strip, index) => (
          <StripRow key={strip.name} strip={strip} y={plotHeight + 30 + index * rowHeight} />
        ))}
      </svg>
    </div>
  );
}

function StripRow({ strip: { name, kind, sample }, y }: { strip: Strip; y: number }): JSX.Element {
  const colour = { decoder: 'var(--s1)', encoder: 'var(--s2)', baseline: 'var(--s0)' }[kind];
  const isOwn = kind !== 'baseline';
  return (
    <g>
      <text className={isOwn ? 'strong' : ''} x="0" y={y + 4}>
        {name}
      </text>
      <text className={isOwn ? 'strong' : ''} x={width - 2} y={y + 4} textAnchor="end">
        {sample === null ? '–' : fixedTo(sample.summary.median, 2)}
      </text>
      {sample !== null && (
        <>
          <path
            d={`M${x(sample.summary.q25)} ${y}H${x(sample.summary.q75)}`}
            stroke={colour}
            strokeWidth={isOwn ? 3 : 1.5}
          />
          {kind === 'encoder' ? (
            <rect x={x(sample.summary.median) - 3} y={y - 3} width="6" height="6" fill={colour} />
          ) : (
            <circle
              cx={x(sample.summary.median)}
              cy={y}
              r="3.5"
              fill={isOwn ? colour : 'var(--panel)'}
              stroke={colour}
              strokeWidth="1.500"
            />
          )}
        </>
      )}
    </g>
  );
}

export function binWords(place: number): string {
  return place === lastBin
    ? '3 and more'
    : `${figure(place * binWidth, 2)}–${figure((place + 1) * binWidth, 2)}`;
}

function percent(share: number | undefined): string {
  return `${Math.round((share ?? 0) * 1000) / 10} %`;
}
