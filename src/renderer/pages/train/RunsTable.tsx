import { Menu } from '@mantine/core';
import { useState } from 'react';
import type { JSX } from 'react';
import { differencesOf } from '../../../contract/runDifferences.ts';
import type { RunSummary } from '../../../contract/studio.ts';
import { setParams } from '../../address/address.ts';
import { Button } from '../../components/Button.tsx';
import { classes } from '../../components/classes.ts';
import { Check } from '../../components/controls.tsx';
import { Icon } from '../../components/Icon.tsx';
import { RunMark } from '../../components/marks.tsx';
import { Panel } from '../../components/Panel.tsx';
import { isUnderWay } from '../../components/runStates.ts';
import { host } from '../../host/host.ts';
import { chooseRun, refOf } from '../../shell/useModel.ts';
import { count, figure } from '../../words.ts';
import { LineSwatch } from './LineKey.tsx';
import { overlayColours } from './chartSeries.ts';
import { differenceWords } from './differenceWords.ts';
import { RemoveDialog } from './RunDialogs.tsx';
import { toggleOverlay, useTrainAddress } from './useTrainAddress.ts';
import styles from './train.module.css';

/** All runs: what they reached, and what was asked differently. */
export function RunsTable({
  runs,
  current,
}: {
  runs: readonly RunSummary[];
  current: RunSummary;
}): JSX.Element {
  const [removing, setRemoving] = useState<RunSummary | null>(null);
  return (
    <Panel label="Runs" className={styles.table} flush>
      <div className={styles.scroll}>
        <table>
          <thead>
            <tr>
              <th>Overlay</th>
              <th>Run</th>
              <th>State</th>
              <th className="num">Step</th>
              <th className="num">Recon. MSE</th>
              <th className="num">KL</th>
              <th className="num">SDR fine</th>
              <th className="num">Stretch err. fine</th>
              <th className={styles.differs}>Differs from this run</th>
              <th>
                <span className="visually-hidden">More</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {runs.map((run) => (
              <Row key={run.folder} run={run} current={current} onRemove={setRemoving} />
            ))}
          </tbody>
        </table>
      </div>
      <RemoveDialog
        run={removing}
        onClose={() => {
          setRemoving(null);
        }}
      />
    </Panel>
  );
}

interface RowProps {
  run: RunSummary;
  current: RunSummary;
  onRemove: (run: RunSummary) => void;
}

function Row({ run, current, onRemove }: RowProps): JSX.Element {
  const { overlays } = useTrainAddress();
  const isCurrent = run.folder === current.folder;
  const others = overlays.filter((name) => name !== refOf(current));
  const place = others.indexOf(refOf(run));
  const value = (name: string): string => {
    const found = run.latest[name];
    return found === undefined ? '–' : figure(found);
  };
  return (
    <tr className={classes(isCurrent && styles.on)}>
      <td>
        <span className="row">
          <Check
            label={<span className="visually-hidden">Overlay {run.id}</span>}
            checked={isCurrent || place >= 0}
            disabled={isCurrent}
            onChange={() => {
              toggleOverlay(others, refOf(run));
            }}
          />
          {isCurrent && <LineSwatch colour="s1" overlaid={false} />}
          {!isCurrent && place >= 0 && <LineSwatch colour={overlayColours[place]!} overlaid />}
        </span>
      </td>
      <td>
        <button
          type="button"
          className={styles.link}
          aria-current={isCurrent}
          onClick={() => {
            chooseRun(refOf(run));
            setParams({ view: undefined });
          }}
        >
          <b>{run.id}</b>
        </button>
      </td>
      <td>
        <RunMark state={run.state} />
      </td>
      <td className="num" data-step>
        {count(run.status?.step ?? 0)}
      </td>
      <td className="num">{value('reconstruction')}</td>
      <td className="num">{value('kl')}</td>
      <td className="num">{value('sdr.fine.median')}</td>
      <td className="num">{value('stretching.fine')}</td>
      <td className={styles.differs}>
        <Differences run={run} current={current} />
      </td>
      <td className="num">
        <RowMenu run={run} onRemove={onRemove} />
      </td>
    </tr>
  );
}

function Differences({ run, current }: { run: RunSummary; current: RunSummary }): JSX.Element {
  if (run.folder === current.folder) return <span className="muted">this run</span>;
  const words = differenceWords(differencesOf(current.run, run.run));
  if (words === null) return <span className="muted">nothing</span>;
  const { name, before, after, more, whole } = words;
  return (
    <span title={whole}>
      {name}: {before} → <b>{after}</b>
      {more !== '' && <span className="muted">{more}</span>}
      <span className="visually-hidden">{whole}</span>
    </span>
  );
}

function RowMenu({ run, onRemove }: Omit<RowProps, 'current'>): JSX.Element {
  const { revealFolder } = host;
  return (
    <Menu position="bottom-end" transitionProps={{ duration: 0 }} withinPortal>
      <Menu.Target>
        <Button look="quiet" size="small" square aria-label={`More about ${run.id}`}>
          <Icon name="more" />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          onClick={() => {
            setParams({ view: 'new', from: refOf(run) });
          }}
        >
          Duplicate…
        </Menu.Item>
        {revealFolder !== null && (
          <Menu.Item
            onClick={() => {
              void revealFolder(run.folder);
            }}
          >
            Open its folder
          </Menu.Item>
        )}
        {!run.bundled && (
          <Menu.Item
            data-danger
            disabled={isUnderWay(run.state)}
            onClick={() => {
              onRemove(run);
            }}
          >
            Delete…
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
