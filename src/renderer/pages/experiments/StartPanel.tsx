import type { JSX } from 'react';
import { experimentIds, experimentScales } from '../../../contract/experiments.ts';
import { Field, Segmented, SelectField } from '../../components/controls.tsx';
import { FolderField } from '../../components/FolderField.tsx';
import { NumberField } from '../../components/NumberField.tsx';
import { Panel } from '../../components/Panel.tsx';
import { longNames, scaleWords, seedsRule } from './experimentWords.ts';
import type { Asked, What } from './experimentWords.ts';
import styles from './experiments.module.css';

/** What is to be made, how large, and where it is kept. */
export function StartPanel({
  asked,
  change,
}: {
  asked: Asked;
  change: (part: Partial<Asked>) => void;
}): JSX.Element {
  const choices: { value: What; label: string }[] = [
    ...experimentIds.map((id) => ({ value: id, label: longNames[id] })),
    { value: 'all', label: 'All of them' },
  ];
  return (
    <Panel title="Run experiments">
      <div className={styles.form}>
        <Field stacked label="Experiment" help="What it needs is trained first, and shared with the others.">
          {(id) => (
            <SelectField
              id={id}
              value={asked.what}
              choices={choices}
              onChange={(what) => {
                change({ what });
              }}
            />
          )}
        </Field>
        <div className={styles.choice}>
          <span>Scale</span>
          <Segmented
            wraps
            label="Scale"
            value={asked.scale}
            choices={experimentScales.map((value) => ({ value, label: scaleWords[value].name }))}
            onChange={(scale) => {
              change({ scale });
            }}
          />
          <span className="muted">{scaleWords[asked.scale].help}</span>
        </div>
        <Field
          stacked
          label="Folder"
          help="Runs, figures and numbers are kept here. Finished work is reused, stopped work continues."
        >
          {(id) => (
            <FolderField
              id={id}
              title="Choose where experiments are kept"
              value={asked.out}
              onChange={(out) => {
                change({ out });
              }}
            />
          )}
        </Field>
        <Field
          stacked
          label="Images"
          help="Empty: synthetic faces are drawn, whose hair and eyes are known. Some experiments need that."
        >
          {(id) => (
            <FolderField
              id={id}
              title="Choose a folder of images"
              value={asked.data}
              onChange={(data) => {
                change({ data });
              }}
            />
          )}
        </Field>
        {asked.data !== '' && (
          <Field
            stacked
            label="Masks of the hair"
            help="Of held-out photographs, PNG named like them: white hair, grey unknown. Empty: CelebA’s attributes tell, where they are."
          >
            {(id) => (
              <FolderField
                id={id}
                title="Choose a folder of masks"
                value={asked.hairMasks}
                onChange={(hairMasks) => {
                  change({ hairMasks });
                }}
              />
            )}
          </Field>
        )}
        <Field
          stacked
          label="Seeds"
          help="Runs of each kind; 3 by default (quick: 2). Fewer than 3 decide nothing."
        >
          {(id, describedBy) => (
            <NumberField
              id={id}
              describedBy={describedBy}
              value={asked.seeds}
              rule={seedsRule}
              width={96}
              onChange={(seeds) => {
                change({ seeds });
              }}
            />
          )}
        </Field>
      </div>
    </Panel>
  );
}
