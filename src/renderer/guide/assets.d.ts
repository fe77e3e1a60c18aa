/** The text of a document, put into the page when it is built. */
declare module '*.md?raw' {
  const text: string;
  export default text;
}

interface ImportMeta {
  /** Addresses of files that are built into the page, by their paths. */
  glob<T>(pattern: string, options: { query: '?url'; import: 'default'; eager: true }): Record<string, T>;
}
