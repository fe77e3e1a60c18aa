import type { Notice } from '../../contract/desktop.ts';

/** Whether a person is told of the end of long work, where that must be allowed first. */
export type NoticeState = 'off' | 'on' | 'refused' | 'unavailable';

export interface NoticeSetting {
  state: () => NoticeState;
  /** Asks the browser where it was not asked before; called by a click alone. */
  turnOn: () => Promise<NoticeState>;
  turnOff: () => NoticeState;
}

/** All that differs between a browser tab and the desktop's window. */
export interface Host {
  kind: 'browser' | 'desktop';
  /** A system dialog for a folder; null where there is none, and the page shows its own. Undefined: cancelled. */
  chooseFolder: ((title: string) => Promise<string | undefined>) | null;
  /** Shows a folder in the system's file manager; null where the page cannot. */
  revealFolder: ((path: string) => Promise<void>) | null;
  /** The folder that was dropped last; null where a page is never told where it lies. Undefined: it was none. */
  droppedFolder: (() => Promise<string | undefined>) | null;
  /** Tells a person who looks elsewhere that long work has ended. */
  notify: (notice: Notice) => void;
  /** Null where notices need no leave. */
  notices: NoticeSetting | null;
  /** Hears which address of the page is wanted from outside: of a notice that was clicked, or of a recipe. */
  onGo: (listener: (address: string) => void) => () => void;
  /** Hears what is chosen in the desktop's menu; returns how to stop. */
  onMenu: (listener: (action: string) => void) => () => void;
  /** Tells the desktop how many runs are in training, so that it can ask before it closes. */
  setTraining: (count: number) => void;
}
