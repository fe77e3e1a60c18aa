import { basename } from 'node:path';
import { decodingSchema } from '../../src/contract/dataSet.ts';
import { hiddenLevelSchema } from '../../src/contract/levels.ts';
import { timeFactorization, timeInfluence, timeSdr, timeStretching } from './analysisPieces.ts';
import type { ModelSize } from './analysisPieces.ts';
import { timeImported } from './importedPieces.ts';
import { makePhotographs, timePacking } from './packing.ts';
import { print } from './timing.ts';

const usage = `usage: benchPieces.js PIECE …, one of
  influence WIDTH FINE_CHANNELS LATENT LEVEL PAIRS BLOCK RUNS
  stretching WIDTH FINE_CHANNELS LATENT PICTURES FACTOR RUNS
  sdr WIDTH FINE_CHANNELS LATENT SAMPLES BATCH RUNS
  imported WIDTH LATENT PICTURES RUNS
  nmf ROWS SIDE RANK ITERATIONS STARTS RUNS
  packing FOLDER COUNT DECODING RUNS
  photographs FOLDER COUNT`;

/** Times a piece of what people wait for and prints one JSON line, in the form of its peer in Python beside it. */
async function main([piece = '', ...words]: readonly string[]): Promise<void> {
  switch (piece) {
    case 'influence': {
      const [level, pairs, block, runs] = words.slice(3);
      const counts = { pairs: number(pairs), block: number(block), runs: number(runs) };
      print(await timeInfluence(sizeOf(words), hiddenLevelSchema.parse(level), counts));
      return;
    }
    case 'stretching': {
      const [pictures, factor, runs] = words.slice(3);
      const request = { pictures: number(pictures), factor: number(factor), runs: number(runs) };
      print(await timeStretching(sizeOf(words), request));
      return;
    }
    case 'sdr': {
      const [samples, batch, runs] = words.slice(3);
      const counts = { samples: number(samples), batch: number(batch), runs: number(runs) };
      print(await timeSdr(sizeOf(words), counts));
      return;
    }
    case 'imported': {
      const [width, latent, pictures, runs] = words.map(number);
      print(await timeImported({ width: width!, latent: latent! }, { pictures: pictures!, runs: runs! }));
      return;
    }
    case 'nmf': {
      const [rows, side, rank, iterations, starts, runs] = words.map(number);
      const matrix = { rows: rows!, side: side!, rank: rank! };
      print(await timeFactorization(matrix, { iterations: iterations!, starts: starts!, runs: runs! }));
      return;
    }
    case 'packing': {
      const [folder, count, decoding, runs] = words;
      const options = { decoding: decodingSchema.parse(number(decoding)), count: number(count) };
      print(await timePacking(folder!, { ...options, runs: number(runs) }));
      return;
    }
    case 'photographs':
      await makePhotographs(words[0]!, number(words[1]));
      return;
    default:
      throw new Error(usage);
  }
}

function sizeOf([width, fineChannels, latent]: readonly string[]): ModelSize {
  return { width: number(width), fineChannels: number(fineChannels), latent: number(latent) };
}

function number(word: string | undefined): number {
  const value = Number(word);
  if (word === undefined || !(value > 0)) throw new Error(usage);
  return value;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(
    `${basename(__filename)}: ${error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exitCode = 1;
});
