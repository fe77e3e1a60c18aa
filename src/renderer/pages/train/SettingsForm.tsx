import type { JSX } from 'react';
import { Button } from '../../components/Button.tsx';
import { Field, SelectField } from '../../components/controls.tsx';
import { NumberField } from '../../components/NumberField.tsx';
import { Panel } from '../../components/Panel.tsx';
import { presetValue, rangeOf, settingsOf } from './modelSettings.ts';
import type { Setting } from './modelSettings.ts';
import type { DraftProps } from './RunForm.tsx';
import styles from './train.module.css';

/** Every hyper-parameter with its meaning, its range and the preset's value, as the contract has them. */
export function SettingsForm({ draft, change }: DraftProps): JSX.Element {
  const settings = settingsOf(draft.model);
  const changed = settings.filter(({ name }) => draft.hyperParameters[name] !== undefined);
  const reset = (
    <Button
      look="quiet"
      size="small"
      disabled={changed.length === 0}
      onClick={() => {
        change({ hyperParameters: {} });
      }}
    >
      Back to the preset
    </Button>
  );
  const fact =
    changed.length === 0
      ? `as in ${draft.preset}`
      : `${changed.length} ${changed.length === 1 ? 'differs' : 'differ'} from ${draft.preset}`;
  return (
    <Panel title="Hyper-parameters" fact={fact} tools={reset}>
      <div className={styles.fields}>
        {settings.map((setting) => (
          <SettingField key={setting.name} setting={setting} draft={draft} change={change} />
        ))}
      </div>
    </Panel>
  );
}

function SettingField({ setting, draft, change }: DraftProps & { setting: Setting }): JSX.Element {
  const defaultValue = presetValue(draft.model, draft.preset, setting.name) ?? '';
  const value = draft.hyperParameters[setting.name] ?? defaultValue;
  const set = (next: number | string): void => {
    const rest = Object.fromEntries(
      Object.entries(draft.hyperParameters).filter(([name]) => name !== setting.name),
    );
    change({ hyperParameters: next === defaultValue ? rest : { ...rest, [setting.name]: next } });
  };
  const isChanged = value !== defaultValue;
  const preset = isChanged ? `Preset: ${defaultValue}.` : '';
  const help = [sentence(setting.meaning), rangeOf(setting), preset].filter((part) => part !== '').join(' ');
  return (
    <Field label={setting.label} help={help} warning={isChanged ? help : undefined}>
      {(id, note) =>
        setting.kind === 'choice' ? (
          <SelectField
            id={id}
            value={String(value)}
            choices={setting.choices.map((choice) => ({ value: choice, label: choice }))}
            onChange={set}
          />
        ) : (
          <NumberField
            id={id}
            describedBy={note}
            width={140}
            value={value}
            rule={setting.rule}
            onChange={set}
          />
        )
      }
    </Field>
  );
}

function sentence(text: string): string {
  const first = text.slice(0, 1);
  return `${first.toUpperCase()}${text.slice(1)}.`;
}
