import { Menu } from '@mantine/core';
import { useRef } from 'react';
import type { JSX } from 'react';
import { Button } from './Button.tsx';
import { Icon } from './Icon.tsx';
import { savePicture } from './savePicture.ts';
import type { SavedPictures } from './pictureFileName.ts';
import { useAction } from './useAction.ts';
import { menu } from './popover.ts';

export interface SavePictureMenuProps {
  choices: readonly { label: string; what: SavedPictures }[];
}

/** Saves what is shown as PNG. The picture carries its run, seeds and recipe. */
export function SavePictureMenu({ choices }: SavePictureMenuProps): JSX.Element {
  const chosen = useRef<SavedPictures | null>(null);
  const save = useAction(async () => {
    if (chosen.current !== null) await savePicture(chosen.current);
  });
  return (
    <>
      {save.error !== null && (
        <span className="bad-text small clip" role="alert" title={save.error}>
          {save.error}
        </span>
      )}
      <Menu position="bottom-end" {...menu} withinPortal>
        <Menu.Target>
          <Button
            size="small"
            square
            aria-label="Save pictures"
            title="Save pictures with their recipe, run and seeds"
            disabled={save.isBusy || choices.length === 0}
          >
            <Icon name="download" />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {choices.map(({ label, what }) => (
            <Menu.Item
              key={label}
              onClick={() => {
                chosen.current = what;
                save.run();
              }}
            >
              {label}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
