import { ORPCError } from '@orpc/server';
import { expect, it, vi } from 'vitest';
import { asAnswer } from '../../../src/engine/api/socket.ts';

it('tells a page of a fault of the program in words, and keeps the whole for the log', () => {
  const log = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const fault = new Error('Tensor is disposed.');
  expect(asAnswer(fault)).toMatchObject({
    message: 'This is a fault in the program. What to report: Tensor is disposed.',
  });
  expect(log).toHaveBeenCalledWith(`${fault.stack}\n`);
  log.mockRestore();
});

it('leaves answers of the contract as they are', () => {
  const answer = new ORPCError('STUDIO', { message: 'There is no run “x”.' });
  expect(asAnswer(answer)).toBe(answer);
});

it('says what the system refuses as what it is, and not as a fault of the program', () => {
  const error = Object.assign(new Error("EEXIST: file already exists, mkdir '/data/faces'"), {
    ...{ code: 'EEXIST', errno: -17, syscall: 'mkdir', path: '/data/faces' },
  });
  expect(asAnswer(error)).toMatchObject({
    message: '/data/faces cannot be used: there is a file of that name. Choose another place.',
    data: { code: 'wrong-usage' },
  });
});
