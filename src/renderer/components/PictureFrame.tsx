import type { ComponentPropsWithoutRef, CSSProperties, JSX } from 'react';
import { classes } from './classes.ts';
import styles from './PictureFrame.module.css';

export interface PictureFrameProps extends Omit<ComponentPropsWithoutRef<'span'>, 'style'> {
  /** Side on the screen, px; what lies around may say it as `--cell`. */
  cell?: number;
  /** Shown as selected. */
  isOn?: boolean;
  /** Greyed: the picture is of the question before. */
  isStale?: boolean;
}

/** The place of one picture, filled while the picture is on its way. */
export function PictureFrame({
  cell,
  isOn = false,
  isStale = false,
  className,
  ...rest
}: PictureFrameProps): JSX.Element {
  return (
    <span
      {...rest}
      className={classes(styles.frame, isOn && styles.on, isStale && 'stale', className)}
      {...(cell !== undefined && { style: { '--cell': `${cell}px` } as CSSProperties })}
    />
  );
}
