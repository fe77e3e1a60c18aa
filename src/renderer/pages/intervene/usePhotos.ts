import { useCallback, useEffect, useState } from 'react';
import { z } from 'zod';
import type { LiveSource } from '../../../contract/live.ts';
import { api } from '../../api/api.ts';
import { sentenceOf } from '../../api/errors.ts';
import { picturesOf } from '../../components/pictures.ts';
import type { Pictures } from '../../components/pictures.ts';

/** Codes of a person's photos for one checkpoint; kept for the session, so that a reload shows them again. */
const photosSchema = z.object({
  run: z.string(),
  step: z.number(),
  names: z.array(z.string()).min(1),
  latents: z.array(z.array(z.number())).min(1),
});
type Codes = z.infer<typeof photosSchema>;

const key = 'extrapolation-photos';
/** The files themselves live as long as the page; with them another checkpoint can encode them anew. */
let files: readonly File[] = [];
let originals: Pictures | null = null;

export interface Photos {
  codes: Codes | null;
  originals: Pictures | null;
  isBusy: boolean;
  error: string | null;
  /** Files that could not be used, in words. */
  notes: readonly string[];
  open: (files: readonly File[]) => void;
  close: () => void;
}

/** A person's photos as the current model encodes them. */
export function usePhotos(run: string | null, step: number | null): Photos {
  const [codes, setCodes] = useState<Codes | null>(read);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [notes, setNotes] = useState<readonly string[]>([]);
  const encode = useCallback(
    async (photos: readonly File[]) => {
      if (run === null || step === null || photos.length === 0) return;
      setBusy(true);
      setError(null);
      try {
        const encoded = await api.live.encode({ run, step, photos: photos.slice(0, 36) });
        files = photos;
        originals = await picturesOf(encoded.originals);
        const names = encoded.used.map((at) => photos[at]?.name ?? `photo ${at + 1}`);
        const next = { run, step, names, latents: encoded.latents };
        sessionStorage.setItem(key, JSON.stringify(next));
        setCodes(next);
        setNotes(encoded.skipped.map(({ file, reason }) => `${file} was left out: ${reason}.`));
      } catch (reason) {
        setError(sentenceOf(reason));
      } finally {
        setBusy(false);
      }
    },
    [run, step],
  );
  const isOther = codes !== null && (codes.run !== run || codes.step !== step);
  useEffect(() => {
    if (isOther && files.length > 0) void encode(files);
  }, [isOther, encode]);
  return {
    codes: isOther ? null : codes,
    originals: isOther || originals?.count !== codes?.names.length ? null : originals,
    ...{ isBusy, error, notes },
    open: (photos) => {
      void encode(photos);
    },
    close: () => {
      sessionStorage.removeItem(key);
      files = [];
      originals = null;
      setCodes(null);
      setNotes([]);
      setError(null);
    },
  };
}

export function sourceOfPhotos(codes: Codes): LiveSource {
  return { kind: 'latents', latents: codes.latents };
}

function read(): Codes | null {
  try {
    return photosSchema.safeParse(JSON.parse(sessionStorage.getItem(key) ?? 'null')).data ?? null;
  } catch {
    return null;
  }
}

export function imageFilesOf(list: FileList | null): File[] {
  return [...(list ?? [])].filter(({ type }) => type.startsWith('image/'));
}
