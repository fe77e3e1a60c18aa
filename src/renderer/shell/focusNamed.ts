const patience = { milliseconds: 5000, every: 60 };

/**
 * Gives the focus to the control of the page that has this name, as soon as the page shows it: what is going to be shown may
 * have to be loaded first. Nothing happens where it does not come, or where the person goes elsewhere meanwhile.
 */
export function focusNamed(name: string): void {
  const end = performance.now() + patience.milliseconds;
  const hash = location.hash;
  const look = (): void => {
    const control = controlNamed(name);
    if (control !== null) {
      control.scrollIntoView({ block: 'center' });
      control.focus();
      return;
    }
    const [page] = location.hash.split('?');
    if (performance.now() < end && hash.split('?')[0] === page) setTimeout(look, patience.every);
  };
  setTimeout(look, patience.every);
}

function controlNamed(name: string): HTMLElement | null {
  const page = document.getElementById('page');
  if (page === null) return null;
  const label = Array.from(page.querySelectorAll('label')).find((one) => wordsOf(one) === name);
  const labelled = label?.control ?? page.querySelector(`[aria-label="${CSS.escape(name)}"]`);
  const button = Array.from(page.querySelectorAll('button')).find((one) => wordsOf(one).startsWith(name));
  const found = labelled ?? button ?? null;
  if (!(found instanceof HTMLElement) || found.closest('[inert]') !== null) return null;
  // A group of choices is entered at the one that is chosen.
  return found.matches('input, button, select, textarea, [tabindex]')
    ? found
    : (found.querySelector<HTMLElement>('input:checked, button, input') ?? null);
}

function wordsOf(element: Element): string {
  return element.textContent.replaceAll(/\s+/g, ' ').trim();
}
