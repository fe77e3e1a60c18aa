import { afterEach, beforeEach, expect, it, vi } from 'vitest';

/** As much of a browser as the address needs: entries of a history, and who listens to them. */
class Browser {
  entries: string[];
  at = 0;
  #onHash: () => void = () => undefined;

  constructor(hash: string) {
    this.entries = [hash];
    vi.stubGlobal('location', {
      get hash(): string {
        return browser.entries[browser.at] ?? '';
      },
    });
    vi.stubGlobal('window', {
      addEventListener: (_type: string, listener: () => void) => {
        this.#onHash = listener;
      },
    });
    vi.stubGlobal('sessionStorage', { getItem: () => null, setItem: () => undefined });
    vi.stubGlobal('history', {
      replaceState: (_state: unknown, _title: string, hash: string) => {
        this.entries[this.at] = hash;
      },
      pushState: (_state: unknown, _title: string, hash: string) => {
        this.entries = [...this.entries.slice(0, this.at + 1), hash];
        this.at += 1;
      },
    });
  }

  back(): void {
    this.at -= 1;
    this.#onHash();
  }
}

let browser: Browser;
beforeEach(() => {
  vi.resetModules();
  browser = new Browser('#/explore?run=vae');
});
afterEach(() => {
  vi.unstubAllGlobals();
});

it('goes back to the seeds before, within the page, past whatever was dragged meanwhile', async () => {
  const { paramsNow, setParams, stepTo } = await import('../../../src/renderer/address/address.ts');
  stepTo({ seed: 37 });
  setParams({ moved: '3:1.5' });
  setParams({ moved: '3:2' });
  stepTo({ seed: 73, moved: undefined });
  expect(browser.entries).toEqual([
    '#/explore?run=vae',
    '#/explore?run=vae&seed=37&moved=3%3A2',
    '#/explore?run=vae&seed=73',
  ]);
  browser.back();
  expect(paramsNow()).toEqual({ run: 'vae', seed: '37', moved: '3:2' });
  browser.back();
  expect(paramsNow()).toEqual({ run: 'vae' });
});

it('makes no step where nothing changes', async () => {
  const { stepTo } = await import('../../../src/renderer/address/address.ts');
  stepTo({ seed: 37 });
  stepTo({ seed: 37 });
  expect(browser.entries).toHaveLength(2);
});
