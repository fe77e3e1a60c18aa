import { useEffect, useMemo, useState } from 'react';
import type { JSX } from 'react';
import type { TaughtFace } from '../../../contract/gates.ts';
import { goTo } from '../../address/address.ts';
import { offerGate } from '../../api/taughtGate.ts';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Notes } from '../../components/marks.tsx';
import { PageHead } from '../../components/Panel.tsx';
import { useWorkKeys } from '../../shell/useWorkKeys.ts';
import type { Ref } from '../../shell/useModel.ts';
import { counted } from '../../words.ts';
import { DrawPanel } from './DrawPanel.tsx';
import { keyOf, titleOf } from './faceNames.ts';
import type { KnownFace } from './faceNames.ts';
import { FacesPanel } from './FacesPanel.tsx';
import { differing, strokeCount, strokesOf, withStrokes } from './lessons.ts';
import { outlineOf } from './outline.ts';
import { SeparationPanel } from './SeparationPanel.tsx';
import { StartPanel } from './StartPanel.tsx';
import { largestBrush, mostStrokes } from './strokes.ts';
import type { Tool } from './strokes.ts';
import { useCourse } from './useCourse.ts';
import { useLessons } from './useLessons.ts';
import { usePlaces } from './usePlaces.ts';
import { useSeparation } from './useSeparation.ts';
import { useStart } from './useStart.ts';
import { nextFace, opennessOf, useTaught } from './useTaught.ts';
import { setTeach, useTeachAddress } from './useTeachAddress.ts';
import { shownCount } from './useTeachingFaces.ts';
import type { TeachingSet } from './useTeachingFaces.ts';
import styles from './Lesson.module.css';

export interface LessonProps {
  modelRef: Ref;
  set: TeachingSet;
  setError: string | null;
  /** Why this run has seeds alone; null where it may have photographs. */
  refusal: string | null;
  /** What was taught before. */
  initial: readonly TaughtFace[];
}

/** The page with a model and its faces: each change of the strokes is taught, shown on all faces, and saved. */
export function Lesson({ modelRef, set, setError, refusal, initial }: LessonProps): JSX.Element {
  const address = useTeachAddress();
  const { part, view } = address;
  const lessons = useLessons(modelRef, part, initial);
  const { faces } = lessons;
  const [tool, setTool] = useState<Tool>('part');
  const start = useStart(modelRef, address);

  const known: KnownFace[] = [
    ...set.faces,
    ...faces
      .map(({ face, latents }) => ({ key: keyOf(face), face, latents }))
      .filter(({ key }) => !set.faces.some((shown) => shown.key === key)),
  ];
  const current = known.find(({ key }) => key === address.face) ?? known[0];
  const currentKey = current?.key ?? '';
  const isTaught = (key: string): boolean => strokesOf(faces, key).length > 0;
  const isShown = set.faces.some(({ key }) => key === currentKey);
  const asked = current === undefined || isShown ? set.faces : [...set.faces, current];
  const live = useTaught(
    faces.length === 0 && start.gate === null
      ? null
      : { ...modelRef, name: part, faces, shown: asked, start: start.gate },
  );
  const taught = live.value;
  const places = usePlaces(modelRef, set, known, taught);
  const separation = useSeparation(modelRef, part, faces, start.gate);
  const course = useCourse(separation, faces.length);
  const next = nextFace(set.faces, isTaught, taught);
  const strokes = strokesOf(faces, currentKey);
  const open = opennessOf(taught, currentKey);
  const outline = useMemo(() => (open === null ? '' : outlineOf(open, 64)), [open]);

  const teach = (key: string): void => {
    setTeach({ face: key });
  };
  const goNext = (): void => {
    if (next !== undefined) teach(next.key);
  };
  const travel = (go: () => readonly TaughtFace[]): void => {
    const key = differing(faces, go());
    if (key !== undefined) teach(key);
  };
  const undo = (): void => {
    travel(lessons.undo);
  };
  const redo = (): void => {
    travel(lessons.redo);
  };
  const brushTo = (width: number): void => {
    setTeach({ brush: Math.min(largestBrush, Math.max(1, width)) });
  };
  const isBefore = useWorkKeys({
    undo,
    redo,
    letters: {
      1: () => {
        setTool('part');
      },
      2: () => {
        setTool('rest');
      },
      3: () => {
        setTool('eraser');
      },
      '-': () => {
        brushTo(address.brush - 1);
      },
      '+': () => {
        brushTo(address.brush + 1);
      },
      n: goNext,
    },
  });
  const draw = (strokesNow: readonly TaughtFace['strokes'][number][]): void => {
    if (current !== undefined) lessons.change(withStrokes(faces, current, strokesNow.slice(-mostStrokes)));
  };
  const count = strokeCount(faces);
  const gate = taught?.gate ?? null;
  const use = (): void => {
    if (gate === null) return;
    offerGate({ run: modelRef.run, gate, words: wordsOf(part, count) });
    goTo('intervene');
  };
  useEffect(() => {
    if (address.face === undefined && current !== undefined && faces.length > 0) teach(current.key);
  });
  const place = isBefore || view === 'outline' ? places.before(currentKey) : places.after(currentKey);
  return (
    <>
      <PageHead
        title="Teach a part"
        actions={
          <>
            <Button
              look="quiet"
              onClick={() => {
                goTo('intervene');
              }}
            >
              <Icon name="left" />
              Back to Intervene
            </Button>
            <Button look="primary" disabled={gate === null || live.isStale} onClick={use}>
              Use this gate
            </Button>
          </>
        }
      >
        <p>{`A few strokes on a few ${set.source === 'photos' ? 'photographs' : 'faces'} show the program what ${part} is.`}</p>
      </PageHead>
      <Notes errors={[setError]} warnings={set.why === null ? [] : [set.why]} className={styles.note} />
      <div className={styles.lesson}>
        <DrawPanel
          brushes={{ part, tool, onTool: setTool, width: address.brush, onWidth: brushTo }}
          onPart={(name) => {
            setTeach({ part: name, start: 'nothing' });
          }}
          canvas={
            current === undefined || place === null
              ? null
              : {
                  picture: place.pictures,
                  index: place.index,
                  title: titleOf(current.face),
                  label: `${titleOf(current.face)}, ${counted(strokes.length, 'stroke')}`,
                  strokes,
                  outline: isBefore || view === 'recoloured' ? '' : outline,
                  tool,
                  width: address.brush,
                  onStrokes: draw,
                }
          }
          history={{ undo, redo, canUndo: lessons.canUndo, canRedo: lessons.canRedo }}
          onClear={() => {
            draw([]);
          }}
          view={view}
          onView={(shown) => {
            setTeach({ view: shown });
          }}
          taught={{
            faces,
            placeOf: places.before,
            selected: currentKey,
            onSelect: teach,
            next,
            left: set.faces.filter(({ key }) => !isTaught(key)).length,
          }}
        />
        <FacesPanel
          set={set}
          live={live}
          recoloured={places.recoloured}
          isTaught={isTaught}
          selected={set.faces.findIndex(({ key }) => key === currentKey)}
          onSelect={(index) => {
            const chosen = set.faces[index];
            if (chosen !== undefined) teach(chosen.key);
          }}
          wipe={address.wipe}
          onWipe={(wipe) => {
            setTeach({ wipe });
          }}
          isBefore={isBefore}
          onSource={
            refusal === null
              ? (source) => {
                  setTeach({ source, first: 0, face: undefined });
                }
              : null
          }
          onOthers={() => {
            setTeach({ first: address.first + shownCount, face: undefined });
          }}
        />
        <StartPanel
          address={address}
          start={start}
          onChange={setTeach}
          file={lessons.saved?.file ?? null}
          error={lessons.saveError}
        />
        <SeparationPanel
          part={part}
          answer={separation}
          strokes={count}
          faces={faces.length}
          course={course}
        />
      </div>
    </>
  );
}

function wordsOf(part: string, strokes: number): string {
  return strokes === 0
    ? `FluoHair on ${part}, as it was started from`
    : `FluoHair on ${part}, taught with ${counted(strokes, 'stroke')}`;
}
