import { createContext, useContext, useEffect } from 'react';

export interface Shell {
  setCommand: (command: string | null) => void;
}

export const ShellContext = createContext<Shell>({ setCommand: () => undefined });

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
