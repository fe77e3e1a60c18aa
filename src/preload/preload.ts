import { contextBridge } from 'electron';

/** What the page may know of the desktop: that it is one, and which. */
contextBridge.exposeInMainWorld('desktop', { platform: process.platform });
