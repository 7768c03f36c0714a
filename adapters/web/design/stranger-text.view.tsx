import { count } from './format.js';
import { oneLine, shownText, webAddress } from './stranger-text.js';

type Given = Readonly<{ children: string; limit?: number }>;

/** What a stranger wrote, as text: never markup, never able to reorder or hide what stands beside it. */
export const StrangerText = ({ children, limit = 2000 }: Given) => {
  const { text, cut } = shownText(children, limit);
  return (
    <bdi className="stranger">
      {text}
      {cut > 0 && <span className="stranger-cut"> … {count(cut)} more characters</span>}
    </bdi>
  );
};

/** An address as text, host and path set apart; a link only when it is a page of the web. */
export const Address = ({ url, link = false }: Readonly<{ url: string; link?: boolean }>) => {
  const web = webAddress(url);
  if (!web) return <StrangerText limit={300}>{url}</StrangerText>;
  const text = (
    <bdi className="address" title={oneLine(web.href, 500)}>
      <span className="address-host">{web.host}</span>
      <span className="address-path">{oneLine(`${web.pathname}${web.search}`, 240)}</span>
    </bdi>
  );
  if (!link) return text;
  return (
    <a className="address-link" href={web.href} target="_blank" rel="noopener noreferrer nofollow">
      {text}
      <span className="visually-hidden"> (opens in a new tab)</span>
    </a>
  );
};
