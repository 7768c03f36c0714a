import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { oneLine, shownText, webAddress } from '#adapters/web/design/stranger-text.js';

describe('what a caller, a form or a page wrote', () => {
  it('stays as it is when it is only text, in any script', () => {
    for (const name of ['Marta Kowalska', 'Łódź', '王伟', 'محمد', 'नमस्ते', 'Zoë 👩‍👩‍👧', '<b>bold</b>']) {
      expect(shownText(name, 100)).to.deep.equal({ text: name, cut: 0 });
    }
  });

  it('cannot turn the text beside it round', () => {
    expect(shownText('invoice\u202Efdp.exe', 100).text).to.equal('invoice\uFFFDfdp.exe');
    expect(shownText('\u2066a\u2069\u200F', 100).text).to.equal('\uFFFDa\uFFFD\uFFFD');
  });

  it('cannot hide what is in it', () => {
    expect(shownText('pay\u200Bpal\u00AD\uFEFF', 100).text).to.equal('pay\uFFFDpal\uFFFD\uFFFD');
    expect(shownText('a\u0000b\u001B[31mc\u0085', 100).text).to.equal('a\uFFFDb\uFFFD[31mc\uFFFD');
    expect(shownText('tag\u{E0041}', 100).text).to.equal('tag\uFFFD');
  });

  it('cannot cover the lines above it with stacked marks', () => {
    expect(shownText(`Z${'\u0301'.repeat(50)}algo`, 100).text).to.equal(`Z${'\u0301'.repeat(4)}algo`);
  });

  it('keeps its lines, however they end', () => {
    expect(shownText('one\r\ntwo\rthree\n', 100).text).to.equal('one\ntwo\nthree\n');
  });

  it('is cut when it is endless, and says by how much', () => {
    expect(shownText('x'.repeat(10_000), 2000)).to.deep.equal({ text: 'x'.repeat(2000), cut: 8000 });
  });

  it('never holds a control character when it is shown, whatever it was', () => {
    // eslint-disable-next-line no-control-regex -- they are what must not be there
    const controls = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/;
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (given) => {
        expect(shownText(given, 1000).text).not.to.match(controls);
      }),
    );
  });

  it('is one line where there is only one', () => {
    expect(oneLine('  Return\n\n an \t order ')).to.equal('Return an order');
    expect(oneLine('x'.repeat(300), 10)).to.equal(`${'x'.repeat(10)}…`);
  });
});

describe('an address that a page gave', () => {
  it('is a link when it is a page of the web', () => {
    expect(webAddress('https://shop.example/returns?order=1')?.host).to.equal('shop.example');
    expect(webAddress('http://localhost:4000/')?.host).to.equal('localhost:4000');
  });

  for (const address of [
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'file:///etc/passwd',
    'blob:https://shop.example/1',
    'ftp://shop.example/',
    '//shop.example/',
    '/returns',
    'shop.example',
    'https://good.example@evil.example/',
    'https://user:password@shop.example/',
    'https://',
    '',
  ]) {
    it(`is only text when it is ${JSON.stringify(address)}`, () => {
      expect(webAddress(address)).to.equal(undefined);
    });
  }
});
