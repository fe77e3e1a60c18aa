/** All that differs between a browser tab and the desktop's window. */
export interface Host {
  kind: 'browser' | 'desktop';
  /** A system dialog for a folder; null where there is none, and the page shows its own. Undefined: cancelled. */
  chooseFolder: ((title: string) => Promise<string | undefined>) | null;
  /** Shows a folder in the system's file manager; null where the page cannot. */
  revealFolder: ((path: string) => Promise<void>) | null;
  /** Tells a person who looks elsewhere that long work has ended. */
  notify: (title: string, body: string) => void;
  /** Hears what is chosen in the desktop's menu; returns how to stop. */
  onMenu: (listener: (action: string) => void) => () => void;
  /** Tells the desktop how many runs are in training, so that it can ask before it closes. */
  setTraining: (count: number) => void;
}
