import type { EncoderFound } from './exchange.ts';
import type { ImportedEncoder } from './importedEncoder.ts';
import { figure } from './figures.ts';

/** What is said of an encoder that came with a generator, on the command line and on pages. */
export function encoderSentences({
  file,
  difference,
  range,
  error,
  spread,
  hasLogVariance,
  guessed,
}: EncoderFound): string[] {
  const checked =
    difference === null
      ? `The file holds weights alone: strides of 2 and ${guessed ?? 'no non-linearity'} after each layer are taken from shapes and from what leads pictures back. An ONNX file says them.`
      : `Its codes differ from the file’s own by at most ${figure(difference, 2)}.`;
  const returns =
    error < spread
      ? `The generator’s own pictures come back with an error of ${figure(error, 2)}; they differ from their mean by ${figure(spread, 2)}.`
      : `The generator’s own pictures do not come back (error ${figure(error, 2)}, spread ${figure(spread, 2)}): look at reconstructions. Is it of another model, or of pictures that are normalised otherwise?`;
  return [
    `Its encoder is ${file}, for pictures from ${rangeWords[range]}${hasLogVariance ? '' : ', which puts out means alone'}.`,
    checked,
    returns,
  ];
}

export const rangeWords = { '-1..1': '−1 to 1', '0..1': '0 to 1', '0..255': '0 to 255' } as const;

/** The same of a run, from its run.json. */
export function encoderFacts({
  from,
  returns,
  pictures,
  logVariance,
  layers,
}: ImportedEncoder): EncoderFound {
  return {
    ...{ file: from.file, difference: from.difference, range: pictures.range, ...returns },
    hasLogVariance: logVariance !== null,
    guessed: from.difference === null ? nonLinearity(layers[0]) : null,
  };
}

function nonLinearity(layer: ImportedEncoder['layers'][number] | undefined): string | null {
  if (layer === undefined || layer.activation === 'none') return null;
  return layer.activation === 'leakyRelu' ? `leaky ReLU (${layer.slope})` : 'ReLU';
}
