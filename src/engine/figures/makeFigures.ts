import type {
  Fig2Parameters,
  Fig2Result,
  Fig3aParameters,
  Fig3aResult,
  Fig3bParameters,
  Fig3bResult,
  PropositionParameters,
  PropositionResult,
  TheoryFigure,
} from '../../contract/theory.ts';
import { svgToPng } from '../pictures/svgToPng.ts';
import { fig2 } from '../theory/fig2.ts';
import { fig3a } from '../theory/fig3a.ts';
import { fig3b } from '../theory/fig3b.ts';
import { proposition } from '../theory/propositions.ts';
import { drawFig2 } from './drawFig2.ts';
import { drawFig3a } from './drawFig3a.ts';
import { drawFig3b } from './drawFig3b.ts';
import { findingsOfFig2, findingsOfFig3a, findingsOfProposition } from './findings.ts';
import { requireModestChains, requireModestTraining } from './requireModest.ts';
import {
  pageOfPropositions,
  tableOfChains,
  tableOfFig2,
  tableOfFig3a,
  tableOfFig3b,
  tableOfKernels,
  tableOfPropositions,
} from './tables.ts';
import { writeFiles } from '../pictures/writeFiles.ts';

/** A result with what it says in words, and the files that were written where a folder was given. */
export interface Made<Result> {
  result: Result;
  findings: string[];
  files: string[];
}

function json(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}

export async function makeFig2(parameters: Fig2Parameters, out?: string): Promise<Made<Fig2Result>> {
  const result = fig2(parameters);
  const files =
    out === undefined
      ? []
      : await writeFiles(out, {
          'fig2.svg': await drawFig2(result),
          'fig2.csv': tableOfFig2(result),
          'fig2.json': json(result),
        });
  return { result, findings: findingsOfFig2(result), files };
}

export async function makeFig3a(parameters: Fig3aParameters, out?: string): Promise<Made<Fig3aResult>> {
  requireModestChains(parameters);
  const result = fig3a(parameters);
  const files =
    out === undefined
      ? []
      : await writeFiles(out, {
          'fig3a.svg': drawFig3a(result),
          'fig3a.csv': tableOfFig3a(result),
          ...(result.chains.length > 0 && { 'fig3a-chains.csv': tableOfChains(result) }),
          'fig3a.json': json(result),
        });
  return { result, findings: findingsOfFig3a(result), files };
}

export async function makeFig3b(parameters: Fig3bParameters, out?: string): Promise<Made<Fig3bResult>> {
  requireModestTraining(parameters);
  const result = fig3b(parameters);
  const files =
    out === undefined
      ? []
      : await writeFiles(out, {
          'fig3b.svg': drawFig3b(result),
          'fig3b.csv': tableOfFig3b(result),
          'fig3b-kernels.csv': tableOfKernels(result),
          'fig3b.json': json(result),
        });
  return { result, findings: [result.finding], files };
}

export async function makeProposition(
  parameters: PropositionParameters,
  out?: string,
): Promise<Made<PropositionResult>> {
  const result = proposition(parameters);
  const name = `proposition${result.proposition}`;
  const files =
    out === undefined
      ? []
      : await writeFiles(out, {
          [`${name}.md`]: pageOfPropositions([result]),
          [`${name}.csv`]: tableOfPropositions([result]),
          [`${name}.json`]: json(result),
        });
  return { result, findings: findingsOfProposition(result), files };
}

/** A figure as it is written to files. */
export async function drawFigure(asked: TheoryFigure): Promise<{ svg: string; png: string; csv: string }> {
  const { svg, csv } = await svgAndTable(asked);
  return { svg, png: (await svgToPng(svg)).toString('base64'), csv };
}

async function svgAndTable(asked: TheoryFigure): Promise<{ svg: string; csv: string }> {
  switch (asked.figure) {
    case '2': {
      const result = fig2(asked.parameters);
      return { svg: await drawFig2(result), csv: tableOfFig2(result) };
    }
    case '3a': {
      requireModestChains(asked.parameters);
      const result = fig3a(asked.parameters);
      return { svg: drawFig3a(result), csv: tableOfFig3a(result) };
    }
    case '3b': {
      requireModestTraining(asked.parameters);
      const result = fig3b(asked.parameters);
      return { svg: drawFig3b(result), csv: tableOfFig3b(result) };
    }
  }
}
