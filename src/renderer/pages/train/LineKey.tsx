import type { JSX } from 'react';
import type { Tone } from '../../../charts/seriesStyles.ts';
import { ChartKey } from '../../components/ChartKey.tsx';
import styles from './train.module.css';

/** A line as it looks in the charts, and whose it is. */
export function LineKey({
  name,
  colour,
  overlaid = false,
}: {
  name: string;
  colour: Tone;
  overlaid?: boolean;
}): JSX.Element {
  return (
    <ChartKey className={styles.key}>
      <LineSwatch colour={colour} overlaid={overlaid} />
      {name}
    </ChartKey>
  );
}

export function LineSwatch({ colour, overlaid }: { colour: Tone; overlaid: boolean }): JSX.Element {
  const stroke = `var(--${colour})`;
  return (
    <svg className={styles.swatch} viewBox="0 0 22 10" aria-hidden="true">
      <path d="M0 5h22" stroke={stroke} strokeWidth="2" {...(overlaid && { strokeDasharray: '4 3' })} />
      {!overlaid && <circle cx="11" cy="5" r="3.500" fill={stroke} />}
    </svg>
  );
}
