import { useId } from 'react';
import type { JSX, ReactNode } from 'react';
import { Button } from '../../components/Button.tsx';
import { classes } from '../../components/classes.ts';
import { SelectField } from '../../components/controls.tsx';
import { useFolderChooser } from '../../components/useFolderChooser.tsx';
import { LongLine } from '../../components/LongLine.tsx';
import { Note } from '../../components/marks.tsx';
import { Panel } from '../../components/Panel.tsx';
import { capitalised, counted, nameOf } from '../../words.ts';
import { usualPart } from './partWords.ts';
import type { Start } from './starts.ts';
import type { StartGate } from './useStart.ts';
import type { TeachAddress } from './useTeachAddress.ts';
import styles from './StartPanel.module.css';

export interface StartPanelProps {
  address: Pick<TeachAddress, 'part' | 'start' | 'masks' | 'earlier'>;
  start: StartGate;
  onChange: (change: Partial<TeachAddress>) => void;
  /** The file that the strokes are kept in; null before the first. */
  file: string | null;
  error: string | null;
}

/** What the gate is before the first stroke, and holds to where no stroke speaks. */
export function StartPanel({ address, start, onChange, file, error }: StartPanelProps): JSX.Element {
  const { part, masks } = address;
  const name = useId();
  const chooser = useFolderChooser('Where are the masks?', masks ?? '', (folder) => {
    onChange({ start: 'masks', masks: folder });
  });
  const choice = (value: Start, title: string, words: ReactNode, rest?: JSX.Element, why?: string | null) => (
    <Choice
      name={name}
      title={title}
      isChosen={address.start === value}
      isRefused={why !== undefined && why !== null}
      onChoose={() => {
        onChange({ start: value });
      }}
      extra={
        <>
          {rest}
          {address.start === value && start.work !== null && (
            <LongLine long={start.work} title="Making the gate to start from" />
          )}
        </>
      }
    >
      {why ?? words}
    </Choice>
  );
  const chosen = start.earlier.find((each) => each.file === address.earlier);
  return (
    <Panel title="Start from" flush className={styles.start}>
      <div role="radiogroup" aria-label="Start from">
        {choice('nothing', 'Nothing', 'Your strokes alone.')}
        {part === usualPart &&
          choice('colours', 'Hair without labels', 'From what moves with hair’s colour.')}
        {choice(
          'labels',
          'Hair labels of the pictures',
          'They say who, not where. Takes minutes.',
          undefined,
          labelsRefusal(part, start.hasLabels),
        )}
        {choice(
          'masks',
          'A folder of masks',
          masks === undefined ? 'White on black, by the photographs’ names.' : `Of ${nameOf(masks)}.`,
          <Button size="small" onClick={chooser.open}>
            Choose folder…
          </Button>,
        )}
        {choice(
          'earlier',
          'An earlier gate',
          'Strokes of this run on another part.',
          start.earlier.length === 0 ? undefined : (
            <SelectField
              label="Earlier gate"
              small
              value={chosen?.file ?? ''}
              choices={start.earlier.map((each) => ({
                value: each.file,
                label: `${capitalised(each.name)}, ${counted(each.faces, 'face')}`,
              }))}
              onChange={(next) => {
                onChange({ start: 'earlier', earlier: next });
              }}
            />
          ),
          start.earlier.length === 0 ? 'No other part has been taught yet.' : null,
        )}
      </div>
      {error !== null && (
        <Note tone="bad" className={styles.note}>
          {error}
        </Note>
      )}
      <Note tone="info" icon="file" className={styles.saved}>
        <b className="clip" title={file ?? undefined}>
          {file === null ? `${part}.strokes.json` : nameOf(file)}
        </b>
        <br />
        Saved after every stroke; another start keeps them.
      </Note>
      {chooser.dialog}
    </Panel>
  );
}

function labelsRefusal(part: string, hasLabels: boolean | undefined): string | null {
  if (part !== usualPart) return 'Labels are about hair only.';
  return hasLabels === false ? 'The run’s pictures have none.' : null;
}

function Choice({
  name,
  title,
  isChosen,
  isRefused,
  onChoose,
  extra,
  children,
}: {
  name: string;
  title: string;
  isChosen: boolean;
  /** It cannot be chosen; the words say why. */
  isRefused: boolean;
  onChoose: () => void;
  extra: JSX.Element;
  children: ReactNode;
}): JSX.Element {
  return (
    <div className={classes(styles.choice, isChosen && styles.on)}>
      <label className={styles.label}>
        <input type="radio" name={name} checked={isChosen} disabled={isRefused} onChange={onChoose} />
        <span>
          <b className={classes(isRefused && 'muted')}>{title}</b>
          <span className={styles.words}>{children}</span>
        </span>
      </label>
      <div className={styles.extra}>{extra}</div>
    </div>
  );
}
