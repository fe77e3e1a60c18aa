import type { JSX } from 'react';
import { classes } from '../../components/classes.ts';
import { counted, fixedTo } from '../../words.ts';
import type { CheckAnswer } from './Checks.tsx';
import styles from './KernelFigure.module.css';

const mostShown = 8;

/** Blue below zero, white at it, orange above; the ends are the greatest weight of both figures. */
function signedColour(value: number, greatest: number): string {
  const share = greatest === 0 ? 0 : Math.max(-1, Math.min(1, value / greatest));
  const end = share < 0 ? [24, 86, 160] : [196, 76, 14];
  const parts = [240, 240, 238].map((white, at) =>
    Math.round(white + ((end[at] ?? white) - white) * Math.abs(share)),
  );
  return `rgb(${parts.join(' ')})`;
}

/** What becomes of the image layer's weights: red, green and blue of each channel, before and after. */
export function KernelFigure({
  channels,
  check,
}: {
  channels: readonly number[];
  check: CheckAnswer;
}): JSX.Element | null {
  const { value, isStale } = check;
  if (value === undefined) return null;
  const greatest = Math.max(
    ...value.kernelBefore.flat().map(Math.abs),
    ...value.kernelAfter.flat().map(Math.abs),
  );
  const shown = Math.min(mostShown, value.kernelBefore.length);
  const figure = (sums: number[][], words: string): JSX.Element => (
    <svg width={shown * 12} height="36" role="img" aria-label={`${words}: ${describe(sums.slice(0, shown))}`}>
      {sums
        .slice(0, shown)
        .flatMap((sum, channel) =>
          sum.map((weight, colour) => (
            <rect
              key={`${channel} ${colour}`}
              x={channel * 12}
              y={colour * 12}
              width="11"
              height="11"
              fill={signedColour(weight, greatest)}
            />
          )),
        )}
    </svg>
  );
  const rest = channels.length - shown;
  return (
    <div className={classes('rule', styles.kernel, isStale && 'stale')}>
      <div className="row between">
        <h3>Last kernel, summed</h3>
        <span className="muted small">
          {rest > 0 ? `${shown} of ${channels.length}` : counted(channels.length, 'channel')}
        </span>
      </div>
      <div className={classes('row', styles.sums)}>
        <span aria-hidden="true">
          R<br />G<br />B
        </span>
        {figure(value.kernelBefore, 'Before')}
        <span aria-hidden="true">›</span>
        {figure(value.kernelAfter, 'After')}
      </div>
    </div>
  );
}

function describe(sums: readonly number[][]): string {
  return sums.map((sum) => sum.map((weight) => fixedTo(weight, 2)).join(' ')).join('; ');
}
