import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { desktopHost, openDesktop } from './hosts/desktop.ts';
import type { DesktopStage } from './hosts/desktop.ts';
import { expectRecipe, makeFaces } from './hosts/prepare.ts';
import { makePlace, show } from './hosts/stage.ts';
import { teller } from './hosts/teller.ts';

/** A recipe that fits every model: the picture itself is stretched. */
function writeRecipe(folder: string, name: string): string {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}.recipe.json`);
  const steps = [{ kind: 'stretch', level: 'image', axis: 'horizontal', factor: 1.3 }];
  writeFileSync(file, JSON.stringify({ version: 1, name, steps }));
  return file;
}

/** What only a window has. The engine runs as usual; native parts are looked at in Electron's main process. */
describe('the desktop', () => {
  const tell = teller(desktopHost);
  let stage: DesktopStage;

  const window = 'const [window] = load("electron").BrowserWindow.getAllWindows();';
  const untilHash = async (part: string): Promise<void> => {
    await expect.poll(() => stage.page.evaluate(() => location.hash), { timeout: 30_000 }).toContain(part);
  };

  const untilRecipe = (name: string): Promise<void> => expectRecipe(stage.page, name);

  beforeAll(async () => {
    if (desktopHost.missing !== undefined) return;
    const place = makePlace();
    // Not a folder that the page may use: opening the file by name allows this one file.
    stage = await openDesktop(place, [writeRecipe(join(place.root, 'downloads'), 'Wider')]);
    stage.page.setDefaultTimeout(60_000);
  });

  afterAll(async () => {
    if (desktopHost.missing === undefined) await stage.close();
  });

  tell('opens the recipe that it was started with', async () => {
    await untilHash('#/intervene');
    await untilRecipe('Wider');
    expect(stage.complaints()).toEqual([]);
  });

  tell('a second start ends at once, and hands its recipe to the first', async () => {
    await show(stage.page, '#/train');
    await stage.startAgain(writeRecipe(join(stage.place.root, 'downloads'), 'Wider still'));
    await untilHash('#/intervene');
    await untilRecipe('Wider still');
    expect(await stage.ask('String(load("electron").BrowserWindow.getAllWindows().length)')).toBe('1');
  });

  tell('gives the page a sandbox, and nothing of the machine but the bridge', async () => {
    const preferences = JSON.parse(
      await stage.ask(`${window} JSON.stringify(window.webContents.getLastWebPreferences())`),
    ) as Record<string, unknown>;
    expect(preferences).toMatchObject({
      ...{ sandbox: true, contextIsolation: true, webSecurity: true },
      ...{ nodeIntegration: false, webviewTag: false, allowRunningInsecureContent: false },
    });
    const reach = await stage.page.evaluate(async () => {
      const names = ['require', 'process', 'module', 'Buffer', 'ipcRenderer', '__dirname'];
      const states = await Promise.all(
        (['geolocation', 'notifications', 'camera', 'microphone'] as const).map(async (name) => {
          const { state } = await navigator.permissions.query({ name: name });
          return `${name} ${state}`;
        }),
      );
      const desktop: unknown = Reflect.get(globalThis, 'desktop');
      return {
        ofNode: names.filter((name) => name in globalThis),
        bridge: typeof desktop === 'object' && desktop !== null ? Object.keys(desktop).sort() : [],
        states,
      };
    });
    expect(reach).toEqual({
      ofNode: [],
      bridge: [
        ...['chooseFolder', 'droppedFolder', 'notify', 'onGo', 'onMenu'],
        ...['platform', 'revealFolder', 'setTraining'],
      ],
      states: ['geolocation denied', 'notifications denied', 'camera denied', 'microphone denied'],
    });
  });

  tell('goes nowhere else, opens no second window, and runs no text as program', async () => {
    const before = await stage.page.evaluate(() => location.href);
    const tried = await stage.page.evaluate(() => {
      const opened = globalThis.open('http://127.0.0.1:9/') !== null;
      location.href = 'http://127.0.0.1:9/';
      const script = document.createElement('script');
      script.textContent = 'globalThis.wasRun = true;';
      document.body.append(script);
      script.remove();
      return { opened, wasRun: 'wasRun' in globalThis };
    });
    expect(tried).toEqual({ opened: false, wasRun: false });
    await show(stage.page, '#/train');
    expect(new URL(await stage.page.evaluate(() => location.href)).origin).toBe(new URL(before).origin);
    expect(await stage.ask('String(load("electron").BrowserWindow.getAllWindows().length)')).toBe('1');
    // The browser says in the console that it refused the script.
    expect(stage.complaints().filter((line) => !/Content Security Policy|ERR_ABORTED/.test(line))).toEqual(
      [],
    );
  });

  tell('goes from page to page by its menu, which shows the keys of the page', async () => {
    const choose = (menu: string, item: string): Promise<string> =>
      stage.ask(
        `load('electron').Menu.getApplicationMenu().items.find(({ label }) => label === '${menu}')
          .submenu.items.find(({ label }) => label === '${item}').click(); 'chosen'`,
      );
    await choose('Go', 'Train');
    await untilHash('#/train');
    await choose('Help', 'Keys');
    await stage.page.getByRole('dialog', { name: 'Keys on Train' }).waitFor();
    await stage.page.keyboard.press('Escape');
  });

  tell('tells who works elsewhere that long work has ended, and leads there by a click', async () => {
    const { place, page } = stage;
    const faces = await makeFaces(place, 24);
    const file = join(place.root, 'notice.json');
    // A system's own notice cannot be read or clicked by a program: it is caught where it is listened to.
    const elsewhere = (isFocused: boolean): Promise<string> =>
      stage.ask(
        `${window} window.isFocused = () => ${isFocused};
        const { Notification } = load('electron');
        Notification.isSupported = () => true;
        Notification.prototype.on = function (event, listener) {
          globalThis.notice = this;
          const words = { title: this.title, body: this.body };
          load('fs').writeFileSync(${JSON.stringify(file)}, JSON.stringify(words));
          return load('events').prototype.on.call(this, event, listener);
        };
        'done'`,
      );
    await elsewhere(true);
    await show(page, `#/data?data=${encodeURIComponent(faces)}`);
    await page.getByText('Ready: all 24 images can be read').waitFor();
    expect(existsSync(file), 'who looks at the page is told by the page').toBe(false);
    await elsewhere(false);
    await page.getByRole('button', { name: 'Check again' }).click();
    await expect.poll(() => existsSync(file), { timeout: 60_000 }).toBe(true);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
      title: `Checking ${faces}: done`,
      body: '24 of 24 images can be read.',
    });
    await show(page, '#/theory');
    await stage.ask(`globalThis.notice.emit('click'); 'done'`);
    await untilHash('#/data?data=');
  });

  tell('opens where it was closed', async () => {
    const bounds = { x: 60, y: 40, width: 1111, height: 777 };
    await stage.ask(`${window} window.setBounds(${JSON.stringify(bounds)}); 'done'`);
    expect(await stage.leave('Keep training')).toBeNull();
    stage = await openDesktop(stage.place);
    const answer = await stage.ask(`${window} JSON.stringify(window.getNormalBounds())`);
    expect(JSON.parse(answer)).toEqual(bounds);
  });
});
