import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { JSX } from 'react';
import type { ExperimentFigure, ExperimentResult } from '../../../contract/experiments.ts';
import { api } from '../../api/api.ts';
import { sentenceOf } from '../../api/errors.ts';
import { classes } from '../../components/classes.ts';
import { Note } from '../../components/marks.tsx';
import { Panel } from '../../components/Panel.tsx';
import { SaveMenu } from '../../components/SaveMenu.tsx';
import styles from './experiments.module.css';

interface FigureProps {
  out: string;
  /** Changes when the figure may have. */
  version: string;
  result: ExperimentResult;
}

export function Figures({ out, version, result }: FigureProps): JSX.Element {
  return (
    <>
      {result.figures.map((one) => (
        <FigurePanel key={one.name} {...{ out, version, result }} one={one} />
      ))}
    </>
  );
}

function FigurePanel({ out, version, result, one }: FigureProps & { one: ExperimentFigure }): JSX.Element {
  const { experiment } = result;
  const read = (file: string): Promise<{ picture: Blob }> =>
    api.experiments.figure({ out, experiment, file });
  const { data, error } = useQuery({
    queryKey: ['experiment-figure', out, experiment, one.png, version],
    queryFn: () => read(one.png),
    gcTime: 60_000,
  });
  const url = useUrl(data?.picture);
  return (
    <Panel
      title={one.title}
      className={styles.figure}
      tools={
        <SaveMenu
          what={`the figure “${one.title}”`}
          name={`${experiment}-${one.name}`}
          formats={one.svg === null ? ['png'] : ['png', 'svg']}
          files={async () => ({
            png: (await read(one.png)).picture,
            ...(one.svg !== null && { svg: (await read(one.svg)).picture }),
          })}
        />
      }
    >
      {error !== null && <Note tone="bad">{sentenceOf(error)}</Note>}
      <figure>
        <div className={styles.ground} {...(url === null && error === null && { 'data-waiting': true })}>
          {url !== null && (
            <img src={url} alt={one.title} className={classes(one.svg === null && styles.drawing)} />
          )}
        </div>
        <figcaption className="small soft">{one.caption}</figcaption>
      </figure>
    </Panel>
  );
}

/** An address of the bytes for as long as they are shown. */
function useUrl(picture: Blob | undefined): string | null {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (picture === undefined) return;
    const made = URL.createObjectURL(picture);
    setUrl(made);
    return () => {
      URL.revokeObjectURL(made);
      setUrl(null);
    };
  }, [picture]);
  return url;
}
