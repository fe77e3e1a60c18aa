import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { describe, expect, it, vi } from 'vitest';
import type { TaughtFace } from '../../../../src/contract/gates.ts';
import { Lesson } from '../../../../src/renderer/pages/teach/Lesson.tsx';
import type { LessonProps } from '../../../../src/renderer/pages/teach/Lesson.tsx';
import { SeparationPanel } from '../../../../src/renderer/pages/teach/SeparationPanel.tsx';
import type { SeparationPanelProps } from '../../../../src/renderer/pages/teach/SeparationPanel.tsx';
import { buttonsOf, markupOf, wordsOf } from '../../markup.tsx';

const params: Record<string, string> = {};
vi.mock('../../../../src/renderer/address/address.ts', () => ({
  goTo: vi.fn(),
  setParams: vi.fn(),
  useAddress: () => ({ page: 'teach', params }),
}));
vi.mock('../../../../src/renderer/api/api.ts', () => ({
  api: {},
  queries: {},
  useLatest: () => ({ data: undefined, error: null, isPlaceholderData: false }),
}));
vi.mock('../../../../src/renderer/host/host.ts', () => ({ host: { chooseFolder: null } }));

const seeds = [1, 2, 3].map((seed) => ({
  key: `seed-${seed}`,
  face: { kind: 'seed' as const, seed },
  latents: [seed],
}));
const taught = (seed: number, isPart: boolean): TaughtFace => ({
  face: { kind: 'seed', seed },
  latents: [seed],
  strokes: [{ isPart, width: 3, points: [[5, 5]] }],
});
const lesson = (change: Partial<LessonProps> = {}) => (
  <QueryClientProvider client={new QueryClient()}>
    <Lesson
      modelRef={{ run: 'faces', step: 10 }}
      commandRef={{ run: 'faces' }}
      set={{
        source: 'seeds',
        faces: seeds,
        pictures: { count: 3, width: 64, height: 64, rgb: new Uint8Array(3 * 64 * 64 * 3) },
        why: null,
      }}
      setError={null}
      refusal={null}
      initial={[]}
      {...change}
    />
  </QueryClientProvider>
);
const separation = (change: Partial<SeparationPanelProps> & { onPart?: number; onRest?: number }) => {
  const { onPart = 0.9, onRest = 0.1, ...rest } = change;
  const value = { faces: 3, onPart, onRest };
  return wordsOf(
    <SeparationPanel
      part="hair"
      answer={{ value, isStale: false, error: null }}
      strokes={7}
      faces={3}
      {...rest}
    />,
  );
};
const disabled = (node: ReturnType<typeof lesson>): string[] =>
  buttonsOf(node)
    .filter((button) => button.isDisabled)
    .map(({ name }) => name);

describe('Teach a part', () => {
  it('begins with hair, and with nothing to undo, to clear or to use', () => {
    const words = wordsOf(lesson());
    expect(words).toContain('A few strokes on a few faces show the program what hair is.');
    expect(words).toContain('Not hair');
    expect(words).toContain('Faces taught 0 of about 8');
    expect(disabled(lesson())).toEqual(['Use this gate', 'Undo', 'Redo', 'Clear this face']);
  });

  it('says why there are seeds alone', () => {
    const refused = lesson({ refusal: 'A DCGAN has no encoder: seeds only.' });
    expect(wordsOf(refused)).toContain('what hair is. A DCGAN has no encoder: seeds only.');
    expect(wordsOf(refused)).not.toContain('Photos');
    expect(wordsOf(lesson())).toContain('Photos Seeds');
    const lost = { source: 'seeds' as const, faces: seeds, why: 'The folder /faces is gone.' };
    const set = { ...lost, pictures: { count: 3, width: 64, height: 64, rgb: new Uint8Array(36864) } };
    expect(wordsOf(lesson({ set }))).toContain('The folder /faces is gone.');
  });

  it('goes on with the strokes that were saved: part and rest are told by more than colour', () => {
    const markup = markupOf(lesson({ initial: [taught(2, true), taught(3, false)] }));
    expect(markup).toContain('aria-label="Seed 2, 1 stroke"');
    expect(markup.match(/data-stroke="\w+"/g)).toEqual(['data-stroke="part"']);
    expect([...markup.matchAll(/role="option" aria-label="([^"]*)"/g)].map(([, name]) => name)).toEqual([
      ...['Seed 1', 'Seed 2, taught', 'Seed 3, taught'],
    ]);
    params['face'] = 'seed-3';
    expect(markupOf(lesson({ initial: [taught(3, false)] }))).toContain('data-stroke="rest"');
    delete params['face'];
  });

  it('names the brushes after the part', () => {
    params['part'] = ' Left  ear ';
    expect(wordsOf(lesson())).toContain('Left ear 1');
    expect(wordsOf(lesson())).toContain('Labels are about hair only.');
    delete params['part'];
  });
});

describe('how well it separates', () => {
  it('needs two faces, and says how many are missing', () => {
    expect(separation({ faces: 0 })).toContain(
      'Needs two faces: the gate is tried on a face that did not teach it. 2 faces to go.',
    );
    expect(separation({ faces: 1 })).toContain('1 face to go.');
  });

  it('is good from three on, and amber below, with the figures', () => {
    expect(separation({ onRest: 0.3 })).toContain(
      '3.0 good On a face left out the gate is 90 % open under strokes on the hair and 30 % under the others. What no stroke touched is not measured: look at all faces.',
    );
    expect(separation({ onRest: 0.31 })).toContain('2.9 leaks');
    expect(separation({ onRest: 0.31 })).toContain('it also paints the rest. Stroke one more face');
  });

  it('says so where there is no stroke of both kinds', () => {
    const value = { faces: 3, onPart: null, onRest: null };
    expect(separation({ answer: { value, isStale: false, error: null } })).toContain(
      'Needs a stroke on the hair and one beside it',
    );
  });
});
