import { UnstyledButton } from '@mantine/core';
import type { ComponentPropsWithRef, JSX } from 'react';

export interface ButtonProps extends Omit<ComponentPropsWithRef<'button'>, 'color'> {
  /** One `primary` a page, top right: the obvious next thing. */
  look?: 'plain' | 'primary' | 'quiet' | 'danger';
  size?: 'default' | 'small';
  /** As wide as high, for an icon with an `aria-label`. */
  square?: boolean;
}

export function Button({
  look = 'plain',
  size = 'default',
  square = false,
  className,
  ...rest
}: ButtonProps): JSX.Element {
  const names = [
    'btn',
    look === 'plain' ? '' : look,
    size === 'small' ? 's' : '',
    square ? 'square' : '',
    className,
  ];
  return <UnstyledButton {...rest} className={names.filter(Boolean).join(' ')} />;
}
