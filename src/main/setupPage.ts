import { bytes } from '../contract/figures.ts';
import type { SetupAnswer } from './setupAnswer.ts';

/** The title by which the page tells that its button was pressed. */
export const titleOnceAsked = 'Fetching TensorFlow';

export type SetupState = { kind: 'asked'; sentence: string | undefined } | { kind: 'fetching' };

/** The address of the page that asks whether TensorFlow may be fetched, and shows how far it is. */
export function setupPage(facts: SetupAnswer, state: SetupState): string {
  const body = state.kind === 'asked' ? asking(facts, state.sentence) : fetching(facts);
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Extrapolation Studio</title><style>${style}</style><main><h1>One download first</h1>${body}</main></html>`;
  return `data:text/html;charset=utf-8,${encodeURIComponent(html)}`;
}

function asking(facts: SetupAnswer, sentence: string | undefined): string {
  const trouble = sentence === undefined ? '' : `<p role="alert" class="trouble">${escape(sentence)}</p>`;
  if (facts.download === undefined)
    return trouble || `<p role="alert" class="trouble">There is no TensorFlow for this kind of machine.</p>`;
  const place = facts.cache === undefined ? 'your cache folder' : `<code>${escape(facts.cache)}</code>`;
  return `${trouble}<p>The Studio trains and computes with TensorFlow ${escape(facts.version ?? '')}${facts.variant === 'gpu' ? ', for the NVIDIA GPU of this machine' : ''}. pip downloads it from Python’s package index, as pip is configured here; its checksum is verified.</p>
<dl><dt>Download</dt><dd>${bytes(facts.download)}</dd><dt>Disk space</dt><dd>${bytes(facts.disk ?? 0)}, once, in ${place}</dd></dl>
<p>Nothing else goes over the network: pictures, models and runs stay on this machine.</p>
<p class="acts"><button autofocus onclick="document.title='${titleOnceAsked}'">${sentence === undefined ? 'Fetch TensorFlow' : 'Try again'}</button><span>Close the window to leave it for later.</span></p>`;
}

function fetching(facts: SetupAnswer): string {
  return `<p>TensorFlow ${escape(facts.version ?? '')} is being fetched. Finished parts are kept: if you close the window, the next start continues from there.</p><progress id="bar" max="1"></progress><p id="said" role="status">…</p>`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

const style =
  'body{font:15px/22px system-ui,sans-serif;margin:0;color-scheme:light dark;background:Canvas;color:CanvasText}' +
  'main{max-width:600px;margin:40px auto;padding:0 32px}h1{font-size:20px;line-height:28px;margin:0 0 16px}' +
  'dl{display:grid;grid-template-columns:max-content 1fr;gap:4px 24px;margin:16px 0}dt{opacity:.7}dd{margin:0}' +
  'code{font-size:13px}progress{width:100%;height:12px;accent-color:#0B6670}.acts{display:flex;gap:16px;align-items:center;margin-top:24px}' +
  'button{font:inherit;background:#0B6670;color:#fff;border:0;padding:8px 20px;border-radius:6px;font-weight:600;cursor:pointer}' +
  'button:focus-visible{outline:2px solid #0B6670;outline-offset:2px}.acts span{opacity:.7;font-size:13px}' +
  '.trouble{border-left:3px solid #B3261E;padding-left:12px}';
