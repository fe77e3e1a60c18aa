import { useState } from 'react';
import type { JSX } from 'react';
import { setParams } from '../../address/address.ts';
import { useSweeps } from '../../api/sweeps.ts';
import type { ListedSweep } from '../../api/sweeps.ts';
import { useRuns } from '../../api/runs.ts';
import { Button } from '../../components/Button.tsx';
import { Meter, StateMark } from '../../components/marks.tsx';
import { Panel } from '../../components/Panel.tsx';
import { Term } from '../../components/Term.tsx';
import { count, nameOf, when } from '../../words.ts';
import styles from './sweeps.module.css';

const firstShown = 4;

const engines: Record<ListedSweep['place'], string> = {
  local: 'this machine’s queue',
  slurm: 'Slurm',
  ray: 'Ray',
};

/** The sweeps of the runs folder; nothing where there is none. */
export function SweepsPanel(): JSX.Element | null {
  const sweeps = useSweeps();
  return sweeps.length === 0 ? null : <ShownSweeps sweeps={sweeps} />;
}

export function ShownSweeps({ sweeps }: { sweeps: readonly ListedSweep[] }): JSX.Element {
  const [isWhole, setWhole] = useState(false);
  const tools =
    sweeps.length > firstShown ? (
      <Button
        look="quiet"
        size="small"
        onClick={() => {
          setWhole(!isWhole);
        }}
      >
        {isWhole ? 'The newest' : `All ${sweeps.length}`}
      </Button>
    ) : undefined;
  return (
    <Panel title={<Term name="sweep">Sweeps</Term>} tools={tools} className={styles.list} flush>
      <div className={styles.scroll}>
        <table>
          <thead>
            <tr>
              <th>Sweep</th>
              <th className="num">Finished</th>
              <th>Trained by</th>
              <th>Begun</th>
              <th>
                <span className="visually-hidden">Open</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {(isWhole ? sweeps : sweeps.slice(0, firstShown)).map((sweep) => (
              <SweepRow key={sweep.folder} sweep={sweep} />
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

function SweepRow({ sweep }: { sweep: ListedSweep }): JSX.Element {
  const { folder, createdAt, place, cells, finished } = sweep;
  const runsFolder = useRuns().value?.folder;
  const open = (): void => {
    // The runs folder may be a sweep itself.
    setParams({ view: 'sweep', sweep: folder === runsFolder ? folder : nameOf(folder) });
  };
  return (
    <tr>
      <td>
        <button type="button" className={styles.link} onClick={open}>
          <b>{nameOf(folder)}</b>
        </button>
      </td>
      <td className="num">
        {finished === cells ? (
          <StateMark icon="check" tone="ok">
            All {count(cells)}
          </StateMark>
        ) : (
          <span className={styles.share}>
            <Meter thin share={finished / cells} label={`${nameOf(folder)}, runs finished`} />
            {count(finished)} of {count(cells)}
          </span>
        )}
      </td>
      <td>{engines[place]}</td>
      <td className="muted">{when(createdAt)}</td>
      <td className="num">
        <Button size="small" look="quiet" aria-label={`Open the sweep ${nameOf(folder)}`} onClick={open}>
          Open
        </Button>
      </td>
    </tr>
  );
}
