import { useEffect, useRef, useState } from 'react';
import type { JSX } from 'react';
import type { RunSummary } from '../../../contract/studio.ts';
import { useRunLog } from '../../api/runs.ts';
import { Button } from '../../components/Button.tsx';
import { classes } from '../../components/classes.ts';
import { Icon } from '../../components/Icon.tsx';
import { EmptyBox, Note } from '../../components/marks.tsx';
import { counted } from '../../words.ts';
import styles from './train.module.css';

const copiedMilliseconds = 1500;
/** Pixels from the end at which one still reads along. */
const nearEnd = 24;

/** What the run's trainers said, to the end, which is followed while one is there. */
export function LogView({ run, runRef }: { run: RunSummary; runRef: string }): JSX.Element | null {
  const { value, error } = useRunLog(runRef);
  const box = useRef<HTMLPreElement>(null);
  const isAtEnd = useRef(true);
  const lines = value?.lines;
  useEffect(() => {
    if (isAtEnd.current) box.current?.scrollTo({ top: box.current.scrollHeight });
  }, [lines]);
  if (error !== null) return <Note tone="bad">{error}</Note>;
  if (value === undefined) return null;
  if (!value.isThere || value.lines.length === 0) {
    return (
      <EmptyBox icon="info" title="No log">
        {run.bundled
          ? 'The bundled model came without one.'
          : 'Runs started here have one. Runs trained on the command line log to their terminal.'}
      </EmptyBox>
    );
  }
  return (
    <>
      <div className={classes('row', 'between', styles.sideHead)}>
        <span className="muted small">
          {value.isCut
            ? `The last ${counted(value.lines.length, 'line')}`
            : counted(value.lines.length, 'line')}
        </span>
        <CopyLog text={value.lines.join('\n')} />
      </div>
      <pre
        ref={box}
        className={classes('mono', styles.log)}
        role="log"
        aria-label="The trainer’s log"
        tabIndex={0}
        onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
          isAtEnd.current = scrollHeight - scrollTop - clientHeight < nearEnd;
        }}
      >
        {value.lines.join('\n')}
      </pre>
    </>
  );
}

function CopyLog({ text }: { text: string }): JSX.Element {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => {
      setCopied(false);
    }, copiedMilliseconds);
    return () => {
      clearTimeout(timer);
    };
  }, [isCopied]);
  return (
    <Button
      look="quiet"
      size="small"
      onClick={() => {
        void navigator.clipboard.writeText(text).then(() => {
          setCopied(true);
        });
      }}
    >
      <Icon name={isCopied ? 'check' : 'copy'} />
      {isCopied ? 'Copied' : 'Copy'}
    </Button>
  );
}
