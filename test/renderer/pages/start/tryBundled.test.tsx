import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { describe, expect, it, vi } from 'vitest';
import { TryBundled } from '../../../../src/renderer/pages/start/TryBundled.tsx';
import { ShellContext } from '../../../../src/renderer/shell/shellContext.ts';
import { buttonsOf, wordsOf } from '../../markup.tsx';
import { runSummary } from '../../studioFacts.ts';

vi.mock('../../../../src/renderer/address/address.ts', () => ({ goTo: vi.fn(), useAddress: vi.fn() }));
const faces = { count: 8, width: 64, height: 64, rgb: new Uint8Array(8 * 64 * 64 * 3) };
const known = vi.hoisted((): { faces: unknown; gate: unknown; asked: unknown[] } => ({
  ...{ faces: null, gate: null, asked: [] },
}));
vi.mock('../../../../src/renderer/api/api.ts', () => ({
  api: {},
  useLatest: (key: readonly unknown[] | null) => {
    if (key !== null) known.asked.push(key);
    return { data: key === null ? undefined : known.faces, error: null };
  },
}));
vi.mock('../../../../src/renderer/api/hairGate.ts', () => ({ useKnownHairGate: () => known.gate }));
vi.mock('../../../../src/renderer/api/runs.ts', () => ({
  useFollowedRun: () => ({ value: { samples: [500, 3500] } }),
}));

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

  it('shows its faces, and the same seeds with their hair recoloured behind its gate', () => {
    Object.assign(known, { faces, gate: { name: 'hair' }, asked: [] });
    const words = wordsOf(box(true));
    expect(words).toContain('As decoded Hair recoloured');
    expect(known.asked).toContainEqual([
      'start recoloured',
      expect.objectContaining({
        ...{ step: 3500, source: { kind: 'seeds', seeds: Array.from({ length: 12 }, (_, at) => at + 1) } },
        recipe: expect.objectContaining({
          steps: [expect.objectContaining({ kind: 'fluoHair', gate: { name: 'hair' } })],
        }) as unknown,
      }),
    ]);
  });

  it('shows its faces alone where no gate is at hand', () => {
    Object.assign(known, { faces, gate: null });
    const words = wordsOf(box(true));
    expect(words).toContain('As decoded');
    expect(words).not.toContain('recoloured');
  });

  it('is only looked at where the pages for more are not there', () => {
    expect(names(box(true, []))).toEqual(['Look at it']);
    expect(names(box(true, ['channels']))).toEqual(['See its channels', 'Look at it']);
  });

  it('is said to be missing, and where it should be, with the way to a model of one’s own', () => {
    const words = wordsOf(box(false));
    expect(words).toContain('is not at /studio/resources/model , so the first model');
    expect(words).toMatch(/^What you can do here 1 Get images/);
    expect(names(box(false))).toEqual(['Check again']);
  });
});
