/** How every list and panel opens from its button: at once, with the focus in it, which goes back when it closes. */
export const popover = {
  offset: 4,
  transitionProps: { duration: 0 },
  trapFocus: true,
  returnFocus: true,
} as const;

/**
 * How every menu opens: at once, with the focus on its first line. The library would put it on an empty stop before that, which is
 * nothing that a menu may hold for a screen reader.
 */
export const menu = { transitionProps: { duration: 0 }, withInitialFocusPlaceholder: false } as const;
