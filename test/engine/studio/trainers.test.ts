import { expect, it } from 'vitest';
import { resumeCommand } from '../../../src/commandLine/runs.ts';
import { goOnWords } from '../../../src/engine/studio/trainers.ts';

it('a run goes on by the command that a person would type, with what is asked anew', () => {
  expect(goOnWords('/runs/one', {})).toEqual(['train', '--resume', '/runs/one']);
  expect(goOnWords('/runs/one', { onDivergence: 'lower' })).toEqual([
    ...['train', '--resume', '/runs/one', '--on-divergence', 'lower'],
  ]);
});

it('its options are those of the command', () => {
  const known = resumeCommand.options.map(({ name }) => name);
  expect(known).toEqual(expect.arrayContaining(['resume', 'extend', 'onDivergence']));
});
