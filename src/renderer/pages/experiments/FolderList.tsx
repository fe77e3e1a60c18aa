import type { JSX } from 'react';
import type { ListedReproduction } from '../../../contract/experiments.ts';
import { setParams } from '../../address/address.ts';
import { StateMark } from '../../components/marks.tsx';
import { Panel } from '../../components/Panel.tsx';
import { counted, nameOf } from '../../words.ts';
import { phaseMarks } from './experimentWords.ts';
import styles from './experiments.module.css';

/** Folders with experiments that were found, to be shown by a click. */
export function FolderList({
  listed,
  current,
}: {
  listed: readonly ListedReproduction[];
  current: string | undefined;
}): JSX.Element | null {
  if (listed.length === 0) return null;
  return (
    <Panel title="Folders" fact={counted(listed.length, 'folder')} flush>
      <ul className={styles.folders}>
        {listed.map(({ folder, phase, scale, made }) => {
          const { icon, tone, word } = phaseMarks[phase];
          return (
            <li key={folder}>
              <button
                type="button"
                title={folder}
                aria-current={folder === current ? 'true' : undefined}
                onClick={() => {
                  setParams({ out: folder, shown: undefined, other: undefined });
                }}
              >
                <b className="clip">{nameOf(folder)}</b>
                <span className="small muted">
                  {[scale, counted(made.length, 'result')].filter((part) => part !== null).join(', ')}
                </span>
                <StateMark icon={icon} tone={tone}>
                  {word}
                </StateMark>
              </button>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
