import type { JSX } from 'react';
import { encoderFacts, encoderSentences } from '../../../contract/encoderWords.ts';
import type { RunFile } from '../../../contract/runFiles.ts';
import { Panel } from '../../components/Panel.tsx';
import { counted, figure } from '../../words.ts';
import styles from './train.module.css';

type Imported = Extract<RunFile['model'], { kind: 'imported' }>;

/** In the place of a training's progress and charts: where a generator comes from, and what it is made of. */
export function ImportedPanel({ model }: { model: Imported }): JSX.Element {
  const { from, hyperParameters } = model;
  const { latent, size, colours = 3, start, layers } = hyperParameters;
  return (
    <Panel title="Imported generator" className={styles.chartPanel}>
      <dl className={styles.imported}>
        <dt>File</dt>
        <dd className="mono">{from.file}</dd>
        <dt>Checked</dt>
        <dd>
          {from.difference === null
            ? 'The file holds weights alone, so there is no network to check the pictures against.'
            : `Pictures differ from the file’s own by at most ${figure(from.difference, 2)} on values from −1 to 1.`}
        </dd>
        <dt>Draws</dt>
        <dd>
          {size} × {size} {colours === 1 && 'grey '}pixels from {counted(latent, 'latent')}
        </dd>
        {model.encoder !== undefined && (
          <>
            <dt>Encoder</dt>
            <dd>
              {encoderSentences(encoderFacts(model.encoder)).map((sentence) => (
                <p key={sentence}>{sentence}</p>
              ))}
            </dd>
          </>
        )}
        <dt>Layers</dt>
        <dd>
          <ol className={styles.importedLayers}>
            <li>
              {start.size} × {start.size}, {counted(start.channels, 'channel')} to begin with
            </li>
            {layers.map((layer, at) => (
              <li key={at}>
                {layer.direction === 'up' ? 'transposed convolution' : 'convolution'} {layer.kernel} ×{' '}
                {layer.kernel}, {layer.inputChannels} →{' '}
                {counted(at === layers.length - 1 ? colours : layer.outputChannels, 'channel')}
                {layer.normalised && ', batch norm'}
                {layer.activation !== 'none' && `, ${activationNames[layer.activation]}`}
                {layer.doubled !== null && `, doubled (${layer.doubled})`}
              </li>
            ))}
          </ol>
        </dd>
      </dl>
    </Panel>
  );
}

const activationNames = {
  relu: 'ReLU',
  leakyRelu: 'leaky ReLU',
  tanh: 'tanh',
  sigmoid: 'sigmoid',
} as const;
