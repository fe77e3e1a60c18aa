import { useId } from 'react';
import type { JSX } from 'react';
import { Button } from '../../components/Button.tsx';
import { Segmented } from '../../components/controls.tsx';
import { Panel } from '../../components/Panel.tsx';
import { UndoButtons } from '../../components/UndoButtons.tsx';
import { Brushes } from './Brushes.tsx';
import type { BrushesProps } from './Brushes.tsx';
import { FaceCanvas } from './FaceCanvas.tsx';
import type { FaceCanvasProps } from './FaceCanvas.tsx';
import { FacesTaught } from './FacesTaught.tsx';
import type { FacesTaughtProps } from './FacesTaught.tsx';
import { PartField } from './PartField.tsx';
import { StrokeKeys } from './StrokeMarks.tsx';
import styles from './DrawPanel.module.css';

export interface DrawPanelProps {
  brushes: BrushesProps;
  onPart: (part: string) => void;
  /** Null while no face is there. */
  canvas: FaceCanvasProps | null;
  history: { undo: () => void; redo: () => void; canUndo: boolean; canRedo: boolean };
  onClear: () => void;
  view: 'outline' | 'recoloured';
  onView: (view: 'outline' | 'recoloured') => void;
  taught: FacesTaughtProps;
}

/** The part, the brushes, the face that is drawn on, and the faces that were. */
export function DrawPanel(props: DrawPanelProps): JSX.Element {
  const { brushes, onPart, canvas, history, onClear, view, onView, taught } = props;
  const heading = useId();
  return (
    <Panel labelledBy={heading} className={styles.draw} bodyClassName={styles.body}>
      <div className={styles.head}>
        <h2 id={heading}>Part</h2>
        <PartField key={brushes.part} part={brushes.part} onPart={onPart} />
      </div>
      <Brushes {...brushes} />
      {canvas === null ? <div className={styles.noFace} /> : <FaceCanvas key={canvas.title} {...canvas} />}
      <StrokeKeys part={brushes.part} />
      <div className={styles.tools}>
        <UndoButtons {...history} size="small" />
        <Button look="quiet" size="small" disabled={canvas?.strokes.length === 0} onClick={onClear}>
          Clear this face
        </Button>
        <span className="grow" />
        <Segmented
          small
          label="Show the gate as"
          value={view}
          choices={[
            { value: 'outline', label: 'Outline' },
            { value: 'recoloured', label: 'Recoloured' },
          ]}
          onChange={onView}
        />
      </div>
      <FacesTaught {...taught} />
    </Panel>
  );
}
