import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { JSX } from 'react';
import { useAddress } from '../address/address.ts';
import { useRuns } from '../api/runs.ts';
import { guidePlace } from '../components/guideStore.ts';
import { useHeld } from '../components/held.ts';
import { followKept } from '../components/keptFaces.ts';
import { Note } from '../components/marks.tsx';
import { enlarged, pictureMenu } from '../components/pictureViews.ts';
import { useIdle } from '../components/useIdle.ts';
import { host } from '../host/host.ts';
import { BottomBar } from './BottomBar.tsx';
import { ConnectionLine } from './ConnectionLine.tsx';
import { DropLine } from './DropLine.tsx';
import { dropHint } from './dropWords.ts';
import { PageBoundary } from './PageBoundary.tsx';
import { chapterOf, everyPage } from './pages.ts';
import { Rail } from './Rail.tsx';
import { SaidLine } from './SaidLine.tsx';
import { ShellContext } from './shellContext.ts';
import { TopBar } from './TopBar.tsx';
import { useDrops } from './useDrops.ts';
import { useModel } from './useModel.ts';
import { useNotices } from './useNotices.ts';
import { usePagesAhead } from './usePagesAhead.ts';
import { useShellKeys } from './useShellKeys.ts';
import styles from './App.module.css';

const GuidePanel = lazy(() => import('../guide/GuidePanel.tsx'));
const Overlays = lazy(() => import('./Overlays.tsx'));
const copiedMilliseconds = 1500;
const pageIds = everyPage.map(({ id }) => id);

/** Rail, top bar, page and bottom bar; the same around every page. */
export function App(): JSX.Element {
  const { page } = useAddress();
  const [command, setCommand] = useState<string | null>(null);
  const [open, setOpen] = useState<'finder' | 'keys' | null>(null);
  const { isCopied, copy } = useCopy(command);
  const find = useCallback(() => {
    setOpen('finder');
  }, []);
  const keys = useCallback(() => {
    setOpen('keys');
  }, []);
  const help = useCallback(() => {
    guidePlace.set(chapterOf(page));
  }, [page]);
  const close = (): void => {
    setOpen(null);
  };
  useShellKeys({ model: useModel(), find, help, keys, copy });
  useTrainingCount();
  useNotices();
  useEffect(followKept, []);
  const drop = useDrops(page);
  const isIdle = useIdle();
  const hasPicture = [useHeld(enlarged), useHeld(pictureMenu)].some((held) => held !== null);
  const shell = useMemo(() => ({ setCommand, pageIds }), []);
  const definition = everyPage.find(({ id }) => id === page);
  useEffect(() => {
    document.title = `${definition?.title ?? 'Not found'} · Extrapolation Studio`;
  }, [definition]);
  useKeptFocus(page);
  usePagesAhead(everyPage);
  return (
    <ShellContext value={shell}>
      <a className={styles.skip} href="#page" onClick={skipToPage}>
        Skip to the page
      </a>
      <div className={styles.app}>
        <Rail onHelp={help} />
        <TopBar onFind={find} />
        <div className={styles.lines}>
          <ConnectionLine />
          {drop.words !== null && <DropLine words={drop.words} onClose={drop.dismiss} />}
        </div>
        <main className={styles.page} id="page" tabIndex={-1}>
          <PageBoundary key={page}>
            <Suspense fallback={<Coming title={definition?.title ?? ''} />}>
              {definition === undefined ? (
                <Note tone="warn">There is no page named “{page}”. Choose one at the left.</Note>
              ) : (
                <definition.page />
              )}
            </Suspense>
          </PageBoundary>
        </main>
        <BottomBar command={command} isCopied={isCopied} onCopy={copy} />
      </div>
      {drop.isOver && (
        <div className={styles.drop} aria-hidden="true">
          <p>{dropHint(page)}</p>
        </div>
      )}
      {(isIdle || hasPicture || open !== null) && (
        <Suspense>
          <Overlays open={open} onClose={close} onCopy={copy} onKeys={keys} />
        </Suspense>
      )}
      <Guide onKeys={keys} />
      <SaidLine />
    </ShellContext>
  );
}

/** The user guide, where it is open; what had the focus before has it again when it closes. */
function Guide({ onKeys }: { onKeys: () => void }): JSX.Element | null {
  const place = useHeld(guidePlace);
  const isOpen = place !== null;
  const before = useRef<Element | null>(null);
  useEffect(() => {
    if (!isOpen) return;
    before.current = document.activeElement;
    return () => {
      if (before.current instanceof HTMLElement) before.current.focus();
    };
  }, [isOpen]);
  if (place === null) return null;
  return (
    <Suspense>
      <GuidePanel
        slug={place}
        onGo={(slug) => {
          guidePlace.set(slug);
        }}
        onClose={() => {
          guidePlace.set(null);
        }}
        onKeys={onKeys}
      />
    </Suspense>
  );
}

/** In the place of a page whose code is on its way; not before that takes a moment. */
function Coming({ title }: { title: string }): JSX.Element {
  return (
    <p className={styles.coming} role="status">
      Opening {title}…
    </p>
  );
}

/** The address belongs to the pages, so the link moves the focus itself. */
function skipToPage(event: { preventDefault: () => void }): void {
  event.preventDefault();
  document.getElementById('page')?.focus();
}

/** What was pressed may have gone with its page: Tab then goes on at the beginning of the new one, not of the rail. */
function useKeptFocus(page: string): void {
  const shown = useRef(page);
  useEffect(() => {
    if (shown.current === page) return;
    shown.current = page;
    if (document.activeElement === document.body)
      document.getElementById('page')?.focus({ preventScroll: true });
  }, [page]);
}

function useCopy(command: string | null): { isCopied: boolean; copy: () => void } {
  const [isCopied, setCopied] = useState(false);
  const copy = useCallback(() => {
    if (command === null) return;
    void navigator.clipboard.writeText(command).then(() => {
      setCopied(true);
      setTimeout(() => {
        setCopied(false);
      }, copiedMilliseconds);
    });
  }, [command]);
  return { isCopied, copy };
}

/** The desktop asks before it closes while something trains. */
function useTrainingCount(): void {
  const runs = useRuns().value?.runs ?? [];
  const training = runs.filter(({ state }) => state === 'training' || state === 'starting').length;
  useEffect(() => {
    host.setTraining(training);
  }, [training]);
}
