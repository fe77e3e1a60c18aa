import { app, session } from 'electron';

/** The page needs no camera, no place, nothing of the kind; copying a command is all. */
const allowed: readonly string[] = ['clipboard-sanitized-write'];

export function denyPermissions(): void {
  session.defaultSession.setPermissionRequestHandler((_contents, permission, decide) => {
    decide(allowed.includes(permission));
  });
  session.defaultSession.setPermissionCheckHandler((_contents, permission) => allowed.includes(permission));
}

/** The window shows the engine's page and nothing else: no other page, no second window, no embedded one. */
export function denyNavigation(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-navigate', (event) => {
      event.preventDefault();
    });
    contents.on('will-attach-webview', (event) => {
      event.preventDefault();
    });
  });
}
