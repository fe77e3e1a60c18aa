/** Says to a person who looks elsewhere that long work has ended; a click on it leads to `address`, such as `#/train?run=x`. */
export interface Notice {
  title: string;
  body: string;
  address: string;
}

/** What the desktop's preload script offers the page. Plain values only: they are copied between two worlds. */
export interface DesktopBridge {
  platform: string;
  /** Null when the person cancelled. The folder is allowed to the engine before it is returned. */
  chooseFolder(title: string): Promise<string | null>;
  /** The folder among what was dropped last, allowed to the engine; null where there was none. */
  droppedFolder(): Promise<string | null>;
  revealFolder(path: string): Promise<void>;
  /** Shown where the window is not the one that is worked in. */
  notify(notice: Notice): void;
  onMenu(listener: (action: string) => void): () => void;
  /** Hears which of the page's addresses the desktop wants shown: a notice was clicked, or a recipe was opened. */
  onGo(listener: (address: string) => void): () => void;
  setTraining(count: number): void;
}

/** Names of the messages between the page's preload script and the desktop's main process. */
export const desktopChannels = {
  chooseFolder: 'desktop:choose-folder',
  droppedFolder: 'desktop:dropped-folder',
  revealFolder: 'desktop:reveal-folder',
  notify: 'desktop:notify',
  menu: 'desktop:menu',
  go: 'desktop:go',
  setTraining: 'desktop:set-training',
} as const;
