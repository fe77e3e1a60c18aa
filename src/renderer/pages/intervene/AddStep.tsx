import { Menu } from '@mantine/core';
import type { JSX } from 'react';
import type { RecipeStep } from '../../../contract/recipe.ts';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { stepTitles } from './stepWords.ts';
import { menu } from '../../components/popover.ts';

const kinds: readonly { kind: RecipeStep['kind']; meaning: string }[] = [
  { kind: 'fluoHair', meaning: 'recolours what a module draws' },
  { kind: 'stretch', meaning: 'stretches all maps of a level' },
  { kind: 'scale', meaning: 'multiplies channels, or switches them off' },
  { kind: 'hybridise', meaning: 'takes channels from another seed' },
];

export function AddStep({ onAdd }: { onAdd: (kind: RecipeStep['kind']) => void }): JSX.Element {
  return (
    <Menu position="bottom-start" {...menu} offset={4}>
      <Menu.Target>
        <Button look="quiet" size="small">
          <Icon name="plus" />
          Add
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {kinds.map(({ kind, meaning }) => (
          <Menu.Item
            key={kind}
            onClick={() => {
              onAdd(kind);
            }}
          >
            <b>{stepTitles[kind]}</b> <span className="muted small">{meaning}</span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
