import type { Notice } from '../../contract/desktop.ts';
import type { NoticeSetting, NoticeState } from './hostType.ts';

export interface BrowserNotices {
  notify: (notice: Notice) => void;
  setting: NoticeSetting;
  onClick: (listener: (address: string) => void) => void;
}

const key = 'extrapolation-notices';

/** The browser's own notices: shown after a person turned them on here and the browser was allowed to, and never asked for before. */
export function browserNotices(): BrowserNotices {
  let clicked: (address: string) => void = () => undefined;
  const state = (): NoticeState => {
    if (!('Notification' in window)) return 'unavailable';
    if (Notification.permission === 'denied') return 'refused';
    return localStorage.getItem(key) === 'on' && Notification.permission === 'granted' ? 'on' : 'off';
  };
  const turnOn = async (): Promise<NoticeState> => {
    if (!('Notification' in window)) return 'unavailable';
    await Notification.requestPermission();
    localStorage.setItem(key, 'on');
    return state();
  };
  const turnOff = (): NoticeState => {
    localStorage.removeItem(key);
    return state();
  };
  const notify = ({ title, body, address }: Notice): void => {
    if (state() !== 'on' || document.hasFocus()) return;
    // Two tabs tell the same: one of them is enough.
    const shown = new Notification(title, { body, tag: `${title} ${address}` });
    shown.addEventListener('click', () => {
      window.focus();
      clicked(address);
      shown.close();
    });
  };
  return {
    notify,
    setting: { state, turnOn, turnOff },
    onClick: (listener) => {
      clicked = listener;
    },
  };
}
