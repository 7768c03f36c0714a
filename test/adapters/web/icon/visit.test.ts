import { expect } from 'chai';
import { describe, it } from 'mocha';
import { toldAddress, visited } from '#adapters/web/icon/visit.js';
import type { Page } from '#domain/icon-session/icon-session.events.js';
import { instant } from '#domain/kernel/time.js';

const page = (path: string, title = path, at = 1): Page => ({
  url: `https://shop.example${path}`,
  title,
  at: instant(at),
});

describe('the pages that a customer has been on', () => {
  it('come in the order in which they were seen', () => {
    const seen = ['/', '/shoes', '/'].reduce<readonly Page[]>((pages, path) => visited(pages, page(path)), []);
    expect(seen.map(({ url }) => url)).to.deep.equal([
      'https://shop.example/',
      'https://shop.example/shoes',
      'https://shop.example/',
    ]);
  });

  it('are not more after a reload, and the title is the one that stands there now', () => {
    const seen = visited(visited([], page('/shoes', '', 1)), page('/shoes', 'Beach shoes', 9));
    expect(seen).to.deep.equal([page('/shoes', 'Beach shoes', 1)]);
  });

  it('are at most fifty before the present one', () => {
    let seen: readonly Page[] = [];
    for (let number = 0; number < 80; number += 1) seen = visited(seen, page(`/${number}`));
    expect(seen).to.have.length(51);
    expect(seen[0]?.title).to.equal('/29');
    expect(seen.at(-1)?.title).to.equal('/79');
  });

  it('are told without a fragment, which may hold an access token', () => {
    expect(toldAddress('https://shop.example/a?b=1#access_token=x')).to.equal('https://shop.example/a?b=1');
    expect(toldAddress('https://shop.example/a#')).to.equal('https://shop.example/a');
  });

  it('keep the fragment that a single-page shop has its own addresses in', () => {
    expect(toldAddress('https://shop.example/#/shoes/7')).to.equal('https://shop.example/#/shoes/7');
    expect(toldAddress('https://shop.example/#!shoes')).to.equal('https://shop.example/#!shoes');
  });
});
