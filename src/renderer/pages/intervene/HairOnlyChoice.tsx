import { useEffect, useState } from 'react';
import type { JSX } from 'react';
import type { FluoHairModule } from '../../../contract/intervene.ts';
import type { Gate } from '../../../contract/recipe.ts';
import { api } from '../../api/api.ts';
import { useLong } from '../../api/useLong.ts';
import { Segmented } from '../../components/controls.tsx';
import { LongLine } from '../../components/LongLine.tsx';
import { useModel } from '../../shell/useModel.ts';
import styles from './HairOnlyChoice.module.css';

const choices = [
  { value: 'paper', label: 'Paper’s way' },
  { value: 'hair', label: 'Hair only' },
] as const;

/** FluoHair as in the paper, or behind a gate on hair, which is made the first time it is asked for. */
export function HairOnlyChoice({
  gate,
  modules,
  onChange,
}: {
  gate: Gate | undefined;
  modules: readonly FluoHairModule[];
  onChange: (gate: Gate | undefined, words: string) => void;
}): JSX.Element {
  const model = useModel();
  const [isAsked, setAsked] = useState(false);
  const hair = modules.find((module) => module.isHair);
  const step = model?.step ?? null;
  const question =
    model === null || step === null || hair === undefined
      ? null
      : {
          ...{ run: model.ref, step, channels: [...hair.channels] },
          module: { count: hair.count, letter: hair.letter },
        };
  const search = useLong(isAsked && question !== null ? ['hair gate', question] : null, (signal) => {
    if (question === null) throw new Error('asked without a hair module');
    return api.intervene.hairGate(question, { signal });
  });
  const found = search.data;
  useEffect(() => {
    if (!isAsked || found === undefined) return;
    setAsked(false);
    onChange(found, 'FluoHair on hair only');
  });
  return (
    <div className={styles.where}>
      <div className="row between">
        <span className="soft">Where</span>
        <Segmented
          small
          label="Where it recolours"
          value={gate !== undefined || isAsked ? 'hair' : 'paper'}
          choices={choices}
          onChange={(choice) => {
            setAsked(choice === 'hair' && question !== null);
            if (choice === 'paper' && gate !== undefined) onChange(undefined, 'FluoHair the paper’s way');
          }}
        />
      </div>
      {isAsked && <LongLine long={search} title="Finding the hair gate" />}
      <p className="small muted">{sentenceOf(gate, hair !== undefined)}</p>
    </div>
  );
}

const madeWords: Record<Gate['madeFrom'], string> = {
  module: 'found without labels',
  colours: 'found without labels',
  painting: 'learnt from painted faces',
  strokes: 'learnt from strokes',
  masks: 'learnt from masks',
  attributes: 'learnt from the attributes of the pictures',
};

function sentenceOf(gate: Gate | undefined, isHairKnown: boolean): string {
  if (gate === undefined) {
    return isHairKnown
      ? 'Recolours what these channels draw. They follow tone: light hair hardly changes, dark skin may.'
      : 'Recolours what these channels draw. “Hair only” needs the hair module: find the modules first.';
  }
  const made = madeWords[gate.madeFrom];
  return `Beyond the paper: a gate, ${made}, reads all levels and opens on hair, light or dark.`;
}
