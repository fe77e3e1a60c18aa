import { useEffect } from 'react';

/** Enter takes the filled button, where nothing else has the focus. */
export function useEnter(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const hasModifier = event.ctrlKey || event.metaKey || event.altKey || event.shiftKey;
      if (event.key !== 'Enter' || hasModifier || event.defaultPrevented || event.repeat) return;
      if (!isNobody(event.target)) return;
      document.querySelector<HTMLButtonElement>('#page button[data-first]:not([disabled])')?.click();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => {
      window.removeEventListener('keydown', onKeyDown);
    };
  }, []);
}

/** The page itself, where the focus is before anything is chosen. */
function isNobody(target: EventTarget | null): boolean {
  return target === document.body || (target instanceof HTMLElement && target.id === 'page');
}
