import { useCallback, useEffect, useState } from 'react';
import { z } from 'zod';
import type { PictureSource } from '../../contract/intervene.ts';
import { api } from '../api/api.ts';
import { sentenceOf } from '../api/errors.ts';
import { picturesOf } from './pictures.ts';
import type { Pictures } from './pictures.ts';

/** Codes of a person's photos for one checkpoint; cached for the session, so that a reload shows them at once. */
const photosSchema = z.object({
  run: z.string(),
  step: z.number(),
  names: z.array(z.string()).min(1),
  latents: z.array(z.array(z.number())).min(1),
});
type Codes = z.infer<typeof photosSchema>;

const key = 'extrapolation-photos';
const mostPhotos = 36;
/** The files, with which another checkpoint can encode them anew; the engine stores them for a reload. */
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
    async (photos: readonly File[], areNew: boolean) => {
      if (run === null || step === null || photos.length === 0) return;
      setBusy(true);
      setError(null);
      try {
        const encoded = await api.intervene.encode({ run, step, photos: photos.slice(0, mostPhotos) });
        files = photos;
        originals = await picturesOf(encoded.originals);
        const names = encoded.used.map((at) => photos[at]?.name ?? `photo ${at + 1}`);
        const next = { run, step, names, latents: encoded.latents };
        sessionStorage.setItem(key, JSON.stringify(next));
        setCodes(next);
        const left = encoded.skipped.map(({ file, reason }) => `${file} was left out: ${reason}.`);
        setNotes(left);
        const lost = areNew ? await store(photos.slice(0, mostPhotos)) : null;
        if (lost !== null) setNotes([...left, lost]);
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
    if (isOther && files.length > 0) void encode(files, false);
  }, [isOther, encode]);
  // After a reload the codes are there and the files are not: without them no original is shown, and no other checkpoint.
  const areFilesMissing = codes !== null && files.length === 0;
  useEffect(() => {
    if (!areFilesMissing) return;
    void readStored().then((stored) => {
      if (stored.length > 0 && files.length === 0) return encode(stored, false);
    });
  }, [areFilesMissing, encode]);
  return {
    codes: isOther ? null : codes,
    originals: isOther || originals?.count !== codes?.names.length ? null : originals,
    ...{ isBusy, error, notes },
    open: (photos) => {
      void encode(photos, true);
    },
    close: () => {
      sessionStorage.removeItem(key);
      void api.intervene.photos.forget().catch(() => undefined);
      files = [];
      originals = null;
      setCodes(null);
      setNotes([]);
      setError(null);
    },
  };
}

/** The sentence that says why they are not stored; null where they are. */
async function store(photos: readonly File[]): Promise<string | null> {
  try {
    await api.intervene.photos.store({ photos: [...photos], names: photos.map(({ name }) => name) });
    return null;
  } catch (error) {
    return sentenceOf(error);
  }
}

async function readStored(): Promise<File[]> {
  const stored = await api.intervene.photos.read().catch(() => null);
  return (stored?.photos ?? []).map(
    (photo, index) => new File([photo], stored?.names[index] ?? `photo ${index + 1}`),
  );
}

export function sourceOfPhotos(codes: Codes): PictureSource {
  return { kind: 'latents', latents: codes.latents };
}

function read(): Codes | null {
  try {
    return photosSchema.safeParse(JSON.parse(sessionStorage.getItem(key) ?? 'null')).data ?? null;
  } catch {
    return null;
  }
}

/** Photos that stand before the seeds on Explore. */
export function openPhotoCount(): number {
  return read()?.names.length ?? 0;
}

export function imageFilesOf(list: FileList | null): File[] {
  return [...(list ?? [])].filter(({ type }) => type.startsWith('image/'));
}
