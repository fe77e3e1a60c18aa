import type { JSX } from 'react';
import { cropSchema } from '../../../contract/dataSet.ts';
import type { Crop } from '../../../contract/dataSet.ts';
import {
  modelKinds,
  modelNames,
  presetsOf,
  spectralSchema,
  defaultCrops,
} from '../../../contract/hyperParameters.ts';
import type { ModelKind, PresetName } from '../../../contract/hyperParameters.ts';
import { Field, Segmented, SelectField, Switch } from '../../components/controls.tsx';
import { FolderField } from '../../components/FolderField.tsx';
import { NumberField } from '../../components/NumberField.tsx';
import { Panel } from '../../components/Panel.tsx';
import { Term } from '../../components/Term.tsx';
import { runRules } from './runDraft.ts';
import type { RunDraft } from './runDraft.ts';
import styles from './train.module.css';

export interface DraftProps {
  draft: RunDraft;
  change: (part: Partial<RunDraft>) => void;
}

const cropWords: Record<Crop, string> = {
  vae: 'Central 148 of CelebA’s 178 × 218, as the base code of the VAE',
  dcgan: 'Rows 45 to 173 of CelebA’s, as the base code of the GAN',
  full: 'The largest central square',
};

const modelWords: Record<ModelKind, string> = {
  vae: 'Encodes pictures and draws them again, so it can use photos of your own.',
  dcgan:
    'Two networks: one draws, the other tells drawn from real. Sharper pictures, but it cannot use your own photos.',
};

const threadsHelp =
  'Empty: all, which is the fastest for one run. Several side by side with one thread each are faster than one after another.';

const presetWords: Record<PresetName, string> = {
  compact: 'What two processor cores train in minutes.',
  photographs: 'For photographs, which vary more than drawn faces: more latents, each carrying more.',
  paper: 'The sizes of the code that the paper builds on.',
};

/** What is trained, on what, for how long; and the spectral step. */
export function RunForm({ draft, change }: DraftProps): JSX.Element {
  return (
    <div className={styles.column}>
      <Panel title="Run">
        <div className={styles.fields}>
          <Field label="Images" help="A folder of images, or CelebA’s. Read in place, never changed.">
            {(id) => (
              <FolderField
                id={id}
                title="Choose a folder of images"
                value={draft.data}
                onChange={(data) => {
                  change({ data });
                }}
              />
            )}
          </Field>
          <Switch
            label="Include folders that look like masks, labels or thumbnails"
            checked={draft.allFolders}
            onChange={(allFolders) => {
              change({ allFolders });
            }}
          />
          <Field label="Model" help={modelWords[draft.model]}>
            {() => (
              <Segmented
                label="Model"
                value={draft.model}
                choices={modelKinds.map((value) => ({ value, label: modelNames[value] }))}
                onChange={(model) => {
                  const crop = draft.crop === defaultCrops[draft.model] ? defaultCrops[model] : draft.crop;
                  const preset = presetsOf[model].includes(draft.preset) ? draft.preset : 'compact';
                  change({ model, crop, preset, hyperParameters: {} });
                }}
              />
            )}
          </Field>
          <Field label="Crop" help={cropWords[draft.crop]}>
            {(id) => (
              <SelectField
                id={id}
                value={draft.crop}
                choices={cropSchema.options.map((value) => ({ value, label: value }))}
                onChange={(crop) => {
                  change({ crop });
                }}
              />
            )}
          </Field>
          <Field label="Preset" help={presetWords[draft.preset]}>
            {() => (
              <Segmented
                label="Preset"
                value={draft.preset}
                choices={presetsOf[draft.model].map((value) => ({ value, label: value }))}
                onChange={(preset) => {
                  change({ preset, hyperParameters: {} });
                }}
              />
            )}
          </Field>
          <Field label="Steps" help="It can be extended later.">
            {(id, note) => (
              <NumberField
                id={id}
                describedBy={note}
                width={140}
                value={draft.steps}
                rule={runRules.steps}
                onChange={(steps) => {
                  change({ steps });
                }}
              />
            )}
          </Field>
          <Field label="Seed" help="Decides the initial weights, the order of the images and the noise.">
            {(id, note) => (
              <NumberField
                id={id}
                describedBy={note}
                width={140}
                value={draft.seed}
                rule={runRules.seed}
                onChange={(seed) => {
                  change({ seed });
                }}
              />
            )}
          </Field>
          <Field
            label="Checkpoint every"
            help="Steps. Empty: a quarter of all, at most 1,000. A power cut loses at most this many."
          >
            {(id, note) => (
              <NumberField
                id={id}
                describedBy={note}
                width={140}
                value={draft.checkpointEvery}
                rule={runRules.checkpointEvery}
                onChange={(checkpointEvery) => {
                  change({ checkpointEvery });
                }}
              />
            )}
          </Field>
          <Field label="Threads" help={threadsHelp}>
            {(id, note) => (
              <NumberField
                id={id}
                describedBy={note}
                width={140}
                value={draft.threads}
                rule={runRules.threads}
                onChange={(threads) => {
                  change({ threads });
                }}
              />
            )}
          </Field>
        </div>
      </Panel>
      <SpectralForm draft={draft} change={change} />
    </div>
  );
}

function SpectralForm({ draft, change }: DraftProps): JSX.Element {
  const { spectral } = draft;
  const set = (part: Partial<RunDraft['spectral']>): void => {
    change({ spectral: { ...spectral, ...part } });
  };
  const { gamma, cap, grid, variant } = spectralSchema.shape;
  return (
    <Panel title={<Term name="spectralStep">Spectral step</Term>} fact="after each step of Adam, eq. (13)">
      <div className={styles.fields}>
        <Switch
          label="Make the kernels’ spectra independent of their maps’"
          checked={draft.isSpectral}
          onChange={(isSpectral) => {
            change({ isSpectral });
          }}
        />
        {draft.isSpectral && (
          <>
            <Field label="gamma" help={gamma.description}>
              {(id, note) => (
                <NumberField
                  id={id}
                  describedBy={note}
                  width={140}
                  step={0.05}
                  value={spectral.gamma}
                  rule={runRules.gamma}
                  onChange={(value) => {
                    set({ gamma: value });
                  }}
                />
              )}
            </Field>
            <Field label="cap" help={cap.description}>
              {(id, note) => (
                <NumberField
                  id={id}
                  describedBy={note}
                  width={140}
                  step={0.01}
                  value={spectral.cap}
                  rule={runRules.cap}
                  onChange={(value) => {
                    set({ cap: value });
                  }}
                />
              )}
            </Field>
            <Field label="grid" help={grid.description}>
              {() => (
                <Segmented
                  label="Grid"
                  value={spectral.grid}
                  choices={grid.options.map((value) => ({ value, label: value }))}
                  onChange={(value) => {
                    set({ grid: value });
                  }}
                />
              )}
            </Field>
            <Field label="variant" help={variant.description}>
              {() => (
                <Segmented
                  label="Variant"
                  value={spectral.variant}
                  choices={variant.options.map((value) => ({ value, label: value }))}
                  onChange={(value) => {
                    set({ variant: value });
                  }}
                />
              )}
            </Field>
          </>
        )}
      </div>
    </Panel>
  );
}
