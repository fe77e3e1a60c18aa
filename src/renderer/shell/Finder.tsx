import { useState } from 'react';
import type { JSX } from 'react';
import { goTo } from '../address/address.ts';
import { useRuns } from '../api/runs.ts';
import { Dialog } from '../components/Dialog.tsx';
import { MenuList } from '../components/MenuList.tsx';
import { useTheme } from '../theme/useTheme.ts';
import { everyPage } from './pages.ts';
import { chooseRun, refOf } from './useModel.ts';
import styles from './Finder.module.css';

interface Entry {
  name: string;
  kind: string;
  act: () => void;
}

/** Find or do: pages, runs and a few actions by a part of their name. */
export function Finder({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }): JSX.Element {
  return (
    <Dialog title="Find or do" isOpen={isOpen} onClose={onClose}>
      <FinderBody onClose={onClose} />
    </Dialog>
  );
}

function FinderBody({ onClose }: { onClose: () => void }): JSX.Element {
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const wanted = text.trim().toLowerCase();
  const found = useEntries().filter(({ name, kind }) => `${kind} ${name}`.toLowerCase().includes(wanted));
  const current = Math.min(at, Math.max(0, found.length - 1));
  const take = (entry: Entry | undefined): void => {
    if (entry === undefined) return;
    onClose();
    entry.act();
  };
  return (
    <div className={styles.finder}>
      <input
        data-autofocus
        role="combobox"
        aria-label="A page, a run or an action"
        aria-expanded="true"
        aria-controls="found"
        aria-activedescendant={found.length > 0 ? `found-${current}` : undefined}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') setAt(Math.min(found.length - 1, current + 1));
          else if (event.key === 'ArrowUp') setAt(Math.max(0, current - 1));
          else if (event.key === 'Enter') take(found[current]);
          else return;
          event.preventDefault();
        }}
      />
      <MenuList
        role="listbox"
        id="found"
        label="Found"
        className={styles.found}
        nothing={found.length === 0 ? `Nothing has “${text}” in its name.` : undefined}
      >
        {found.map((entry, index) => (
          <button
            key={`${entry.kind} ${entry.name}`}
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
            <span className="muted">{entry.kind}</span>
          </button>
        ))}
      </MenuList>
    </div>
  );
}

function useEntries(): Entry[] {
  const runs = useRuns().value?.runs ?? [];
  const { toggle } = useTheme();
  return [
    ...everyPage.map((page) => ({
      name: page.title,
      kind: 'page',
      act: () => {
        goTo(page.id);
      },
    })),
    {
      name: 'New run',
      kind: 'do',
      act: () => {
        goTo('train', { view: 'new' });
      },
    },
    {
      name: 'Make faces',
      kind: 'do',
      act: () => {
        goTo('data', { view: 'make' });
      },
    },
    { name: 'Dark or light', kind: 'do', act: toggle },
    ...runs.map((run) => ({
      name: run.id,
      kind: 'run',
      act: () => {
        chooseRun(refOf(run));
      },
    })),
  ];
}
