/**
 * What to say where npm has written lines of its own before a result for a program: what it runs, on the same output. Only its own
 * option keeps it from that; undefined where nothing is amiss.
 */
export function npmLinesBefore(
  json: boolean,
  environment: NodeJS.ProcessEnv = process.env,
): string | undefined {
  const isLoud =
    environment['npm_lifecycle_event'] === 'start' && environment['npm_config_loglevel'] !== 'silent';
  return json && isLoud
    ? 'npm wrote two lines of its own before this JSON: "npm start --silent -- …" leaves them out.'
    : undefined;
}
