import { UnstyledButton } from '@mantine/core';
import type { ComponentPropsWithRef, JSX, ReactNode } from 'react';
import { classes } from './classes.ts';
import styles from './Button.module.css';

export interface ButtonProps extends Omit<ComponentPropsWithRef<'button'>, 'color'> {
  /** One `primary` a page, top right: the obvious next thing. */
  look?: 'plain' | 'primary' | 'quiet' | 'danger';
  size?: 'default' | 'small';
  /** As wide as high, for an icon with an `aria-label`. */
  square?: boolean;
  /** As wide as its place. */
  wide?: boolean;
  /** Shown as held down. */
  pressed?: boolean;
}

const looks = {
  plain: undefined,
  primary: styles.primary,
  quiet: styles.quiet,
  danger: styles.danger,
};

export function Button({
  look = 'plain',
  size = 'default',
  square = false,
  wide = false,
  pressed = false,
  className,
  ...rest
}: ButtonProps): JSX.Element {
  const names = [
    styles.button,
    looks[look],
    size === 'small' && styles.small,
    square && styles.square,
    wide && styles.wide,
    pressed && styles.pressed,
    className,
  ];
  return <UnstyledButton {...rest} className={classes(...names)} />;
}

/** A link that looks like the obvious next thing. */
export function PrimaryLink({ href, children }: { href: string; children: ReactNode }): JSX.Element {
  return (
    <a className={classes(styles.button, styles.primary)} href={href}>
      {children}
    </a>
  );
}
