import { Menu } from '@mantine/core';
import type { JSX } from 'react';
import { useHeld } from '../components/held.ts';
import { enlarge, enlarged, pictureMenu } from '../components/pictureViews.ts';
import { popover } from '../components/popover.ts';
import { actionsOf } from './pictureActions.ts';
import styles from './pictures.module.css';

/** What can be done with the picture that was pressed, at the place where it was pressed. */
export function PictureMenu(): JSX.Element | null {
  const menu = useHeld(pictureMenu);
  const isLarge = useHeld(enlarged) !== null;
  if (menu === null) return null;
  const { view, index, x, y } = menu;
  return (
    <Menu
      {...popover}
      opened
      position="bottom-start"
      onClose={() => {
        pictureMenu.set(null);
      }}
    >
      <Menu.Target>
        <span className={styles.place} style={{ left: x, top: y }} />
      </Menu.Target>
      <Menu.Dropdown aria-label={`Actions for ${view.nameOf(index)}`}>
        {!isLarge && (
          <Menu.Item
            onClick={() => {
              enlarge(view, index);
            }}
          >
            Enlarge
          </Menu.Item>
        )}
        {actionsOf(menu).map(({ words, run }) => (
          <Menu.Item key={words} onClick={run}>
            {words}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
