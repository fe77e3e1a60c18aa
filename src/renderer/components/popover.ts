/** How every list and panel opens from its button: at once, with the focus in it, which goes back when it closes. */
export const popover = {
  offset: 4,
  transitionProps: { duration: 0 },
  trapFocus: true,
  returnFocus: true,
} as const;
