import type { Locator, Page } from 'playwright-core';

/** More stops than any page has. */
const mostStops = 250;

/** Reaches what a person would reach with Tab, and nothing else: no pointer, no focus set by a script. */
export class Keyboard {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Tab, until the focus is on it. @throws Error where Tab never comes there, with the stops on the way */
  async reach(target: Locator): Promise<void> {
    await target.waitFor();
    await this.#go(target, 'Tab');
  }

  /** Reaches a button, link or option and presses it. */
  async press(target: Locator, key: 'Enter' | 'Space' = 'Enter'): Promise<void> {
    await this.reach(target);
    await this.#page.keyboard.press(key);
  }

  /** Reaches an item of a menu that has been opened: Tab does not go into menus, arrows do. */
  async choose(item: Locator): Promise<void> {
    await item.waitFor();
    await this.#go(item, 'ArrowDown');
    await this.#page.keyboard.press('Enter');
  }

  /** Reaches a field and types over what is in it. */
  async type(target: Locator, text: string): Promise<void> {
    await this.reach(target);
    await this.#page.keyboard.press('Control+a');
    await this.#page.keyboard.type(text);
  }

  async #go(target: Locator, key: 'Tab' | 'ArrowDown'): Promise<void> {
    const stops: string[] = [];
    for (let count = 0; count < mostStops; count++) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await this.#page.keyboard.press(key);
      stops.push(await this.#stop());
    }
    throw new Error(
      `${key} does not come to ${String(target)}; it stops at ${stops.slice(0, 80).join(' | ')}`,
    );
  }

  #stop(): Promise<string> {
    return this.#page.evaluate(() => {
      const element = document.activeElement;
      if (element === null || element === document.body) return 'the page’s beginning';
      const name = element.getAttribute('aria-label') ?? element.textContent.trim().slice(0, 30);
      return `${element.tagName.toLowerCase()} “${name}”`;
    });
  }
}
