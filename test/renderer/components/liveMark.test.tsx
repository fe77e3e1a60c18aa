import { expect, it } from 'vitest';
import { LiveMark } from '../../../src/renderer/components/LiveMark.tsx';
import { markupOf } from '../markup.tsx';

it('says how long the pictures took, or that newer ones are being drawn', () => {
  expect(markupOf(<LiveMark milliseconds={126.4} isStale={false} />)).toContain('live, 126 ms');
  const awaited = markupOf(<LiveMark milliseconds={126.4} isStale />);
  expect(awaited).toContain('drawing…');
  expect(awaited).not.toContain('126');
});
