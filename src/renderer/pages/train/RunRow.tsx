import { Menu } from '@mantine/core';
import type { JSX } from 'react';
import { differencesOf } from '../../../contract/runDifferences.ts';
import { titleOf } from '../../../contract/runLabels.ts';
import type { RunSummary } from '../../../contract/studio.ts';
import { setParams } from '../../address/address.ts';
import { api } from '../../api/api.ts';
import { useQueue } from '../../api/queue.ts';
import { Button } from '../../components/Button.tsx';
import { classes } from '../../components/classes.ts';
import { Check } from '../../components/controls.tsx';
import { Icon } from '../../components/Icon.tsx';
import { RunMark } from '../../components/marks.tsx';
import { placeInQueue } from '../../components/queueWords.ts';
import { host } from '../../host/host.ts';
import { chooseRun, refOf } from '../../shell/useModel.ts';
import { count, figure } from '../../words.ts';
import { overlayColours } from './chartSeries.ts';
import { differenceWords } from './differenceWords.ts';
import { LineSwatch } from './LineKey.tsx';
import { mostOverlays, toggleOverlay, useTrainAddress } from './useTrainAddress.ts';
import { menu } from '../../components/popover.ts';
import styles from './train.module.css';

interface RowProps {
  run: RunSummary;
  current: RunSummary;
  /** Under the head of its sweep. */
  isCell: boolean;
  onRemove: (run: RunSummary) => void;
}

export function RunRow({ run, current, isCell, onRemove }: RowProps): JSX.Element {
  const isCurrent = run.folder === current.folder;
  const queue = useQueue().value;
  const value = (name: string): string => {
    const found = run.latest[name];
    return found === undefined ? '–' : figure(found);
  };
  return (
    <tr className={classes(isCurrent && styles.on)}>
      <td>
        <Overlay run={run} current={current} />
      </td>
      <td className={classes(isCell && styles.cell)}>
        <span className="row">
          <button
            type="button"
            className={styles.link}
            aria-current={isCurrent}
            title={run.id}
            onClick={() => {
              chooseRun(refOf(run));
              setParams({ view: undefined });
            }}
          >
            <b>{isCell ? titleInSweep(run) : titleOf(run)}</b>
          </button>
          <TagButtons tags={run.labels.tags} />
          {run.labels.archived && <span className="muted small">archived</span>}
        </span>
      </td>
      <td>
        <RunMark state={run.state} queued={placeInQueue(queue, run.folder)} />
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

/** Without the sweep's name, which stands above. */
function titleInSweep(run: RunSummary): string {
  const title = titleOf(run);
  return title === run.id ? title.slice(title.indexOf('/') + 1) : title;
}

function Overlay({ run, current }: Pick<RowProps, 'run' | 'current'>): JSX.Element {
  const { overlays } = useTrainAddress();
  const isCurrent = run.folder === current.folder;
  const others = overlays.filter((name) => name !== refOf(current));
  const place = others.indexOf(refOf(run));
  const isFull = place < 0 && others.length >= mostOverlays;
  return (
    <span
      className="row"
      title={isFull && !isCurrent ? `${mostOverlays + 1} runs are shown at most` : undefined}
    >
      <Check
        label={<span className="visually-hidden">Overlay {titleOf(run)}</span>}
        checked={isCurrent || place >= 0}
        disabled={isCurrent || isFull}
        onChange={() => {
          toggleOverlay(others, refOf(run));
        }}
      />
      {isCurrent && <LineSwatch colour="s1" overlaid={false} />}
      {!isCurrent && place >= 0 && <LineSwatch colour={overlayColours[place]!} overlaid />}
    </span>
  );
}

/** A press on a tag shows the runs that have it. */
function TagButtons({ tags }: { tags: readonly string[] }): JSX.Element {
  return (
    <>
      {tags.map((tag) => (
        <button
          key={tag}
          type="button"
          className={styles.tag}
          aria-label={`Show runs with the tag ${tag}`}
          onClick={() => {
            setParams({ q: `tag:${tag}` });
          }}
        >
          {tag}
        </button>
      ))}
    </>
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

function RowMenu({ run, onRemove }: Pick<RowProps, 'run' | 'onRemove'>): JSX.Element {
  const { revealFolder } = host;
  const { archived } = run.labels;
  return (
    <Menu position="bottom-end" {...menu} withinPortal>
      <Menu.Target>
        <Button look="quiet" size="small" square aria-label={`More about ${titleOf(run)}`}>
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
        {!run.bundled && (
          <Menu.Item
            onClick={() => {
              chooseRun(refOf(run));
              setParams({ view: undefined, side: 'notes' });
            }}
          >
            Name, tags and note
          </Menu.Item>
        )}
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
          <>
            <Menu.Item onClick={() => void api.runs.label({ run: refOf(run), archived: !archived })}>
              {archived ? 'Unarchive' : 'Archive'}
            </Menu.Item>
            <Menu.Item
              data-danger
              onClick={() => {
                onRemove(run);
              }}
            >
              Delete
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
