import { implement } from '@orpc/server';
import { theoryContract } from '../../contract/theory.ts';
import { eyeSolutions } from '../theory/eyeSolutions.ts';
import { fig2Solutions } from '../theory/fig2.ts';
import { asContractError, streamed } from './streamed.ts';
import { drawFigure, makeFig2, makeFig3a, makeFig3b, makeProposition } from '../figures/makeFigures.ts';
import { makeAll } from '../figures/makeAll.ts';
import { stretchedPictures } from '../figures/stretchedPictures.ts';

const os = implement(theoryContract).use(async ({ next }) => {
  try {
    return await next();
  } catch (error) {
    throw asContractError(error);
  }
});

/** The theory's part of the contract. It imports no TensorFlow, so that it answers where that is missing. */
export const theoryRouter = os.router({
  fig2: os.fig2.handler(({ input }) => makeFig2(input.parameters, input.out)),
  fig3a: os.fig3a.handler(({ input }) => makeFig3a(input.parameters, input.out)),
  fig3b: os.fig3b.handler(({ input }) => makeFig3b(input.parameters, input.out)),
  proposition: os.proposition.handler(({ input }) => makeProposition(input.parameters, input.out)),
  solutions: os.solutions.handler(({ input }) => fig2Solutions(eyeSolutions(input.parameters))),
  stretches: os.stretches.handler(({ input }) => stretchedPictures(input)),
  draw: os.draw.handler(({ input }) => drawFigure(input)),
  all: os.all.handler(({ input, signal }) => streamed((watch) => makeAll(input, watch), signal)),
});
