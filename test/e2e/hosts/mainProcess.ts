import WebSocket from 'ws';
import { z } from 'zod';
import type { LeavingAnswer } from './stage.ts';

const targetsSchema = z.array(z.object({ webSocketDebuggerUrl: z.string() })).min(1);
const answerSchema = z.object({ result: z.object({ result: z.object({ value: z.string() }) }) });

/** Runs a function's text in Electron's main process, through its inspector. */
async function inMain(inspector: number, text: string): Promise<void> {
  await askMain(inspector, `${text}; 'done'`);
}

/** What a text means in Electron's main process, which has to be a string; `load` gives its modules. */
export async function askMain(inspector: number, text: string): Promise<string> {
  const list: unknown = await (await fetch(`http://127.0.0.1:${inspector}/json/list`)).json();
  const [target] = targetsSchema.parse(list);
  const expression = `{ const load = (name) => process.mainModule.require(name); ${text} }`;
  const socket = new WebSocket(target!.webSocketDebuggerUrl);
  try {
    const answer = await new Promise<unknown>((resolve, reject) => {
      socket.on('error', reject);
      socket.on('message', (data: Buffer) => {
        resolve(JSON.parse(data.toString('utf8')));
      });
      socket.on('open', () => {
        socket.send(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params: { expression } }));
      });
    });
    return answerSchema.parse(answer).result.result.value;
  } finally {
    // A process with an open inspector waits for it at its end.
    socket.terminate();
  }
}

/**
 * From now on Electron's native question boxes are answered by this button, and the question is written to a file. A native box has no
 * page that a test could press on, so its function is replaced; all around it stays as it is.
 */
export function answerBoxes(inspector: number, file: string, answer: LeavingAnswer): Promise<void> {
  return inMain(
    inspector,
    `load('electron').dialog.showMessageBox = async (window, box) => {
      load('fs').writeFileSync(${JSON.stringify(file)}, box.message);
      return { response: box.buttons.indexOf(${JSON.stringify(answer)}), checkboxChecked: false };
    }`,
  );
}

/** What the window's own button does: the window is asked, and may say no. The debugging port's way of closing a page does not ask. */
export function pressClose(inspector: number): Promise<void> {
  return inMain(
    inspector,
    `setTimeout(() => load('electron').BrowserWindow.getAllWindows().forEach((window) => window.close()))`,
  );
}
