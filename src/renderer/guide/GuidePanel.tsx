import { useEffect, useRef, useState } from 'react';
import type { JSX, KeyboardEvent, RefObject } from 'react';
import { Button } from '../components/Button.tsx';
import { SelectField } from '../components/controls.tsx';
import { Icon } from '../components/Icon.tsx';
import { MenuList } from '../components/MenuList.tsx';
import { counted } from '../words.ts';
import { anchorOf, GuideBlocks } from './GuideBlocks.tsx';
import { placeIn } from './guidePlaces.ts';
import { chapters } from './guideText.ts';
import { searchGuide } from './searchGuide.ts';
import styles from './GuidePanel.module.css';

export interface GuidePanelProps {
  /** The heading that it shows, by the name a link gives it. */
  slug: string;
  onGo: (slug: string) => void;
  onClose: () => void;
  /** Shows the keys of the page. */
  onKeys: () => void;
}

/** The user guide beside the page, which stays in use: chapters, a search over all of them, and the way back. */
export default function GuidePanel({ slug, onGo, onClose, onKeys }: GuidePanelProps): JSX.Element {
  const [question, setQuestion] = useState('');
  const [before, setBefore] = useState<readonly string[]>([]);
  const text = useRef<HTMLDivElement>(null);
  const { chapter, heading } = placeIn(chapters, slug);
  const isSearching = question.trim() !== '';
  useShown(text, heading, isSearching);
  const go = (to: string): void => {
    setQuestion('');
    // What was pressed may be gone, and keys are heard within the panel alone.
    text.current?.focus();
    if (to === slug) return;
    setBefore([...before, slug]);
    onGo(to);
  };
  const back = (): void => {
    const last = before.at(-1);
    if (last === undefined) return;
    text.current?.focus();
    setBefore(before.slice(0, -1));
    onGo(last);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    if (isSearching) setQuestion('');
    else onClose();
  };
  return (
    <aside className={styles.panel} aria-label="User guide" onKeyDown={onKeyDown}>
      <header className={styles.head}>
        <h2>User guide</h2>
        <span className="grow" />
        <Button size="small" disabled={before.length === 0} onClick={back}>
          <Icon name="left" />
          Back
        </Button>
        <Button size="small" onClick={onKeys}>
          Keys
        </Button>
        <Button
          size="small"
          square
          look="quiet"
          aria-label="Close the guide"
          title="Close  Esc"
          onClick={onClose}
        >
          <Icon name="close" />
        </Button>
      </header>
      <div className={styles.find}>
        <input
          type="search"
          autoFocus
          aria-label="Search the guide"
          placeholder="Search the guide"
          value={question}
          onChange={(event) => {
            setQuestion(event.currentTarget.value);
          }}
        />
        <SelectField
          label="Chapter"
          width={200}
          value={chapter.slug}
          choices={chapters.map((each) => ({ value: each.slug, label: each.title }))}
          onChange={go}
        />
      </div>
      <div className={styles.text} ref={text} tabIndex={0} role="region" aria-label={chapter.title}>
        {isSearching ? (
          <Hits question={question} onGo={go} />
        ) : (
          <>
            <h2 id={anchorOf(chapter.slug)} tabIndex={-1}>
              {chapter.title}
            </h2>
            <GuideBlocks blocks={chapter.blocks} onGo={go} />
          </>
        )}
      </div>
    </aside>
  );
}

/** A chapter begins at its top, a heading within it where it stands. */
function useShown(text: RefObject<HTMLDivElement | null>, heading: string, isSearching: boolean): void {
  useEffect(() => {
    const shown = text.current;
    if (shown === null || isSearching) return;
    const target = document.getElementById(anchorOf(heading));
    const isTop = target === null || target === shown.firstElementChild;
    shown.scrollTop = isTop ? 0 : target.offsetTop;
  }, [text, heading, isSearching]);
}

function Hits({ question, onGo }: { question: string; onGo: (slug: string) => void }): JSX.Element {
  const hits = searchGuide(chapters, question);
  return (
    <>
      <p className="small muted" role="status">
        {hits.length === 0
          ? 'Nothing in the guide has these words.'
          : `${counted(hits.length, 'place')} in the guide`}
      </p>
      <MenuList role="group" label="Found in the guide" className={styles.hits}>
        {hits.map((hit) => (
          <button
            key={`${hit.chapter.slug} ${hit.slug}`}
            type="button"
            onClick={() => {
              onGo(hit.slug);
            }}
          >
            <span>
              <b>{hit.title === hit.chapter.title ? hit.title : `${hit.chapter.title} › ${hit.title}`}</b>
              {hit.excerpt !== '' && <span className={styles.excerpt}>{hit.excerpt}</span>}
            </span>
          </button>
        ))}
      </MenuList>
    </>
  );
}
