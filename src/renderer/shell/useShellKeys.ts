import { useEffect } from 'react';
import { goTo } from '../address/address.ts';
import { host } from '../host/host.ts';
import { isTyping } from './isTyping.ts';
import { pages } from './pages.ts';
import { moveStep } from './useModel.ts';
import type { Model } from './useModel.ts';

export interface ShellActions {
  model: Model | null;
  find: () => void;
  /** The user guide at the page's chapter. */
  help: () => void;
  keys: () => void;
  copy: () => void;
}

/** The keys that work on every page, and the same from the desktop's menu. */
export function useShellKeys({ model, find, help, keys, copy }: ShellActions): void {
  useEffect(() => {
    const act = (action: string): boolean => {
      const page = /^page:(.+)$/.exec(action)?.[1];
      if (page !== undefined) goTo(page);
      else if (action === 'find') find();
      else if (action === 'help') help();
      else if (action === 'keys') keys();
      else if (action === 'copy') copy();
      else if (action === 'earlier' && model !== null) moveStep(model, -1);
      else if (action === 'later' && model !== null) moveStep(model, 1);
      else return false;
      return true;
    };
    const onKeyDown = (event: KeyboardEvent): void => {
      const action = actionOf(event);
      if (action !== undefined && act(action)) event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    const stopMenu = host.onMenu((action) => {
      act(action);
    });
    return () => {
      window.removeEventListener('keydown', onKeyDown);
      stopMenu();
    };
  }, [model, find, help, keys, copy]);
}

function actionOf(event: KeyboardEvent): string | undefined {
  const withControl = event.ctrlKey || event.metaKey;
  const digit = /^Digit([1-9])$/.exec(event.code)?.[1];
  if (digit !== undefined && !event.shiftKey && withControl !== event.altKey) {
    const page = pages[Number(digit) - 1];
    return page === undefined ? undefined : `page:${page.id}`;
  }
  if (withControl && event.shiftKey && event.code === 'KeyC') return 'copy';
  if (withControl && event.code === 'KeyK') return 'find';
  if (event.key === 'F1') return 'help';
  if (withControl || event.altKey || isTyping(event.target)) return undefined;
  if (event.key === '[') return 'earlier';
  return event.key === ']' ? 'later' : undefined;
}
