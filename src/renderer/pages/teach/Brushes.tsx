import type { JSX } from 'react';
import { Button } from '../../components/Button.tsx';
import { Segmented } from '../../components/controls.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Slider } from '../../components/Slider.tsx';
import { capitalised } from '../../words.ts';
import { largestBrush, usualBrush } from './strokes.ts';
import type { Tool } from './strokes.ts';
import styles from './Brushes.module.css';

export interface BrushesProps {
  part: string;
  tool: Tool;
  onTool: (tool: Tool) => void;
  width: number;
  onWidth: (width: number) => void;
}

/** Two brushes, the eraser, and how wide they are. */
export function Brushes({ part, tool, onTool, width, onWidth }: BrushesProps): JSX.Element {
  const brush = (icon: 'brushPart' | 'brushRest', words: string, key: string): JSX.Element => (
    <>
      <Icon name={icon} />
      <span className={styles.name}>{words}</span>
      <kbd aria-hidden="true">{key}</kbd>
    </>
  );
  return (
    <div className={styles.brushes}>
      <Segmented
        label="Brush"
        value={tool === 'eraser' ? null : tool}
        choices={[
          { value: 'part', label: brush('brushPart', capitalised(part), '1') },
          { value: 'rest', label: brush('brushRest', `Not ${part}`, '2') },
        ]}
        onChange={onTool}
      />
      <Button
        square
        pressed={tool === 'eraser'}
        aria-pressed={tool === 'eraser'}
        aria-label="Eraser"
        title="Eraser  3"
        onClick={() => {
          onTool('eraser');
        }}
      >
        <Icon name="eraser" />
      </Button>
      <Slider
        label="Brush size"
        min={1}
        max={largestBrush}
        step={1}
        value={width}
        resetTo={usualBrush}
        format={(value) => `${value} px`}
        onChange={(next) => {
          onWidth(Math.round(next));
        }}
      />
    </div>
  );
}
