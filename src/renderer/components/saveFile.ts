/** Hands a file to the person: the browser's downloads, in the window the system's dialog. */
export function saveFile(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  download(name, address);
  // The download has begun by then; the bytes are let go of.
  setTimeout(() => {
    URL.revokeObjectURL(address);
  }, 60_000);
}

/** The same of what is sent from an address. */
export function download(name: string, address: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
}
