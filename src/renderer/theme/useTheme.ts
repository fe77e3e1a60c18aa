import { useEffect, useSyncExternalStore } from 'react';
import { setParams, useAddress } from '../address/address.ts';

export type ThemeName = 'light' | 'dark';

const system = window.matchMedia('(prefers-color-scheme: dark)');
const key = 'extrapolation-theme';

function isName(text: string | null | undefined): text is ThemeName {
  return text === 'light' || text === 'dark';
}

/** The theme of the address, else the one chosen last, else the system's. */
export function useTheme(): { theme: ThemeName; toggle: () => void } {
  const asked = useAddress().params['theme'];
  const isDark = useSyncExternalStore(
    (listener) => {
      system.addEventListener('change', listener);
      return () => {
        system.removeEventListener('change', listener);
      };
    },
    () => system.matches,
  );
  const saved = localStorage.getItem(key);
  const theme = isName(asked) ? asked : isName(saved) ? saved : isDark ? 'dark' : 'light';
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme;
  }, [theme]);
  return {
    theme,
    toggle: () => {
      const next = theme === 'dark' ? 'light' : 'dark';
      localStorage.setItem(key, next);
      setParams({ theme: next });
    },
  };
}
