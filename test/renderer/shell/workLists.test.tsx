import type { JSX } from 'react';
import { expect, it, vi } from 'vitest';
import { endedWork, liveWork } from '../../../src/renderer/shell/liveWork.ts';
import type { AllWork } from '../../../src/renderer/shell/liveWork.ts';
import { WorkLists } from '../../../src/renderer/shell/WorkLists.tsx';
import { buttonsOf, wordsOf } from '../markup.tsx';
import { job, runSummary } from '../studioFacts.ts';

vi.mock('../../../src/renderer/address/address.ts', () => ({ goTo: vi.fn() }));
vi.mock('../../../src/renderer/api/api.ts', () => ({ api: {}, queries: {} }));

const search = {
  ...{ name: 'search', title: 'Finding the modules of vae', address: '#/intervene', startedAt: 2e12 },
  ...{ progress: { phase: 'influence', done: 1, total: 4 }, etaSeconds: 90, error: null },
};

function lists(all: Partial<AllWork>): JSX.Element {
  const whole = { jobs: [], runs: [], experiments: [], pages: [], ...all };
  return <WorkLists live={liveWork(whole, new Map())} ended={endedWork(whole)} />;
}

it('shows what a page works on like a job: how far it is, the time left, the way to it and Cancel', () => {
  expect(wordsOf(lists({ pages: [search] }))).toBe(
    'Finding the modules of vae 25 %, 1 min 30 s left Watch Cancel',
  );
});

it('shows a training with the time left', () => {
  const run = runSummary('vae', 'training', { step: 25, etaSeconds: 30 });
  expect(wordsOf(lists({ runs: [run] }))).toContain('vae 25 of 100, 30 s left');
});

it('has failures in a list of their own below what runs, each with its reason and all dismissed at once', () => {
  const failed = job({
    id: '1',
    title: 'Exporting',
    state: 'failed',
    error: { code: 'busy', message: 'In use.' },
  });
  const both = lists({ jobs: [failed, job()], pages: [{ ...search, error: 'The run is gone.' }] });
  expect(wordsOf(both)).toBe(
    'Making 600 faces 150 of 600 Cancel Failed or cancelled Dismiss all ' +
      'Finding the modules of vae The run is gone. Show Dismiss Exporting In use. Dismiss',
  );
  expect(buttonsOf(both).map(({ name }) => name)).toContain('Dismiss Exporting');
  expect(wordsOf(lists({ jobs: [failed] }))).not.toContain('Dismiss all');
});

it('says that nothing is running', () => {
  expect(wordsOf(lists({}))).toBe('Nothing running. Long work appears here.');
});
