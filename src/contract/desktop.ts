/** What the desktop's preload script offers the page. Plain values only: they are copied between two worlds. */
export interface DesktopBridge {
  platform: string;
  /** Null when the person cancelled. The folder is allowed to the engine before it is returned. */
  chooseFolder(title: string): Promise<string | null>;
  revealFolder(path: string): Promise<void>;
  notify(title: string, body: string): void;
  onMenu(listener: (action: string) => void): () => void;
  setTraining(count: number): void;
}

/** Names of the messages between the page's preload script and the desktop's main process. */
export const desktopChannels = {
  chooseFolder: 'desktop:choose-folder',
  revealFolder: 'desktop:reveal-folder',
  notify: 'desktop:notify',
  menu: 'desktop:menu',
  setTraining: 'desktop:set-training',
} as const;
