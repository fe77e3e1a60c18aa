import { Menu } from '@mantine/core';
import { useRef } from 'react';
import type { JSX } from 'react';
import type { TheoryFigure } from '../../../contract/theory.ts';
import { api } from '../../api/api.ts';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Note } from '../../components/marks.tsx';
import { saveFile } from '../../components/saveFile.ts';
import { useAction } from '../../components/useAction.ts';
import { menu } from '../../components/popover.ts';

type Asked = Parameters<typeof api.theory.draw>[0];
type Format = 'png' | 'svg' | 'csv';

const formats: readonly { format: Format; label: string }[] = [
  { format: 'png', label: 'Picture, PNG' },
  { format: 'svg', label: 'Drawing, SVG' },
  { format: 'csv', label: 'Numbers, CSV' },
];

const types: Readonly<Record<Format, string>> = {
  png: 'image/png',
  svg: 'image/svg+xml',
  csv: 'text/csv',
};

interface Chosen {
  asked: Asked;
  format: Format;
}

async function write({ asked, format }: Chosen): Promise<void> {
  const drawn = await api.theory.draw(asked);
  const content =
    format === 'png'
      ? Uint8Array.from(atob(drawn.png), (character) => character.charCodeAt(0))
      : drawn[format];
  saveFile(`fig${asked.figure}.${format}`, new Blob([content], { type: types[format] }));
}

/** Saves the figures with the settings of the page: the same files as the command writes. */
export function FigureMenu({ figures }: { figures: readonly Asked[] }): JSX.Element {
  const chosen = useRef<Chosen | null>(null);
  const action = useAction(async () => {
    if (chosen.current !== null) await write(chosen.current);
  });
  return (
    <>
      {action.error !== null && <Note tone="bad">{action.error}</Note>}
      <Menu position="bottom-end" {...menu}>
        <Menu.Target>
          <Button look="quiet" disabled={action.isBusy}>
            <Icon name="download" />
            Figure and numbers
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {figures.map((asked) => (
            <div key={asked.figure}>
              <Menu.Label>{labelOf(asked.figure)}</Menu.Label>
              {formats.map(({ format, label }) => (
                <Menu.Item
                  key={format}
                  onClick={() => {
                    chosen.current = { asked, format };
                    action.run();
                  }}
                >
                  {label}
                </Menu.Item>
              ))}
            </div>
          ))}
        </Menu.Dropdown>
      </Menu>
    </>
  );
}

function labelOf(figure: TheoryFigure['figure']): string {
  return `Figure ${figure}`;
}
