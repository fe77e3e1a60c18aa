import { browserHost } from './browserHost.ts';
import { desktopHost } from './desktopHost.ts';
import type { Host } from './hostType.ts';

/** This page's host. */
export const host: Host = window.desktop === undefined ? browserHost : desktopHost(window.desktop);
