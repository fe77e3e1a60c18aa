import { createContext, useContext, useEffect } from 'react';

export interface Shell {
  setCommand: (command: string | null) => void;
  /** Names of the pages that are there. */
  pageIds: readonly string[];
}

export const ShellContext = createContext<Shell>({ setCommand: () => undefined, pageIds: [] });

/** Shows the command that does what the page shows, in the bottom bar. */
export function useCommand(command: string | null): void {
  const { setCommand } = useContext(ShellContext);
  useEffect(() => {
    setCommand(command);
    return () => {
      setCommand(null);
    };
  }, [setCommand, command]);
}

/** Whether a page is there to be gone to. Pages must not import the list of pages, which imports them. */
export function useHasPage(id: string): boolean {
  return useContext(ShellContext).pageIds.includes(id);
}
