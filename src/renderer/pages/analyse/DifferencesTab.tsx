import type { CSSProperties, JSX } from 'react';
import type { StretchingLevel } from '../../../contract/analysis.ts';
import type { HiddenLevel } from '../../../contract/levels.ts';
import { titleOf } from '../../../contract/runLabels.ts';
import { api } from '../../api/api.ts';
import { inOne } from '../../api/pageWorks.ts';
import { useLong } from '../../api/useLong.ts';
import { classes } from '../../components/classes.ts';
import { LongLine } from '../../components/LongLine.tsx';
import { Panel } from '../../components/Panel.tsx';
import { PictureFrame } from '../../components/PictureFrame.tsx';
import { PictureHold } from '../../components/PictureHold.tsx';
import { Picture } from '../../components/Picture.tsx';
import { picturesOf } from '../../components/pictures.ts';
import type { Pictures } from '../../components/pictures.ts';
import { useRoom } from '../../components/useRoom.ts';
import { SaveMenu } from '../../components/SaveMenu.tsx';
import { Term } from '../../components/Term.tsx';
import type { Model } from '../../shell/useModel.ts';
import { useLevelName } from '../../shell/useLevelName.ts';
import { capitalised, count, figure } from '../../words.ts';
import { conclusionOfDifferences } from './differenceFacts.ts';
import { cellOfExamples, cellOfMaps } from './pictureSizes.ts';
import { StretchTools } from './StretchTools.tsx';
import { useAnalyseAddress } from './useAnalyseAddress.ts';
import styles from './analyse.module.css';

/** Of a panel, px. */
const padding = 16;

interface Shown {
  maps: Pictures;
  greatest: number;
  seeds: readonly number[];
  examples: Pictures;
  range: number;
}

/** Where pictures from stretched maps differ from the stretched picture: on average, and in single pictures. */
export function DifferencesTab({
  model,
  step,
  samples,
}: {
  model: Model;
  step: number;
  samples: number;
}): JSX.Element {
  const { factor, axis } = useAnalyseAddress();
  const asked = { run: model.ref, step, factor, axis, samples };
  const long = useLong({
    title: `Stretching pictures of ${titleOf(model.summary)}`,
    key: ['differences', ...Object.values(asked)],
    start: (signal) => api.analysis.stretchingError(asked, { signal }),
  });
  const drawing = useLong({
    title: `Drawing the difference maps of ${titleOf(model.summary)}`,
    key: long.data === undefined ? null : ['difference pictures', ...Object.values(asked)],
    start: (signal) =>
      inOne(
        api.analysis
          .differencePictures(asked, { signal })
          .then(async ({ maps, examples, ...rest }): Promise<Shown> => ({
            ...rest,
            maps: await picturesOf(maps),
            examples: await picturesOf(examples),
          })),
      ),
  });
  const stretching = long.data?.stretching;
  const shown = drawing.data;
  const { ref, room } = useRoom();
  const width = (room?.width ?? 0) - 2 * padding;
  return (
    <div ref={ref} className={styles.tab}>
      <Panel
        title="Mean difference of each level"
        fact={`stretched maps against the stretched picture, ${count(samples)} pictures of the prior`}
        tools={
          <>
            <StretchTools />
            {stretching !== undefined && (
              <SaveMenu
                what="the difference maps"
                name={`${model.summary.id}-differences-${step}`}
                formats={['png', 'csv']}
                files={() => api.analysis.differenceFiles(asked)}
              />
            )}
          </>
        }
      >
        <LongLine long={long} title="Stretching pictures" unit=" pictures" />
        {stretching !== undefined && <LongLine long={drawing} title="Drawing the maps" />}
        {stretching !== undefined && shown !== undefined && (
          <>
            <div className={styles.maps}>
              {stretching.levels.map((level, index, all) => (
                <LevelMap
                  key={level.level}
                  level={level}
                  all={all}
                  maps={shown.maps}
                  index={index}
                  cell={cellOfMaps(width)}
                />
              ))}
            </div>
            <div className={classes('row', 'small', 'muted', styles.scale)}>
              0 <span className={styles.ramp} /> {figure(shown.greatest)}
              <span>mean |difference| of a value in [−1, 1], one scale for all levels</span>
            </div>
            <p className="small soft">{conclusionOfDifferences(stretching.levels)}</p>
          </>
        )}
      </Panel>
      {shown !== undefined && stretching !== undefined && (
        <Panel
          title="Single pictures"
          fact={`signed difference, blue below and orange above, white none, ends ±${figure(shown.range, 2)}`}
        >
          <Examples
            shown={shown}
            levels={stretching.levels.map(({ level }) => level)}
            cell={cellOfExamples(width, shown.seeds.length)}
          />
        </Panel>
      )}
    </div>
  );
}

function LevelMap({
  level,
  all,
  maps,
  index,
  cell,
}: {
  level: StretchingLevel;
  /** All that were measured, in the order of the maps. */
  all: readonly StretchingLevel[];
  maps: Pictures;
  index: number;
  cell: number;
}): JSX.Element {
  const nameOfLevel = useLevelName();
  const facts = [
    ['MSE', figure(level.error)],
    ['over contrast', figure(level.normalisedError)],
    ['with borders', figure(level.uncroppedError)],
    ['spread', figure(level.participationRatio, 2)],
  ] as const;
  return (
    <figure>
      <PictureHold
        view={{
          title: 'Mean difference of each level',
          pictures: maps,
          nameOf: (at) => `Mean difference at ${nameOfLevel((all[at] ?? level).level)}`,
        }}
        index={index}
      >
        <PictureFrame cell={cell}>
          <Picture
            pictures={maps}
            index={index}
            label={`Mean difference at ${level.level}, MSE ${figure(level.error)}`}
          />
        </PictureFrame>
      </PictureHold>
      <figcaption>
        <h3>{capitalised(nameOfLevel(level.level))}</h3>
        <dl>
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{index === 0 ? <Term name={terms[name]}>{name}</Term> : name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </figcaption>
    </figure>
  );
}

const terms = {
  MSE: 'mse',
  'over contrast': 'overContrast',
  'with borders': 'withBorders',
  spread: 'spread',
} as const;
function Examples({
  shown,
  levels,
  cell,
}: {
  shown: Shown;
  levels: readonly HiddenLevel[];
  cell: number;
}): JSX.Element {
  const { seeds, examples } = shown;
  const rows = ['stretched picture', ...levels];
  return (
    <div
      className={styles.examples}
      style={{ '--cell': `${cell}px`, '--columns': seeds.length } as CSSProperties}
    >
      <span />
      {seeds.map((seed) => (
        <small key={seed}>seed {seed}</small>
      ))}
      {rows.map((name, row) => (
        <Row key={name} name={name}>
          {seeds.map((seed, column) => (
            <PictureHold
              key={seed}
              view={{
                title: 'Single pictures',
                pictures: examples,
                nameOf: (at) =>
                  `Seed ${seeds[at % seeds.length] ?? ''}, ${rows[Math.floor(at / seeds.length)] ?? ''}`,
                faceOf: (at) => ({ kind: 'seed', seed: seeds[at % seeds.length] ?? seed }),
              }}
              index={row * seeds.length + column}
            >
              <PictureFrame>
                <Picture
                  pictures={examples}
                  index={row * seeds.length + column}
                  label={`Seed ${seed}, ${name}`}
                />
              </PictureFrame>
            </PictureHold>
          ))}
        </Row>
      ))}
    </div>
  );
}

function Row({ name, children }: { name: string; children: JSX.Element[] }): JSX.Element {
  return (
    <>
      <span className="small soft">{name}</span>
      {children}
    </>
  );
}
