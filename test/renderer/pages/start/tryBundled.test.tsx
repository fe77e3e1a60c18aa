import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { describe, expect, it, vi } from 'vitest';
import { TryBundled } from '../../../../src/renderer/pages/start/TryBundled.tsx';
import { ShellContext } from '../../../../src/renderer/shell/shellContext.ts';
import { buttonsOf, wordsOf } from '../../markup.tsx';
import { runSummary } from '../../studioFacts.ts';

vi.mock('../../../../src/renderer/address/address.ts', () => ({ goTo: vi.fn(), useAddress: vi.fn() }));
vi.mock('../../../../src/renderer/api/api.ts', () => ({ api: {}, useLatest: () => ({ data: undefined }) }));
vi.mock('../../../../src/renderer/api/runs.ts', () => ({ useFollowedRun: () => ({ value: undefined }) }));

const about = { bundledModel: { isThere: true, folder: '/studio/resources/model' } };
const bundled = runSummary('bundled', 'finished', { bundled: true, safeStep: 3500 });
const box = (isThere: boolean, pageIds: readonly string[] = ['channels', 'intervene']) => (
  <QueryClientProvider client={new QueryClient()}>
    <ShellContext value={{ setCommand: () => undefined, pageIds }}>
      <TryBundled about={about} bundled={isThere ? bundled : undefined} />
    </ShellContext>
  </QueryClientProvider>
);
const names = (node: ReturnType<typeof box>): string[] => buttonsOf(node).map(({ name }) => name);

describe('the bundled model on the Start page', () => {
  it('is offered with what it was trained on, and with what can be done', () => {
    expect(wordsOf(box(true))).toContain('Trained for 3,500 steps on 100 drawn faces');
    expect(names(box(true))).toEqual(['See its channels', 'Recolour hair']);
  });

  it('is only looked at where the pages for more are not there', () => {
    expect(names(box(true, []))).toEqual(['Look at it']);
    expect(names(box(true, ['channels']))).toEqual(['See its channels', 'Look at it']);
  });

  it('is said to be missing, and where it should be, with the way to a model of one’s own', () => {
    const words = wordsOf(box(false));
    expect(words).toContain('is not at /studio/resources/model , so the first model');
    expect(words).toMatch(/^What one does here 1 Get images/);
    expect(names(box(false))).toEqual(['Check again']);
  });
});
