import { describe, expect, it } from 'vitest';
import { addressWords, rayAddress } from '../../../../src/engine/sweeps/ray/rayAddress.ts';

describe('the address of a Ray head', () => {
  it.each([
    ['http://head:8265', 'http://head:8265'],
    ['http://head:8265/', 'http://head:8265'],
    ['https://proxy/ray/', 'https://proxy/ray'],
    ['https://proxy/ray?a=1#b', 'https://proxy/ray'],
    ['http://[::1]:8265', 'http://[::1]:8265'],
  ])('%s', (text, words) => {
    expect(addressWords(rayAddress(text))).toBe(words);
    expect(new URL('api/jobs/', rayAddress(text)).href).toBe(`${words}/api/jobs/`);
  });

  it.each([
    ['ray://head:10001', /is the address of Ray's client\..*port 8265/],
    ['head:8265', /^head:8265 is not the address of a Ray head\. Give it as --address http:\/\/head:8265\.$/],
    ['', /is not the address of a Ray head/],
    ['file:///etc/passwd', /is not the address of a Ray head/],
    ['http://', /is not the address of a Ray head/],
  ])('refuses "%s"', (text, words) => {
    expect(() => rayAddress(text)).toThrow(words);
  });

  it.each(['http://me:s3cret@head:8265', 's3cret@head'])('repeats no password: %s', (text) => {
    expect(() => rayAddress(text)).toThrow(/^(?!.*s3cret).*address/);
  });
});
