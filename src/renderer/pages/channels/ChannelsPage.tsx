import type { JSX } from 'react';
import { commandOf } from '../../../commandLine/commandLine.ts';
import { modulesCommand } from '../../../commandLine/models.ts';
import { topCommand } from '../../../commandLine/top.ts';
import { levelName } from '../../../contract/levels.ts';
import { dataNotHere } from '../../../contract/runFiles.ts';
import { goTo, setParams } from '../../address/address.ts';
import { sentenceOf } from '../../api/errors.ts';
import { Button } from '../../components/Button.tsx';
import { classes } from '../../components/classes.ts';
import { Segmented, SelectField } from '../../components/controls.tsx';
import { EmptyBox, Note } from '../../components/marks.tsx';
import { PageHead, Panel } from '../../components/Panel.tsx';
import { useCommand } from '../../shell/shellContext.ts';
import { LevelNameButton } from '../../shell/LevelNameButton.tsx';
import { useLevels } from '../../shell/useLevels.ts';
import { useModel } from '../../shell/useModel.ts';
import type { Model } from '../../shell/useModel.ts';
import { moduleTitle } from '../../components/moduleNames.ts';
import { Term } from '../../components/Term.tsx';
import type { Ref } from '../../shell/useModel.ts';
import { capitalised, figure } from '../../words.ts';
import { candidateOf, hairAmong, pictureRefusal, sorted } from './channelFacts.ts';
import { ChannelGrid } from './ChannelGrid.tsx';
import { Inspector } from './Inspector.tsx';
import { ModulesPanel } from './ModulesPanel.tsx';
import { PointPanel } from './PointPanel.tsx';
import { useActivations, useInfluence, useModules } from './useChannelData.ts';
import type { Maps } from './useChannelData.ts';
import { chooseLevel, useChannelsAddress } from './useChannelsAddress.ts';
import { useNames, withNames } from './useNames.ts';
import type { NamedModule } from './useNames.ts';
import { usePaint } from './usePaint.ts';
import styles from './ChannelsPage.module.css';

/** What each channel of a level does, and which of them belong together. */
export default function ChannelsPage(): JSX.Element {
  const model = useModel();
  if (model === null || model.step === null) {
    return (
      <>
        <PageHead title="Channels" />
        <EmptyBox icon="wait" title="No trained model yet">
          Train a run, or wait for its first checkpoint; then its channels can be looked at here.
        </EmptyBox>
      </>
    );
  }
  return <Channels model={model} step={model.step} />;
}

/** Whether the selection is something else than the module that the page offers. */
function isOther(selected: readonly number[], module: NamedModule | undefined): boolean {
  if (module === undefined || selected.length === 0) return false;
  return (
    selected.length !== module.channels.length ||
    selected.some((channel) => !module.channels.includes(channel))
  );
}

function Channels({ model, step }: { model: Model; step: number }): JSX.Element {
  const address = useChannelsAddress();
  const { hidden } = useLevels();
  const { level, view, sort, at, selected, count, act, topOf } = address;
  const ref: Ref = { run: model.ref, step };
  const long = useModules(ref, level);
  const influence = useInfluence(ref, level, long);
  const activations = useActivations(ref, level);
  const half = influence.data?.pairs ?? null;
  const isHalf = half !== null && 2 * half.done >= half.total;
  const painted = usePaint(ref, level, isHalf);
  const names = useNames(ref, level);
  const modules =
    long.data === undefined ? [] : withNames(candidateOf(long.data, count), long.data.hair, names);
  const shown = view === 'influence' && influence.data !== undefined ? influence : activations;
  const isInfluence = shown === influence;
  const letters = new Map(
    modules.flatMap(({ letter, channels }) => channels.map((channel) => [channel, letter] as const)),
  );
  const hair = hairAmong(modules);
  useCommand(
    act === 'top' && at !== null
      ? commandOf(topCommand, { ...ref, level, channel: at, of: topOf }, ['level', 'of', 'out'])
      : commandOf(modulesCommand, { ...ref, level }, ['level', 'pairs', 'out']),
  );
  const order =
    shown.data === undefined
      ? []
      : sorted(
          sort,
          (influence.data ?? shown.data).strengths,
          modules,
          painted.ranks.length === 0 ? null : painted.ranks.map(({ channel }) => channel),
        );
  return (
    <>
      <PageHead
        title="Channels"
        actions={
          <>
            <Button
              look="quiet"
              onClick={() => {
                goTo('teach');
              }}
            >
              Teach a part…
            </Button>
            {hair !== undefined && (
              <Button
                onClick={() => {
                  setParams({ sel: hair.channels.join('-'), sweep: 'selected', act: 'hybridise' });
                }}
              >
                Swap {moduleTitle(hair)} from a seed…
              </Button>
            )}
            {level === 'fine' && isOther(selected, hair) && (
              <Button
                onClick={() => {
                  goTo('intervene', { channels: selected.join(',') });
                }}
              >
                Recolour the {selected.length} selected
              </Button>
            )}
            <Button
              look="primary"
              disabled={level !== 'fine' || (hair === undefined && selected.length === 0)}
              title={level === 'fine' ? undefined : 'FluoHair recolours channels of the fine level'}
              onClick={() => {
                const channels = hair?.channels ?? selected;
                goTo('intervene', { channels: channels.join(',') });
              }}
            >
              Recolour {hair === undefined ? 'a module' : moduleTitle(hair)}
            </Button>
          </>
        }
      >
        <Segmented
          label="Level"
          value={level}
          choices={hidden.map((name) => ({
            value: name,
            label: capitalised(levelName(name)),
          }))}
          onChange={chooseLevel}
        />
        {shown.data !== undefined && (
          <span className="muted small">
            <LevelNameButton level={level} /> {shown.data.strengths.length} channels
          </span>
        )}
      </PageHead>
      <div className={styles.columns}>
        <PointPanel
          {...{ modules, painted }}
          model={ref}
          hasPictures={model.summary.run.data.folder !== dataNotHere}
        />
        <Panel
          title={
            <>
              Each <Term name="channel" />
            </>
          }
          bodyClassName={styles.effects}
          tools={
            <EffectTools
              greatest={isInfluence ? shown.data?.greatest : activations.data?.greatest}
              hasPaint={painted.ranks.length > 0}
            />
          }
        >
          {view === 'influence' && long.data === undefined && (
            <p className={classes('small', 'soft', styles.part)} role="status">
              {partWords(influence.data?.pairs ?? null)}
            </p>
          )}
          {shown.error !== null && <Note tone="bad">{sentenceOf(shown.error)}</Note>}
          {shown.data !== undefined && (
            <ChannelGrid
              maps={shown.data}
              {...{ order, letters, selected, at }}
              view={isInfluence ? 'influence' : 'activation'}
              isStale={shown.isPlaceholderData}
            />
          )}
          <Inspector
            model={ref}
            influence={influence.data}
            activations={activations.data}
            modules={modules}
            ranks={painted.ranks}
            refusal={pictureRefusal(model.summary.run.model, model.summary.run.data.folder)}
          />
        </Panel>
        <ModulesPanel model={ref} names={names} long={long} regions={influence.data?.regions ?? null} />
      </div>
    </>
  );
}

/** How far the maps are while they are measured. */
function partWords(pairs: Maps['pairs']): string {
  if (pairs === null) return 'Activations are shown until the influence of each channel is measured.';
  const painting =
    2 * pairs.done >= pairs.total ? 'Painting already ranks them' : 'Painting ranks them from half-way on';
  return `${pairs.done} of ${pairs.total} pairs. ${painting}; groups come last.`;
}

function EffectTools({
  greatest,
  hasPaint,
}: {
  greatest: number | undefined;
  hasPaint: boolean;
}): JSX.Element {
  const { view, scale, sort } = useChannelsAddress();
  return (
    <span className={classes('row', styles.tools)}>
      <span className={classes('row small muted', styles.scale)}>
        0<span className={styles.ramp} />
        {scale === 'common' && greatest !== undefined ? figure(greatest, 2) : 'max'}
        <Button
          size="small"
          look="quiet"
          aria-label={
            scale === 'each' ? 'Scale: per map. Use one for all' : 'Scale: one for all. Use one per map'
          }
          onClick={() => {
            setParams({ scale: scale === 'each' ? 'common' : undefined });
          }}
        >
          {scale === 'each' ? 'per map' : 'common'}
        </Button>
      </span>
      <Segmented
        small
        label="Maps"
        value={view}
        choices={[
          { value: 'influence', label: 'Influence' },
          { value: 'activation', label: 'Activation' },
        ]}
        onChange={(value) => {
          setParams({ view: value === 'influence' ? undefined : value });
        }}
      />
      <SelectField
        label="Order"
        width={116}
        value={sort}
        choices={[
          { value: 'module', label: 'by module' },
          { value: 'effect', label: 'by effect' },
          { value: 'number', label: 'by number' },
          ...(hasPaint ? [{ value: 'paint' as const, label: 'as painted' }] : []),
        ]}
        onChange={(value) => {
          setParams({ sort: value === 'module' ? undefined : value });
        }}
      />
    </span>
  );
}
