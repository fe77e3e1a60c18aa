import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { JSX } from 'react';
import type { FluoHairModule } from '../../../contract/intervene.ts';
import { isPartGate } from '../../../contract/recipe.ts';
import type { Gate, PartGate } from '../../../contract/recipe.ts';
import { titleOf } from '../../../contract/runLabels.ts';
import { goTo } from '../../address/address.ts';
import { api } from '../../api/api.ts';
import { pageWorks, useLong } from '../../api/useLong.ts';
import { Button } from '../../components/Button.tsx';
import { Segmented } from '../../components/controls.tsx';
import { LongLine } from '../../components/LongLine.tsx';
import { useModel } from '../../shell/useModel.ts';
import { capitalised, counted } from '../../words.ts';
import styles from './HairOnlyChoice.module.css';

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
  const hair = modules.find((module) => module.isHair);
  const step = model?.step ?? null;
  const question = model === null || step === null ? null : { run: model.ref, step };
  const key = ['hair gate', question];
  // Whoever comes back to the page finds the search that goes on.
  const [isAsked, setAsked] = useState(() => pageWorks.isUnderWay(JSON.stringify(key)));
  const search = useLong({
    title: `Finding the hair gate of ${model === null ? '' : titleOf(model.summary)}`,
    key: question === null ? null : key,
    start: (signal) => {
      if (question === null) throw new Error('asked without a model');
      return api.gates.hair(question, { signal });
    },
    isAsked,
  });
  const found = search.data;
  const part = gate !== undefined && isPartGate(gate) ? gate.name : 'hair';
  const strokes = useQuery({
    queryKey: ['gates strokes', model?.ref],
    queryFn: ({ signal }) => api.gates.strokes.list({ run: model?.ref ?? '' }, { signal }),
    enabled: model !== null,
  });
  const isTaught = strokes.data?.some(({ name, faces }) => name === part && faces > 0) === true;
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
          choices={[
            { value: 'paper', label: 'As in the paper' },
            { value: 'hair', label: `${capitalised(part)} only` },
          ]}
          onChange={(choice) => {
            setAsked(choice === 'hair' && question !== null);
            if (choice === 'paper') search.cancel();
            if (choice === 'paper' && gate !== undefined) onChange(undefined, 'FluoHair as in the paper');
          }}
        />
      </div>
      {isAsked && <LongLine long={search} title="Finding the hair gate" />}
      <p className="small muted">{sentenceOf(gate)}</p>
      {(gate !== undefined || hair === undefined) && (
        <Button
          size="small"
          onClick={() => {
            goTo('teach', { part });
          }}
        >
          {isTaught ? 'Continue teaching' : 'Teach with strokes…'}
        </Button>
      )}
    </div>
  );
}

function sentenceOf(gate: Gate | undefined): string {
  if (gate === undefined) {
    return 'Recolours what these channels draw. They follow tone: light hair hardly changes, dark skin and dark backgrounds may.';
  }
  if (isPartGate(gate)) {
    return `Beyond the paper: a gate on ${gate.name}, ${taughtWords(gate)}. It reads all levels.`;
  }
  const made = gate.madeFrom === 'module' ? 'found without labels' : 'learnt from painted faces';
  return `Beyond the paper: a gate, ${made}, reads all levels and says where.`;
}

function taughtWords({ madeFrom, faces }: PartGate): string {
  switch (madeFrom) {
    case 'strokes':
      return `taught with strokes on ${counted(faces, 'face')}`;
    case 'masks':
      return `learnt from masks of ${counted(faces, 'face')}`;
    case 'colours':
      return `found without labels in ${counted(faces, 'face')}`;
    case 'attributes':
      return `learnt from hair labels of ${counted(faces, 'face')}`;
  }
}
