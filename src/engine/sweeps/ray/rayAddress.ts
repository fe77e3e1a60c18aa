import { StudioError } from '../../../contract/errors.ts';

const example = 'Give it as --address http://head:8265.';

/**
 * The address of a head's Jobs API, such as http://head:8265. What stands after the host, as behind a proxy, is kept.
 * @throws StudioError `wrong-usage`, with a sentence that repeats no password
 */
export function rayAddress(text: string): URL {
  if (/^ray:/i.test(text)) {
    throw new StudioError(
      'wrong-usage',
      `${text} is the address of Ray's client. Jobs are handed in at the dashboard's, mostly port 8265. ${example}`,
    );
  }
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol) || url.host === '') {
    throw new StudioError(
      'wrong-usage',
      `${text.includes('@') ? 'The address given' : text} is not the address of a Ray head. ${example}`,
    );
  }
  if (url.username !== '' || url.password !== '') {
    throw new StudioError(
      'wrong-usage',
      `The address of the Ray head has a name or password in it. Leave it out; the token is read from RAY_AUTH_TOKEN. ${example}`,
    );
  }
  url.search = url.hash = '';
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return url;
}

/** As people write it: without the last slash. */
export function addressWords(address: URL): string {
  return address.href.replace(/\/$/, '');
}
