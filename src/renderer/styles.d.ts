/** The classes of a stylesheet that belongs to its component; `test/renderer/stylesheets.test.ts` holds that what is asked for is there. */
declare module '*.module.css' {
  const styles: Readonly<Record<string, string>>;
  export default styles;
}
declare module '*.css';
