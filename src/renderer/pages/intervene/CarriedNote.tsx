import type { JSX } from 'react';
import { Button } from '../../components/Button.tsx';
import { Note } from '../../components/marks.tsx';
import type { Carried } from './useCarriedRecipe.ts';

/** Says that the recipe came along when another run was chosen, or why not, and offers it. */
export function CarriedNote({
  carried,
  className,
}: {
  carried: Carried | null;
  className?: string | undefined;
}): JSX.Element | null {
  if (carried === null) return null;
  const { kind, from, name, dismiss } = carried;
  const close = (
    <Button size="small" look="quiet" onClick={dismiss}>
      Dismiss
    </Button>
  );
  if (kind === 'kept') {
    return (
      <Note tone="info" className={className} action={close}>
        “{name}” was kept from {from}. Its channels were chosen there: in this model they may draw something
        else.
      </Note>
    );
  }
  const { why, take } = carried;
  return (
    <Note
      tone={why === null ? 'info' : 'warn'}
      className={className}
      action={
        <span className="row">
          <Button size="small" onClick={take}>
            Use it here
          </Button>
          {close}
        </span>
      }
    >
      {why === null
        ? `This run has a recipe of its own. “${name}” of ${from} can be used instead.`
        : `“${name}” of ${from} was not kept: ${why}`}
    </Note>
  );
}
