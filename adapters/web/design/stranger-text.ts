/**
 * Text that somebody outside wrote (a caller's name, a form, a page's title) made fit to be shown: characters that show
 * nothing, reorder what stands beside them or break lines become a visible sign, and what is endless is cut.
 */

const sign = '\uFFFD';
// C0 and C1 controls but tab and line feed; soft hyphen; zero-width and bidirectional controls; interlinear marks; tags.
const unseen =
  // eslint-disable-next-line no-control-regex -- control characters are what this looks for
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u00AD\u061C\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]|[\u{E0000}-\u{E007F}]/gu;
// A letter with more marks than any language stacks on one covers the lines above it.
const stacked = /(\p{M}{4})\p{M}+/gu;

export type ShownText = Readonly<{ text: string; cut: number }>;

/** `cut`: how many characters are not shown. */
export const shownText = (given: string, limit: number): ShownText => {
  const kept = given.length > limit ? given.slice(0, limit) : given;
  return {
    text: kept.replace(/\r\n?/g, '\n').replace(unseen, sign).replace(stacked, '$1'),
    cut: given.length - kept.length,
  };
};

/** For one line: titles, names, notices. */
export const oneLine = (given: string, limit = 200): string => {
  const { text, cut } = shownText(given, limit);
  const line = text.replace(/\s+/g, ' ').trim();
  return cut > 0 ? `${line}…` : line;
};

/** The address, if it is one that may be followed: http or https, and nothing hidden before the host. */
export const webAddress = (given: string): URL | undefined => {
  if (!URL.canParse(given)) return undefined;
  const url = new URL(given);
  const web = url.protocol === 'https:' || url.protocol === 'http:';
  return web && url.username === '' && url.password === '' ? url : undefined;
};
