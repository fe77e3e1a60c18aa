import { implement } from '@orpc/server';
import { StudioError } from '../../contract/errors.ts';
import { exportLiveContract } from '../../contract/exportLive.ts';
import { exportPictures } from '../export/exportPictures.ts';
import type { ExportInput } from '../export/exportPictures.ts';
import { sourceCount } from '../export/exportSources.ts';
import type { EngineContext, StudioHost } from './studioHost.ts';
import { addOriginalRecipe, atHand } from '../export/atHand.ts';
import { previewExport } from '../export/preview.ts';

const os = implement(exportLiveContract).$context<EngineContext>();

export const exportLiveRouter = os.router({
  atHand: os.atHand.handler(({ input }) => atHand(input)),
  addOriginal: os.addOriginal.handler(({ input }) => addOriginalRecipe(input)),
  preview: os.preview.handler(({ input }) => previewExport(input)),
  start: os.start.handler(({ context, input: { recipe, ...input } }) => {
    if (context.studio === undefined) {
      throw new StudioError(
        'unavailable',
        'Jobs are there while the Studio is served. Use exports.make instead.',
      );
    }
    return { job: startExport(context.studio, { ...input, recipes: recipe }) };
  }),
});

function startExport(host: StudioHost, input: ExportInput): string {
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
