import { Menu } from '@mantine/core';
import { useState } from 'react';
import type { JSX } from 'react';
import { sentenceOf } from '../api/errors.ts';
import { Button } from './Button.tsx';
import { Icon } from './Icon.tsx';
import { saveFile } from './saveFile.ts';
import { menu } from './popover.ts';

export type FigureFiles = Partial<Record<'png' | 'svg' | 'csv', Blob | string>>;

const forms = [
  { form: 'png', label: 'Picture, PNG', type: 'image/png' },
  { form: 'svg', label: 'Drawing, SVG', type: 'image/svg+xml' },
  { form: 'csv', label: 'Numbers, CSV', type: 'text/csv' },
] as const;

export interface SaveMenuProps {
  /** What is saved, for screen readers: "the histograms". */
  what: string;
  /** The file's name without its ending. */
  name: string;
  formats?: readonly (keyof FigureFiles)[];
  files: () => Promise<FigureFiles>;
}

/** Saves a figure as a picture, a drawing, or its numbers. */
export function SaveMenu({ what, name, formats = ['png', 'svg', 'csv'], files }: SaveMenuProps): JSX.Element {
  const [state, setState] = useState<{ isBusy: boolean; error: string | null }>({
    isBusy: false,
    error: null,
  });
  const save = async (form: keyof FigureFiles, type: string): Promise<void> => {
    setState({ isBusy: true, error: null });
    try {
      const content = (await files())[form];
      if (content !== undefined) saveFile(`${name}.${form}`, new Blob([content], { type }));
      setState({ isBusy: false, error: null });
    } catch (error) {
      setState({ isBusy: false, error: sentenceOf(error) });
    }
  };
  return (
    <>
      {state.error !== null && (
        <span className="bad-text small clip" role="alert" title={state.error}>
          {state.error}
        </span>
      )}
      <Menu position="bottom-end" {...menu} withinPortal>
        <Menu.Target>
          <Button
            look="quiet"
            size="small"
            square
            aria-label={`Save ${what}`}
            title={`Save ${what}`}
            disabled={state.isBusy}
          >
            <Icon name="download" />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {forms
            .filter(({ form }) => formats.includes(form))
            .map(({ form, label, type }) => (
              <Menu.Item key={form} onClick={() => void save(form, type)}>
                {label}
              </Menu.Item>
            ))}
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
