import { implement } from '@orpc/server';
import type { ExportRequest } from '../../contract/exports.ts';
import { exportsContract } from '../../contract/exports.ts';
import { addOriginalRecipe, atHand } from '../export/atHand.ts';
import { exportPictures } from '../export/exportPictures.ts';
import { sourceCount } from '../export/exportSources.ts';
import { previewExport } from '../export/preview.ts';
import { streamed } from './streamed.ts';
import { hostOf } from './studioHost.ts';
import type { EngineContext, StudioHost } from './studioHost.ts';

const os = implement(exportsContract).$context<EngineContext>();

/** Augmented sets. */
export const exportsRouter = os.router({
  make: os.make.handler(({ input, signal }) => streamed((watch) => exportPictures(input, watch), signal)),
  atHand: os.atHand.handler(({ input }) => atHand(input)),
  addOriginal: os.addOriginal.handler(({ input }) => addOriginalRecipe(input)),
  preview: os.preview.handler(({ input }) => previewExport(input)),
  start: os.start.handler(({ context, input }) => ({ job: startExport(hostOf(context), input) })),
});

function startExport(host: StudioHost, input: ExportRequest): string {
  const pictures = sourceCount(input) * Math.max(1, input.recipes.length);
  return host.jobs.start({
    kind: 'export',
    title: `Exporting ${pictures.toLocaleString('en')} images`,
    folder: input.out,
    work: async (watch) => {
      const { folder, count } = await exportPictures(input, watch);
      return { kind: 'export', folder, count };
    },
  });
}
