import { useId, useState } from 'react';
import type { JSX } from 'react';
import { trainRequestSchema } from '../../../contract/runs.ts';
import { api } from '../../api/api.ts';
import { NumberField } from '../../components/NumberField.tsx';
import { goodNumber, ruleOf } from '../../components/numbers.ts';
import type { NumberEntry } from '../../components/numbers.ts';
import { useAction } from '../../components/useAction.ts';
import type { QueueProps } from './queueRows.ts';
import styles from './queue.module.css';

export const threadsRule = ruleOf(trainRequestSchema.shape.threads.unwrap());

/** Threads that the runs of the queue share; what is typed counts once the field is left, or by Enter. */
export function QueueThreads({ queue, onChange }: QueueProps): JSX.Element {
  const id = useId();
  const [typed, setTyped] = useState<NumberEntry | null>(null);
  const threads = goodNumber(typed ?? '', threadsRule);
  const set = useAction(() =>
    api.queue.setThreads({ threads: threads ?? queue.threads }).then((report) => {
      setTyped(null);
      onChange(report);
    }),
  );
  const commit = (): void => {
    if (threads !== undefined && threads !== queue.threads) set.run();
  };
  return (
    <form
      className={styles.threads}
      onSubmit={(event) => {
        event.preventDefault();
        commit();
      }}
      onBlur={commit}
    >
      <label htmlFor={id} title="Runs begin as long as their threads fit; one that wants more runs alone.">
        Threads shared
      </label>
      <NumberField
        id={id}
        width={56}
        value={typed ?? queue.threads}
        rule={threadsRule}
        disabled={set.isBusy}
        onChange={setTyped}
      />
      {set.error !== null && <span className="bad-text">{set.error}</span>}
    </form>
  );
}
