import { useState } from 'react';
import type { JSX } from 'react';
import type { TaughtFace } from '../../../contract/gates.ts';
import type { ModelRef } from '../../../contract/shared.ts';
import { goTo } from '../../address/address.ts';
import { offerGate } from '../../api/taughtGate.ts';
import { Button } from '../../components/Button.tsx';
import { Segmented } from '../../components/controls.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Notes } from '../../components/marks.tsx';
import { PageHead } from '../../components/Panel.tsx';
import { useCommand } from '../../shell/shellContext.ts';
import type { Ref } from '../../shell/useModel.ts';
import { useWorkKeys } from '../../shell/useWorkKeys.ts';
import { counted } from '../../words.ts';
import { DrawPanel } from './DrawPanel.tsx';
import { keyOf, titleOf } from './faceNames.ts';
import { FacesPanel } from './FacesPanel.tsx';
import { strokeCount } from './lessons.ts';
import { wordsOfUse, usualStart } from './partWords.ts';
import { SeparationPanel } from './SeparationPanel.tsx';
import { StartPanel } from './StartPanel.tsx';
import { largestBrush } from './strokes.ts';
import type { Tool } from './strokes.ts';
import { teachCommand } from './teachCommand.ts';
import { useLesson } from './useLesson.ts';
import type { LessonAtWork } from './useLesson.ts';
import { useSeparation } from './useSeparation.ts';
import { setTeach, useTeachAddress } from './useTeachAddress.ts';
import { shownCount } from './useTeachingFaces.ts';
import type { TeachingSet } from './useTeachingFaces.ts';
import styles from './Lesson.module.css';

export interface LessonProps {
  modelRef: Ref;
  /** As a command names it: the newest step is left out. */
  commandRef: ModelRef;
  set: TeachingSet;
  setError: string | null;
  /** Why this run has seeds alone; null where it may have photographs. */
  refusal: string | null;
  /** What was taught before. */
  initial: readonly TaughtFace[];
}

/** The page with a model and its faces: each change of the strokes is taught, shown on all faces, and saved. */
export function Lesson({ modelRef, commandRef, set, setError, refusal, initial }: LessonProps): JSX.Element {
  const address = useTeachAddress();
  const { part } = address;
  const lesson = useLesson(modelRef, set, initial, address);
  const { lessons, start } = lesson;
  const separation = useSeparation(modelRef, part, lessons.faces, start.gate);
  const [tool, setTool] = useState<Tool>('part');
  const file = lessons.saved?.file ?? start.file;
  useCommand(teachCommand(commandRef, address, lessons.faces.length === 0 ? null : file));
  const isBefore = useLessonKeys(lesson, address.brush, setTool);
  return (
    <>
      <Head lesson={lesson} run={modelRef.run} part={part} set={set} refusal={refusal} />
      <Notes
        errors={[setError, lesson.places.error]}
        warnings={set.why === null ? [] : [set.why]}
        className={styles.note}
      />
      <div className={styles.lesson}>
        <Drawing {...{ lesson, set, tool, setTool, isBefore }} />
        <Faces {...{ lesson, set, isBefore }} />
        <StartPanel
          address={address}
          start={start}
          onChange={setTeach}
          file={file}
          error={lessons.saveError}
        />
        <SeparationPanel
          part={part}
          answer={separation}
          strokes={strokeCount(lessons.faces)}
          faces={lessons.faces.length}
        />
      </div>
    </>
  );
}

function setBrush(width: number): void {
  setTeach({ brush: Math.min(largestBrush, Math.max(1, width)) });
}

/** @returns whether B is held */
function useLessonKeys(lesson: LessonAtWork, brush: number, setTool: (tool: Tool) => void): boolean {
  const take = (tool: Tool) => () => {
    setTool(tool);
  };
  const widen = (by: number) => () => {
    setBrush(brush + by);
  };
  return useWorkKeys({
    undo: lesson.undo,
    redo: lesson.redo,
    letters: {
      ...{ 1: take('part'), 2: take('rest'), 3: take('eraser') },
      // Plus without Shift is the key of the equals sign.
      ...{ '-': widen(-1), '+': widen(1), '=': widen(1) },
      n: () => {
        if (lesson.next !== undefined) setTeach({ face: lesson.next.key });
      },
    },
  });
}

function Head({
  lesson,
  run,
  part,
  set,
  refusal,
}: {
  lesson: LessonAtWork;
  run: string;
  part: string;
  set: TeachingSet;
  refusal: string | null;
}): JSX.Element {
  const gate = lesson.live.value?.gate ?? null;
  const { start } = useTeachAddress();
  const back = (): void => {
    goTo('intervene');
  };
  return (
    <PageHead
      title="Teach a part"
      actions={
        <>
          <Button look="quiet" onClick={back}>
            <Icon name="left" />
            Back to Intervene
          </Button>
          <Button
            look="primary"
            disabled={gate === null || lesson.live.isStale}
            onClick={() => {
              if (gate === null) return;
              offerGate({ run, gate, words: wordsOfUse(part, strokeCount(lesson.lessons.faces), start) });
              back();
            }}
          >
            Use this gate
          </Button>
        </>
      }
    >
      <p>
        A few strokes on a few {set.source === 'photos' ? 'photographs' : 'faces'} show the program what{' '}
        {part} is.
        {refusal !== null && ` ${refusal}`}
      </p>
      {refusal === null && (
        <Segmented
          small
          label="Faces"
          value={set.source}
          choices={[
            { value: 'photos', label: 'Photos' },
            { value: 'seeds', label: 'Seeds' },
          ]}
          onChange={(source) => {
            setTeach({ source, first: 0, face: undefined });
          }}
        />
      )}
    </PageHead>
  );
}

function Drawing({
  lesson,
  set,
  tool,
  setTool,
  isBefore,
}: {
  lesson: LessonAtWork;
  set: TeachingSet;
  tool: Tool;
  setTool: (tool: Tool) => void;
  isBefore: boolean;
}): JSX.Element {
  const { part, view, brush } = useTeachAddress();
  const { lessons, places, current, strokes } = lesson;
  const key = current?.key ?? '';
  const isOutlined = view === 'outline' && !isBefore;
  const place = view === 'recoloured' && !isBefore ? places.after(key) : places.before(key);
  const canvas =
    current === undefined || place === null
      ? null
      : {
          ...{ picture: place.pictures, index: place.index, title: titleOf(current.face) },
          label: `${titleOf(current.face)}, ${counted(strokes.length, 'stroke')}`,
          ...{ strokes, tool, width: brush, onStrokes: lesson.draw },
          outline: isOutlined ? lesson.outline : '',
        };
  return (
    <DrawPanel
      brushes={{ part, tool, onTool: setTool, width: brush, onWidth: setBrush }}
      onPart={(name) => {
        setTeach({ part: name, start: usualStart(name), face: undefined });
      }}
      canvas={canvas}
      history={{ ...lessons, undo: lesson.undo, redo: lesson.redo }}
      onClear={() => {
        lesson.draw([]);
      }}
      view={view}
      onView={(shown) => {
        setTeach({ view: shown });
      }}
      taught={{
        faces: lessons.faces,
        placeOf: places.before,
        selected: key,
        onSelect: (face) => {
          setTeach({ face });
        },
        next: lesson.next,
        left: set.faces.filter((each) => !lesson.isTaught(each.key)).length,
      }}
    />
  );
}

function Faces({
  lesson,
  set,
  isBefore,
}: {
  lesson: LessonAtWork;
  set: TeachingSet;
  isBefore: boolean;
}): JSX.Element {
  const { wipe, first } = useTeachAddress();
  return (
    <FacesPanel
      set={set}
      live={lesson.live}
      recoloured={lesson.places.recoloured}
      isTaught={lesson.isTaught}
      selected={set.faces.findIndex(({ key }) => key === lesson.current?.key)}
      onSelect={(index) => {
        setTeach({ face: set.faces[index]?.key });
      }}
      wipe={wipe}
      onWipe={(share) => {
        setTeach({ wipe: share });
      }}
      isBefore={isBefore}
      onOthers={() => {
        setTeach({ first: first + shownCount, face: undefined });
      }}
      onSeed={(seed) => {
        // The first face is seed 1.
        setTeach({ first: Math.max(0, seed - 1), face: keyOf({ kind: 'seed', seed }) });
      }}
    />
  );
}
