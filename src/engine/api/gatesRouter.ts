import { implement } from '@orpc/server';
import { gatesContract } from '../../contract/gates.ts';
import { gateFromAttributes, hasAttributes } from '../gates/attributeGate.ts';
import { gateFromFile } from '../gates/gateFromFile.ts';
import { hairGateWithoutLabels } from '../gates/gateWithoutLabels.ts';
import { hairGate, knownHairGate } from '../gates/hairGate.ts';
import { separationOf } from '../gates/separation.ts';
import { listStrokes, loadStrokes, saveStrokes } from '../gates/strokesFiles.ts';
import { teachGate } from '../gates/teachGate.ts';
import { teachingFaces } from '../gates/teachingFaces.ts';
import { withModel } from '../session/modelPool.ts';
import { streamed } from './streamed.ts';
import type { EngineContext } from './studioHost.ts';

const os = implement(gatesContract).$context<EngineContext>();

/** Gates on a part of a face: taught by strokes, masks and attributes, or found without labels. */
export const gatesRouter = os.router({
  faces: os.faces.handler(({ input }) => withModel(input, (open) => teachingFaces(open, input))),
  teach: os.teach.handler(({ input, signal }) => withModel(input, (open) => teachGate(open, input, signal))),
  separation: os.separation.handler(({ input, signal }) =>
    withModel(input, (open) => separationOf(open, input, signal)),
  ),
  fromFile: os.fromFile.handler(({ input, signal }) =>
    streamed((watch) => withModel(input, (open) => gateFromFile(open, input, watch)), signal),
  ),
  withoutLabels: os.withoutLabels.handler(({ input, signal }) =>
    streamed((watch) => withModel(input, (open) => hairGateWithoutLabels(open, watch)), signal),
  ),
  hair: os.hair.handler(({ input, signal }) =>
    streamed((watch) => withModel(input, (open) => hairGate(open, watch)), signal),
  ),
  knownHair: os.knownHair.handler(({ input }) => withModel(input, knownHairGate)),
  fromAttributes: os.fromAttributes.handler(({ input, signal }) =>
    streamed((watch) => withModel(input, (open) => gateFromAttributes(open, watch)), signal),
  ),
  hasAttributes: os.hasAttributes.handler(({ input }) => withModel(input, (open) => hasAttributes(open))),
  strokes: {
    list: os.strokes.list.handler(({ input }) => listStrokes(input.run)),
    load: os.strokes.load.handler(({ input }) => loadStrokes(input.run, input.name)),
    save: os.strokes.save.handler(({ input }) =>
      withModel(input, (open) => saveStrokes(open, input.run, input)),
    ),
  },
});
