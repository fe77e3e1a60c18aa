import type { JSX } from 'react';
import { Button } from './Button.tsx';
import { Icon } from './Icon.tsx';

/** An arrow to the page of pictures before or after; `to` is where it begins, null where there is none. */
export function PageButton({
  name,
  icon,
  to,
  onMove,
}: {
  name: string;
  icon: 'left' | 'right';
  to: number | null;
  onMove: (to: number) => void;
}): JSX.Element {
  return (
    <Button
      size="small"
      square
      aria-label={name}
      disabled={to === null}
      onClick={() => {
        if (to !== null) onMove(to);
      }}
    >
      <Icon name={icon} />
    </Button>
  );
}
