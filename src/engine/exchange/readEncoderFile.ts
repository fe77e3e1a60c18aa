import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { cropSchema, currentDecoding, decodingSchema } from '../../contract/dataSet.ts';
import { StudioError } from '../../contract/errors.ts';
import { pictureRanges } from '../../contract/importedEncoder.ts';
import type { PictureRange } from '../../contract/importedEncoder.ts';
import type { ImportedFrom } from '../../contract/importedModel.ts';
import type { RunFile } from '../../contract/runFiles.ts';
import type { EncoderChain } from './encoderChain.ts';
import { encoderOfOnnx } from './encoderOfOnnx.ts';
import type { EncoderAsked } from './encoderOfOnnx.ts';
import { encodersOfStateDict, holdsEncoder } from './encoderOfStateDict.ts';
import { filesBeside, modelBytes } from './modelFileBytes.ts';
import { decodeOnnx, externalLocations } from './readOnnx.ts';
import { orSentence } from './readModelFile.ts';
import { readStateDict } from './stateDict.ts';

/** An encoder in a file, and where the file has its network, what that makes of a picture. */
export interface EncoderFileContent {
  /** What it may be: one where the file has its network, else those that its weights fit. */
  chains: readonly EncoderChain[];
  from: Omit<ImportedFrom, 'difference'>;
  /** Of the picture that it was asked with, as the file takes its values. */
  codes: { mean: Float64Array; logVariance: Float64Array | undefined } | undefined;
  /** Where the file says in which range it takes in pictures. */
  range: PictureRange | undefined;
  /** How pictures are cut and read before it takes them in: as it says, else whole. */
  pictures: Pick<RunFile['data'], 'crop' | 'decoding'>;
}

/** What an encoder has to fit, but for the name of its file. */
export type EncoderFits = Omit<EncoderAsked, 'source'>;

/**
 * Reads an encoder from a file of another program, for a generator that is known.
 * @throws StudioError that names the file, and the layer that is not understood: `not-found`, `damaged`, `wrong-usage`
 */
export async function readEncoderFile(path: string, fits: EncoderFits): Promise<EncoderFileContent> {
  const file = basename(path);
  const bytes = await modelBytes(path);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (/\.onnx$/i.test(file)) {
    const { graph, metadata } = decodeOnnx(
      bytes,
      file,
      await filesBeside(path, externalLocations(bytes, file)),
    );
    const { chain, ...codes } = orSentence(file, () => encoderOfOnnx(graph, { ...fits, source: file }));
    return { chains: [chain], codes, from: { format: 'onnx', file, sha256 }, ...said(metadata) };
  }
  if (/\.safetensors$/i.test(file)) {
    const asked = { ...fits, source: file };
    const chains = orSentence(file, () => encodersOfStateDict(readStateDict(bytes, file), asked));
    return { chains, codes: undefined, from: { format: 'safetensors', file, sha256 }, ...said(new Map()) };
  }
  throw new StudioError(
    'wrong-usage',
    `${file} is not a kind of file that encoders are read from. Use ONNX (.onnx), or weights as .safetensors.`,
  );
}

/** What files say that were exported here. */
function said(metadata: ReadonlyMap<string, string>): Pick<EncoderFileContent, 'range' | 'pictures'> {
  const range = metadata.get('valueRange')?.replace(' to ', '..');
  return {
    range: pictureRanges.find((each) => each === range),
    pictures: {
      crop: cropSchema.safeParse(metadata.get('crop')).data ?? 'full',
      decoding: decodingSchema.safeParse(Number(metadata.get('decoding'))).data ?? currentDecoding,
    },
  };
}

/** Whether the weights of a generator hold its encoder, too. */
export async function holdsBoth(path: string): Promise<boolean> {
  if (!/\.safetensors$/i.test(path)) return false;
  return holdsEncoder(readStateDict(await modelBytes(path), basename(path)));
}
