import { Textarea } from '@mantine/core';
import { useEffect, useId, useState } from 'react';
import type { JSX } from 'react';
import type { LabelChanges, RunLabels } from '../../../contract/runLabels.ts';
import type { RunSummary } from '../../../contract/studio.ts';
import { api } from '../../api/api.ts';
import { sentenceOf } from '../../api/errors.ts';
import { Button } from '../../components/Button.tsx';
import { classes } from '../../components/classes.ts';
import { Field, TextField } from '../../components/controls.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Note } from '../../components/marks.tsx';
import { when } from '../../words.ts';
import { isConflict, newerLabels, tagComplaint } from './labelDraft.ts';
import styles from './train.module.css';

/** A pause in writing after which a note is saved. */
const pauseMilliseconds = 1000;

type Change = (changes: Omit<LabelChanges, 'run'>) => Promise<RunLabels | null>;

/** A run's name, tags and note, saved as they are written. */
export function Labels({
  run,
  labels: listed,
  runRef,
}: {
  run: RunSummary;
  labels: RunLabels;
  runRef: string;
}): JSX.Element {
  const [answered, setAnswered] = useState<RunLabels | null>(null);
  const [error, setError] = useState<string | null>(null);
  const known = newerLabels(listed, answered);
  const change: Change = async (changes) => {
    setError(null);
    try {
      const labels = await api.runs.label({ run: runRef, ...changes });
      setAnswered(labels);
      return labels;
    } catch (reason) {
      setError(sentenceOf(reason));
      return null;
    }
  };
  if (run.bundled)
    return (
      <p className="muted">
        The bundled model is never changed. Runs of your own have names, tags and notes.
      </p>
    );
  return (
    <div className={styles.labels}>
      <Name key={known.name} known={known} id={run.id} change={change} />
      <Tags known={known} change={change} />
      <NoteField known={known} change={change} />
      {known.changedAt !== null && <span className="muted small">Saved {when(known.changedAt)}</span>}
      {error !== null && <Note tone="bad">{error}</Note>}
    </div>
  );
}

interface PartProps {
  known: RunLabels;
  change: Change;
}

function Name({ known, id, change }: PartProps & { id: string }): JSX.Element {
  const [name, setName] = useState(known.name);
  const save = (): void => {
    if (name.trim() !== known.name) void change({ name: name.trim().slice(0, 80) });
  };
  return (
    <Field label="Name" stacked>
      {(field) => (
        <div
          onBlur={save}
          onKeyDown={({ key }) => {
            if (key === 'Enter') save();
          }}
        >
          <TextField id={field} value={name} onChange={setName} placeholder={id} />
        </div>
      )}
    </Field>
  );
}

function Tags({ known: { tags }, change }: PartProps): JSX.Element {
  const [typed, setTyped] = useState('');
  const tag = typed.trim();
  const complaint = tagComplaint(tag, tags);
  const add = (): void => {
    if (tag !== '' && complaint === null)
      void change({ addTags: [tag] }).then(() => {
        setTyped('');
      });
  };
  return (
    <Field label="Tags" stacked warning={complaint ?? undefined} help="Enter adds a tag">
      {(field) => (
        <>
          <ul className={styles.tags} aria-label="Tags">
            {tags.map((each) => (
              <li key={each} className={styles.tag}>
                {each}
                <Button
                  look="quiet"
                  size="small"
                  square
                  aria-label={`Remove the tag ${each}`}
                  onClick={() => void change({ removeTags: [each] })}
                >
                  <Icon name="close" />
                </Button>
              </li>
            ))}
          </ul>
          <div
            onKeyDown={({ key }) => {
              if (key === 'Enter') add();
            }}
          >
            <TextField
              id={field}
              value={typed}
              onChange={setTyped}
              invalid={complaint !== null}
              placeholder="Add a tag"
            />
          </div>
        </>
      )}
    </Field>
  );
}

/** Two people may write: a note that someone else changed meanwhile is shown, and not replaced without a word. */
function NoteField({ known, change }: PartProps): JSX.Element {
  const id = useId();
  const [draft, setDraft] = useState<string | null>(null);
  const [base, setBase] = useState(known.note);
  const inConflict = isConflict(draft, base, known);
  const save = (note: string, noteBefore: string): void => {
    void change({ note, noteBefore }).then((labels) => {
      if (labels === null) return;
      setBase(labels.note);
      setDraft((now) => (now === note ? null : now));
    });
  };
  useEffect(() => {
    if (draft === null || inConflict || draft === known.note) return;
    const timer = setTimeout(() => {
      save(draft, base);
    }, pauseMilliseconds);
    return () => {
      clearTimeout(timer);
    };
  });
  return (
    <>
      <label htmlFor={id} className={classes(styles.noteLabel)}>
        Note
      </label>
      <Textarea
        id={id}
        autosize
        minRows={6}
        maxRows={12}
        maxLength={10_000}
        value={draft ?? known.note}
        placeholder="What this run should show, and what it showed"
        onChange={({ currentTarget: { value } }) => {
          if (draft === null) setBase(known.note);
          setDraft(value);
        }}
        onBlur={() => {
          if (draft !== null && !inConflict && draft !== known.note) save(draft, base);
        }}
      />
      {inConflict && draft !== null && (
        <Note
          tone="warn"
          action={
            <>
              <Button
                size="small"
                onClick={() => {
                  save(draft, known.note);
                }}
              >
                Keep mine
              </Button>
              <Button
                size="small"
                onClick={() => {
                  setDraft(null);
                }}
              >
                Take theirs
              </Button>
            </>
          }
        >
          Someone else changed this note{known.changedAt === null ? '' : `, ${when(known.changedAt)}`}.
          Theirs: {known.note === '' ? '(empty)' : known.note}
        </Note>
      )}
    </>
  );
}
