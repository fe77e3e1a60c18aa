import { expect, it } from 'vitest';
import { moduleTitle } from '../../../src/renderer/components/moduleNames.ts';

const module = { letter: 'B', name: 'hair', given: null, isHair: true };

it('calls one module Hair, and the others by their letters, whatever masks call them', () => {
  expect(moduleTitle(module)).toBe('Hair');
  expect(moduleTitle({ ...module, letter: 'D', isHair: false })).toBe('Hair D');
  expect(moduleTitle({ ...module, letter: 'C', name: 'face', isHair: false })).toBe('Face C');
  expect(moduleTitle({ ...module, letter: 'A', name: null, isHair: false })).toBe('Module A');
  expect(moduleTitle({ ...module, name: null })).toBe('Hair');
});

it('calls a module as a person named it, the hair too', () => {
  expect(moduleTitle({ ...module, given: 'fringe' })).toBe('fringe');
});
