import { useEffect, useState } from 'react';
import type { FolderLook } from '../../contract/studio.ts';
import { api } from '../api/api.ts';

/** What a folder is and how many pictures it has, while they are counted; the counting ends when another folder is looked at. */
export function useFolderLook(folder: string | undefined): FolderLook | null {
  const [look, setLook] = useState<FolderLook | null>(null);
  useEffect(() => {
    setLook(null);
    if (folder === undefined) return;
    const left = new AbortController();
    const follow = async (): Promise<void> => {
      const events = await api.studio.folders.look({ folder }, { signal: left.signal });
      for await (const event of events) if (!left.signal.aborted) setLook(event);
    };
    // Why it cannot be looked at is said where its folders are listed.
    follow().catch(() => undefined);
    return () => {
      left.abort();
    };
  }, [folder]);
  return look;
}
