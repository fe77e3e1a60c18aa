import { Fragment } from 'react';
import type { JSX } from 'react';
import { useAddress } from '../address/address.ts';
import { Dialog } from '../components/Dialog.tsx';
import { LevelSwitch } from './LevelSwitch.tsx';
import { NoticeSwitch } from './NoticeSwitch.tsx';
import { everyPage, pages } from './pages.ts';
import styles from './Help.module.css';

const everywhere: readonly (readonly [string, string])[] = [
  [
    `Ctrl 1–${pages.length}`,
    'Pages in the order of the rail; Alt with a digit where the browser keeps Ctrl for itself',
  ],
  ['Ctrl K', 'Find or do'],
  ['F1', 'The user guide, at the chapter of the page'],
  ['Ctrl Shift C', 'Copy as command'],
  ['[  ]', 'Earlier, later checkpoint'],
  ['Arrows', 'Move in a grid or on a slider; with Shift ten steps, Home and End to the ends'],
  ['Space, Enter', 'Select, open or enlarge'],
  ['Shift F10', 'What can be done with a picture'],
  ['Esc', 'Cancels or closes'],
];

export function Help({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }): JSX.Element {
  const address = useAddress();
  const page = everyPage.find(({ id }) => id === address.page);
  const keys = [...(page?.keys ?? []), ...everywhere];
  return (
    <Dialog title={`Keys${page === undefined ? '' : ` on ${page.title}`}`} isOpen={isOpen} onClose={onClose}>
      <div className={styles.keys}>
        {keys.map(([key, meaning]) => (
          <Fragment key={key}>
            <kbd>{key}</kbd>
            <span>{meaning}</span>
          </Fragment>
        ))}
      </div>
      <LevelSwitch />
      <NoticeSwitch />
    </Dialog>
  );
}
