import type { JSX } from 'react';
import { settingWords } from '../../../contract/sweepWords.ts';
import { Button } from '../../components/Button.tsx';
import { Field, SelectField, TextField } from '../../components/controls.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Panel } from '../../components/Panel.tsx';
import { Term } from '../../components/Term.tsx';
import type { RunDraft } from './runDraft.ts';
import { variable } from './sweepDraft.ts';
import type { SweepDraft } from './sweepDraft.ts';
import styles from './sweeps.module.css';

export interface SweepAxesProps {
  draft: RunDraft;
  sweep: SweepDraft;
  change: (part: Partial<SweepDraft>) => void;
}

/** What varies: a setting and its values, a line each. */
export function SweepAxes({ draft, sweep, change }: SweepAxesProps): JSX.Element {
  const { axes, name } = sweep;
  const choices = variable(draft.model);
  const taken = axes.map(({ setting }) => setting);
  const next = choices.find(({ value }) => !taken.includes(value));
  const setAxis = (at: number, part: Partial<SweepDraft['axes'][number]>): void => {
    change({ axes: axes.map((axis, index) => (index === at ? { ...axis, ...part } : axis)) });
  };
  return (
    <Panel title={<Term name="sweep">What varies</Term>} fact="a run for each combination of the values">
      <ul className={styles.axes}>
        {axes.map(({ setting, values }, at) => (
          <li key={setting} className={styles.axis}>
            <SelectField
              label={`Setting ${at + 1} that varies`}
              value={setting}
              choices={choices.filter(({ value }) => value === setting || !taken.includes(value))}
              onChange={(chosen) => {
                setAxis(at, { setting: chosen });
              }}
            />
            <TextField
              label={`Values of ${settingWords(setting)}`}
              value={values}
              mono
              placeholder={placeholderOf(setting)}
              onChange={(typed) => {
                setAxis(at, { values: typed });
              }}
            />
            <Button
              look="quiet"
              square
              aria-label={`Do not vary ${settingWords(setting)}`}
              disabled={axes.length === 1}
              onClick={() => {
                change({ axes: axes.filter((_, index) => index !== at) });
              }}
            >
              <Icon name="close" />
            </Button>
          </li>
        ))}
      </ul>
      <p className="muted small">
        Values with commas between them; <code>0..4</code> is 0 to 4, <code>on,off</code> a switch. They count
        instead of the form’s value below.
      </p>
      <div className={styles.more}>
        {next !== undefined && (
          <Button
            size="small"
            onClick={() => {
              change({ axes: [...axes, { setting: next.value, values: '' }] });
            }}
          >
            <Icon name="plus" />
            Vary another setting
          </Button>
        )}
      </div>
      <Field label="Name" help="Also its folder’s. Empty: the date and time.">
        {(id) => (
          <TextField
            id={id}
            value={name}
            placeholder="such as kl-weights"
            onChange={(typed) => {
              change({ name: typed });
            }}
          />
        )}
      </Field>
    </Panel>
  );
}

function placeholderOf(setting: string): string {
  if (setting === 'seed') return '0..4';
  return setting === 'spectral' ? 'on,off' : 'such as 1e-4,5e-4';
}
