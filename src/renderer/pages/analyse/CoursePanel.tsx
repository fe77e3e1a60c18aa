import type { JSX } from 'react';
import { namesOfSides } from '../../../contract/hyperParameters.ts';
import { levelName } from '../../../contract/levels.ts';
import { setParams } from '../../address/address.ts';
import { api } from '../../api/api.ts';
import { LineChart } from '../../charts/LineChart.tsx';
import { savedChart } from '../../charts/savedChart.ts';
import { classes } from '../../components/classes.ts';
import { Segmented, SelectField } from '../../components/controls.tsx';
import { LongLine } from '../../components/LongLine.tsx';
import { Panel } from '../../components/Panel.tsx';
import { SaveMenu } from '../../components/SaveMenu.tsx';
import { Term } from '../../components/Term.tsx';
import type { Model } from '../../shell/useModel.ts';
import { useLevelName } from '../../shell/useLevelName.ts';
import { useLevels } from '../../shell/useLevels.ts';
import { figure } from '../../words.ts';
import { CompareRuns } from './CompareRuns.tsx';
import { sentenceOfError, sentenceOfRatio, seriesOfCourses } from './courses.ts';
import type { GroupCourse } from './courses.ts';
import { StretchTools } from './StretchTools.tsx';
import { measures, useAnalyseAddress } from './useAnalyseAddress.ts';
import type { Measure } from './useAnalyseAddress.ts';
import {
  coursesOf,
  ofMetric,
  ofStretching,
  sdrMetric,
  useCompared,
  useMetrics,
  useStretching,
} from './useCourses.ts';
import styles from './analyse.module.css';

const measureNames: Record<Measure, string> = {
  stretching: 'Stretching error',
  sdr: 'SDR, median',
  near: 'SDR, share near 1',
  reconstruction: 'Reconstruction MSE',
};

/** A measurement over the checkpoints, a line a group of seeds with its range. */
export function CoursePanel({ model, samples }: { model: Model; samples: number }): JSX.Element {
  const { measure: asked, stretched, level, factor } = useAnalyseAddress();
  const { kind } = model.summary.run.model;
  // A DCGAN has no encoder, so it reconstructs nothing.
  const choices = measures.filter((each) => kind !== 'dcgan' || each !== 'reconstruction');
  const measure = choices.find((each) => each === asked) ?? 'stretching';
  const note = notes(samples, namesOfSides(kind).decoder)[measure];
  const compared = useCompared(model);
  const long = useStretching(model, compared.runs, samples, measure === 'stretching');
  const metrics = useMetrics(model, compared.runs);
  const rebuilt = coursesOf(model, compared.groups, ofMetric(metrics, 'heldOutReconstruction'));
  const courses = ((): GroupCourse[] => {
    switch (measure) {
      case 'stretching':
        return coursesOf(model, compared.groups, ofStretching(long.data?.models, stretched));
      case 'sdr':
        return coursesOf(model, compared.groups, ofMetric(metrics, sdrMetric(level, 'median')));
      case 'near':
        return coursesOf(model, compared.groups, ofMetric(metrics, sdrMetric(level, 'shareNearOne')));
      case 'reconstruction':
        return rebuilt;
    }
  })();
  const isError = measure === 'stretching' || measure === 'reconstruction';
  const nameOfLevel = useLevelName();
  const title = titleOf(measure, { stretched: nameOfLevel(stretched), level: nameOfLevel(level), factor });
  const series = seriesOfCourses(courses);
  const files = (): ReturnType<typeof api.analysis.chartFiles> =>
    api.analysis.chartFiles({
      charts: [
        savedChart({ title, note }, series),
        ...(measure === 'reconstruction' || rebuilt.length === 0
          ? []
          : [
              savedChart(
                { title: 'Reconstruction MSE', note: 'held-out pictures' },
                seriesOfCourses(rebuilt),
              ),
            ]),
      ],
    });
  return (
    <Panel
      title={<Term name={termOf[measure]}>{title}</Term>}
      tools={
        courses.length > 0 && (
          <SaveMenu what={`the chart of ${title}`} name={`${model.summary.id}-${measure}`} files={files} />
        )
      }
    >
      <div className={styles.tools}>
        <SelectField
          small
          label="Measurement"
          width={168}
          value={measure}
          choices={choices.map((value) => ({ value, label: measureNames[value] }))}
          onChange={(value) => {
            setParams({ measure: value === 'stretching' ? undefined : value });
          }}
        />
        {measure === 'stretching' && <StretchTools />}
        <LevelTools measure={measure} />
      </div>
      {measure === 'stretching' && <LongLine long={long} title="Stretching each checkpoint" />}
      {courses.length > 0 && (
        <>
          <LineChart
            series={series}
            height={164}
            withLabels
            cursor={model.step}
            reference={measure === 'sdr' ? 1 : null}
            summary={`${title} against step. At the last shared checkpoint ${nowOf(courses)}.`}
          />
          {measure !== 'reconstruction' && rebuilt.length > 0 && (
            <>
              <h3 className={styles.second}>Reconstruction MSE</h3>
              <LineChart
                series={seriesOfCourses(rebuilt)}
                height={84}
                withLabels
                summary={`Reconstruction MSE against step. At the last shared checkpoint ${nowOf(rebuilt)}.`}
              />
            </>
          )}
          <ul className={classes('small', styles.words)}>
            {courses.map((course) => (
              <li key={course.name}>{isError ? sentenceOfError(course) : sentenceOfRatio(course)}</li>
            ))}
          </ul>
          <p className="small soft">{note}. Lines are means over seeds, bands their range.</p>
        </>
      )}
      {courses.length === 0 && (measure !== 'stretching' || long.data !== undefined) && (
        <p className="small soft">Nothing was measured after the first step yet.</p>
      )}
      <CompareRuns model={model} compared={compared} />
    </Panel>
  );
}

function LevelTools({ measure }: { measure: Measure }): JSX.Element | null {
  const { stretched, level } = useAnalyseAddress();
  const { all, hidden } = useLevels();
  if (measure === 'reconstruction') return null;
  if (measure === 'stretching') {
    return (
      <Segmented
        small
        label="Level"
        value={stretched}
        choices={hidden.map((value) => ({ value, label: levelName(value) }))}
        onChange={(value) => {
          setParams({ stretched: value === 'fine' ? undefined : value });
        }}
      />
    );
  }
  return (
    <Segmented
      small
      label="Level"
      value={level}
      choices={all.map((value) => ({ value, label: levelName(value) }))}
      onChange={(value) => {
        setParams({ level: value === 'fine' ? undefined : value });
      }}
    />
  );
}

const termOf = {
  stretching: 'stretchingError',
  sdr: 'sdr',
  near: 'nearOne',
  reconstruction: 'mse',
} as const;

function titleOf(
  measure: Measure,
  { stretched, level, factor }: { stretched: string; level: string; factor: number },
): string {
  switch (measure) {
    case 'stretching':
      return `Stretching error at ${stretched}, × ${factor}`;
    case 'sdr':
      return `Median SDR at ${level}`;
    case 'near':
      return `Share of pairs near 1 at ${level}`;
    case 'reconstruction':
      return 'Reconstruction MSE';
  }
}

function notes(samples: number, decoder: string): Record<Measure, string> {
  const named = `${decoder[0]!.toUpperCase()}${decoder.slice(1)}`;
  return {
    stretching: `MSE on [−1, 1] within the borders, ${samples} pictures of the prior`,
    sdr: `${named}, as the run measured it at its checkpoints; 1 is independent`,
    near: `${named}, ratios in 0.75–1.25, as the run measured them at its checkpoints`,
    reconstruction: 'MSE on [−1, 1] of held-out pictures, as the run measured it at its checkpoints',
  };
}

function nowOf(courses: readonly GroupCourse[]): string {
  return courses.map(({ name, mean }) => `${name} ${figure(mean.at(-1)?.y ?? NaN)}`).join(', ');
}
