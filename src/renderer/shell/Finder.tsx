import { useState } from 'react';
import type { JSX, KeyboardEvent } from 'react';
import { Dialog } from '../components/Dialog.tsx';
import { MenuList } from '../components/MenuList.tsx';
import { find, withRecent } from './finderSearch.ts';
import { rememberRecent, recentChoices, useFinderGroups } from './finderEntries.ts';
import type { FinderEntry } from './finderEntries.ts';
import styles from './Finder.module.css';

export interface FinderProps {
  isOpen: boolean;
  onClose: () => void;
  /** Copies the page's command. */
  onCopy: () => void;
  onKeys: () => void;
}

/** Find or do: pages, runs, recipes, settings, actions and the guide, by a part of their name. */
export function Finder({ isOpen, onClose, ...actions }: FinderProps): JSX.Element {
  return (
    <Dialog title="Find or do" width={560} isOpen={isOpen} onClose={onClose}>
      <FinderBody onClose={onClose} {...actions} />
    </Dialog>
  );
}

function FinderBody({ onClose, ...actions }: Omit<FinderProps, 'isOpen'>): JSX.Element {
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const [recent] = useState(recentChoices);
  const groups = find(useFinderGroups(actions), text, recent);
  const found = groups.flatMap(({ entries }) => entries);
  const current = Math.min(at, Math.max(0, found.length - 1));
  const take = (entry: FinderEntry | undefined): void => {
    if (entry === undefined) return;
    rememberRecent(withRecent(recent, entry.id));
    onClose();
    entry.act();
  };
  const show = (index: number): void => {
    setAt(index);
    document.getElementById(`found-${index}`)?.scrollIntoView({ block: 'nearest' });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const to = placeAfter(
      event,
      current,
      groups.map(({ entries }) => entries.length),
    );
    if (to !== null) show(to);
    else if (event.key === 'Enter') take(found[current]);
    else return;
    event.preventDefault();
  };
  let index = -1;
  return (
    <div className={styles.finder}>
      <input
        data-autofocus
        role="combobox"
        aria-label="A page, run, recipe, setting, action, or words of the guide"
        placeholder="Type a few letters"
        aria-expanded="true"
        aria-controls="found"
        aria-activedescendant={found.length > 0 ? `found-${current}` : undefined}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <MenuList
        role="listbox"
        id="found"
        label="Found"
        className={styles.found}
        nothing={found.length === 0 ? `Nothing is called “${text}”. Try fewer letters.` : undefined}
      >
        {groups.map(({ title, entries }) => (
          <div key={title} role="group" aria-label={title}>
            <div className={styles.title} aria-hidden="true">
              {title}
            </div>
            {entries.map((entry) => {
              index += 1;
              return (
                <button
                  key={entry.id}
                  id={`found-${index}`}
                  type="button"
                  role="option"
                  tabIndex={-1}
                  aria-selected={index === current}
                  onClick={() => {
                    take(entry);
                  }}
                >
                  <span className="grow clip">{entry.name}</span>
                  <span className="muted clip">{entry.where}</span>
                </button>
              );
            })}
          </div>
        ))}
      </MenuList>
      <p className="small muted">
        <kbd>↑</kbd> <kbd>↓</kbd> next, <kbd>Page ↓</kbd> next group, <kbd>Enter</kbd> takes it
      </p>
    </div>
  );
}

/** Where a key leads from here; null for other keys. */
function placeAfter({ key }: KeyboardEvent, at: number, sizes: readonly number[]): number | null {
  const last = sizes.reduce((sum, size) => sum + size, 0) - 1;
  const starts = sizes.map((_, group) => sizes.slice(0, group).reduce((sum, size) => sum + size, 0));
  const inside = (place: number): number => Math.min(Math.max(0, last), Math.max(0, place));
  switch (key) {
    case 'ArrowDown':
      return inside(at + 1);
    case 'ArrowUp':
      return inside(at - 1);
    case 'PageDown':
      return starts.find((start) => start > at) ?? inside(last);
    case 'PageUp':
      return starts.findLast((start) => start < at) ?? 0;
    default:
      return null;
  }
}
