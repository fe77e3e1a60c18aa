import { Menu } from '@mantine/core';
import type { JSX } from 'react';
import { useHeld, useLast } from '../components/held.ts';
import { enlarge, enlarged, pictureMenu } from '../components/pictureViews.ts';
import { menu as menuProps, popover } from '../components/popover.ts';
import { actionsOf } from './pictureActions.ts';
import styles from './pictures.module.css';

/** What can be done with the picture that was pressed, at the place where it was pressed. */
export function PictureMenu(): JSX.Element {
  const menu = useHeld(pictureMenu);
  const isLarge = useHeld(enlarged) !== null;
  const last = useLast(menu);
  // The menu is always there, opens and closes: so it knows where the focus was, and gives it back.
  return (
    <Menu
      {...popover}
      {...menuProps}
      opened={menu !== null}
      position="bottom-start"
      onClose={() => {
        pictureMenu.set(null);
      }}
    >
      <Menu.Target>
        <span className={styles.place} style={{ left: last?.x, top: last?.y }} aria-hidden="true" />
      </Menu.Target>
      <Menu.Dropdown aria-label={`Actions for ${last?.view.nameOf(last.index) ?? 'the picture'}`}>
        {last !== null && !isLarge && (
          <Menu.Item
            onClick={() => {
              enlarge(last.view, last.index);
            }}
          >
            Enlarge
          </Menu.Item>
        )}
        {(last === null ? [] : actionsOf(last)).map(({ words, run }) => (
          <Menu.Item key={words} onClick={run}>
            {words}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
