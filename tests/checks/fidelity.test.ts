import { describe, expect, test } from 'vitest';
import { readInstant } from '../../src/app-connect/instant.ts';
import { explainText, isHarmless } from '../../src/checks/activity/text-fidelity.ts';
import { explainDuration, explainTime } from '../../src/checks/activity/time-fidelity.ts';

/** written, read, the codes in order, and what one of the sentences says. */
type TextRow = [name: string, written: string, read: string | null, codes: string[], says?: string];

function expectTexts(rows: TextRow[]): void {
  test.each(rows)('%s', (_name, written, read, codes, says) => {
    const differences = explainText(written, read);
    const sentences = differences.map(({ sentence }) => sentence).join(' · ');
    expect(
      differences.map(({ code }) => code),
      sentences,
    ).toEqual(codes);
    if (says !== undefined) expect(sentences).toContain(says);
    expect(sentences).not.toMatch(/[\p{Cc}\p{Surrogate}\u202a-\u202e]/u);
  });
}

const talked = 'Talked about 5 < 6 & "ok" 😀';
const markup = '<b>bold</b>\r\nline 2\nline 3 & <br> end';
const é = 'é';

describe('what real systems did to a text', () => {
  expectTexts([
    [
      'SuiteCRM escapes on output, but not `&`, and stores no emoji',
      talked,
      'Talked about 5 &lt; 6 & &quot;ok&quot; ????',
      ['html-escaped', 'emoji-question-marks'],
      '`<` became `&lt;` and `"` became `&quot;`',
    ],
    [
      'SuiteCRM with markup and line breaks',
      markup,
      '&lt;b&gt;bold&lt;/b&gt;\nline 2\nline 3 & &lt;br /&gt; end',
      ['html-escaped', 'crlf', 'br-rewritten'],
      '`<br>` became `<br />`',
    ],
    [
      'SuiteCRM with an apostrophe',
      "Zoë 😀 O'Brien & Söhne",
      'Zoë ???? O&#039;Brien & Söhne',
      ['emoji-question-marks', 'html-escaped'],
      "`'` became `&#039;`",
    ],
    [
      'SuiteCRM with a message',
      '<b>hi</b> 😀',
      '&lt;b&gt;hi&lt;/b&gt; ????',
      ['html-escaped', 'emoji-question-marks'],
      'each emoji became `????`',
    ],
    [
      'Dolibarr escapes `&` and a `<` before a space',
      talked,
      'Talked about 5 &lt; 6 &amp; "ok" ????',
      ['html-escaped', 'emoji-question-marks'],
      '`&` became `&amp;` and `<` became `&lt;`',
    ],
    [
      'Dolibarr leaves tags alone',
      markup,
      '<b>bold</b>\r\nline 2\nline 3 &amp; <br> end',
      ['html-escaped'],
      '`&` became `&amp;`',
    ],
    [
      'Dolibarr with tags and a free-standing `<`',
      '<b>5 < 6</b> & more',
      '<b>5 &lt; 6</b> &amp; more',
      ['html-escaped'],
      '`<` outside tags became `&lt;`',
    ],
    [
      'Odoo puts a message into a paragraph',
      'Outbound call: 5 < 6 & "ok" 😀',
      '<p>Outbound call: 5 &lt; 6 &amp; "ok" 😀</p>',
      ['wrapped', 'html-escaped'],
      'the whole text was wrapped in `<p>`',
    ],
    [
      'Odoo escapes markup in a message',
      '<b>bold</b><br>line 2',
      '<p>&lt;b&gt;bold&lt;/b&gt;&lt;br&gt;line 2</p>',
      ['html-escaped', 'wrapped'],
      '`>` became `&gt;`',
    ],
    [
      'Odoo wraps HTML in a span',
      '<b>bold</b><br>line 2',
      '<span><b>bold</b><br>line 2</span>',
      ['wrapped'],
      '`<span>`',
    ],
    [
      'Odoo sanitises HTML',
      '<b>bold</b>\nline 2<br><script>x</script> & end',
      '<span><b>bold</b>\nline 2<br> &amp; end</span>',
      ['wrapped', 'script-removed', 'html-escaped'],
      '`<script>` and what stood in it were removed',
    ],
    [
      'Odoo’s HTML writer escapes `&` in attributes too',
      '<a href="/x?a=1&b=2">5 < 6</a><br>end',
      '<div><a href="/x?a=1&amp;b=2">5 &lt; 6</a><br/>end</div>',
      ['wrapped', 'html-escaped', 'br-rewritten'],
      '`<` outside tags became `&lt;`',
    ],
    ['EspoCRM keeps everything', markup, markup, []],
  ]);
});

describe('a text that was cut', () => {
  const long = 'The quick brown fox jumps over the lazy dog. '.repeat(500);
  expectTexts([
    ['after 255 characters', long, long.slice(0, 255), ['cut'], 'cut after 255 characters'],
    ['after 20,000', long, long.slice(0, 20_000), ['cut'], 'cut after 20,000 characters'],
    ['after no round number', long, long.slice(0, 1237), ['cut'], 'cut after 1,237 characters'],
    [
      'with the space at the cut trimmed',
      `${'a'.repeat(254)} b c d`,
      'a'.repeat(254),
      ['cut'],
      'cut after 255 characters',
    ],
    ['after 255 bytes', é.repeat(300), é.repeat(127), ['cut'], 'cut after 255 bytes'],
    [
      'in the middle of bytes',
      é.repeat(300),
      `${é.repeat(127)}\ufffd`,
      ['cut'],
      '255 bytes, in the middle of a character',
    ],
    [
      'in the middle of bytes, shown as `?`',
      é.repeat(300),
      `${é.repeat(127)}?`,
      ['cut'],
      'cut after 255 bytes',
    ],
    ['after 65,535 bytes', é.repeat(40_000), é.repeat(32_767), ['cut'], 'cut after 65,535 bytes'],
    ['255 characters of two bytes', é.repeat(300), é.repeat(255), ['cut'], 'cut after 255 characters'],
    [
      'in the middle of a surrogate pair',
      'ab😀cd'.repeat(20),
      `${'ab😀cd'.repeat(3)}ab\ud83d`,
      ['cut'],
      'in the middle of a character (`😀`)',
    ],
    [
      'with an ellipsis',
      long,
      `${long.slice(0, 100)}…`,
      ['cut'],
      'cut after 100 characters, with `…` at the end',
    ],
    [
      'before it was escaped',
      '<'.repeat(400),
      '&lt;'.repeat(255),
      ['html-escaped', 'cut'],
      'cut after 255 characters',
    ],
    [
      'after it was escaped',
      `${'a<'.repeat(400)}`,
      'a&lt;'.repeat(400).slice(0, 255),
      ['html-escaped', 'cut'],
      'cut after 255 characters',
    ],
    [
      'in a wrapped text',
      long,
      `<p>${long.slice(0, 500)}</p>`,
      ['wrapped', 'cut'],
      'cut after 500 characters',
    ],
    [
      'at the first emoji',
      'Hello 😀 and more',
      'Hello ',
      ['cut-at-emoji'],
      'everything from the first emoji on was cut off',
    ],
    ['at the first emoji, trimmed', 'Hello 😀 and more', 'Hello', ['cut-at-emoji']],
    ['at an ampersand', 'salt & pepper', 'salt ', ['cut-at-character'], 'from the first `&` on'],
    ['at a line break', 'one\ntwo\nthree', 'one', ['cut-at-line-break'], 'only the first line came back'],
  ]);
});

describe('white space', () => {
  const lines = 'one\ntwo\n\nthree';
  expectTexts([
    [
      'the last line break',
      'one\ntwo\n',
      'one\ntwo',
      ['trailing-line-break'],
      'the last line break was trimmed',
    ],
    [
      'one of two last line breaks',
      'one\n\n',
      'one\n',
      ['trailing-line-break'],
      'the last line break was trimmed',
    ],
    ['spaces at the end', 'one  ', 'one', ['trimmed-end'], 'spaces at the end were trimmed'],
    ['spaces at the beginning', '  one', 'one', ['trimmed-start'], 'spaces at the beginning were trimmed'],
    [
      'both ends',
      '\n one \n',
      'one',
      ['trimmed-both'],
      'spaces and line breaks at the beginning and at the end',
    ],
    ['ends of lines', 'one  \ntwo', 'one\ntwo', ['lines-trimmed']],
    ['indentation', 'one\n  two', 'one\ntwo', ['indentation-lost']],
    ['line breaks to spaces', lines, 'one two  three', ['line-breaks-spaces'], 'line breaks became spaces'],
    ['line breaks removed', lines, 'onetwothree', ['line-breaks-removed'], 'line breaks were removed'],
    ['line breaks to CR LF', lines, lines.replaceAll('\n', '\r\n'), ['crlf'], 'line breaks became CR LF'],
    ['line breaks to <br>', lines, 'one<br>two<br><br>three', ['line-breaks-br'], 'became `<br>`'],
    ['line breaks to <br />', lines, 'one<br />two<br /><br />three', ['line-breaks-br'], 'became `<br />`'],
    [
      '<br /> added to line breaks',
      lines,
      lines.replaceAll('\n', '<br />\n'),
      ['line-breaks-br'],
      'before each line break',
    ],
    ['line breaks doubled', 'one\ntwo', 'one\n\ntwo', ['line-breaks-doubled'], 'line breaks were doubled'],
    ['blank lines removed', lines, 'one\ntwo\nthree', ['blank-lines-removed']],
    ['line breaks as \\n', lines, 'one\\ntwo\\n\\nthree', ['line-breaks-escaped']],
    ['a paragraph for each line', 'one\ntwo', '<p>one</p><p>two</p>', ['line-breaks-paragraphs']],
    [
      'a paragraph for each block',
      'one\ntwo\n\nthree',
      '<p>one<br />\ntwo</p>\n<p>three</p>',
      ['line-breaks-paragraphs'],
    ],
    ['tabs to spaces', 'a\tb', 'a b', ['tabs-spaces'], 'tabs became spaces'],
    ['tabs to four spaces', 'a\tb', 'a    b', ['tabs-spaces'], 'each tab became 4 spaces'],
    ['tabs removed', 'a\tb', 'ab', ['tabs-removed']],
    ['runs of spaces', 'a   b  c', 'a b c', ['spaces-collapsed'], 'runs of spaces became one space'],
    ['all white space', 'a  \n b\n\nc', 'a b c', ['white-space-collapsed']],
  ]);
});

describe('HTML', () => {
  const all = `1 < 2 > 0 & "x" 'y'`;
  expectTexts([
    [
      'all five escaped',
      all,
      '1 &lt; 2 &gt; 0 &amp; &quot;x&quot; &#039;y&#039;',
      ['html-escaped'],
      "`'` became `&#039;`",
    ],
    [
      'only angle brackets',
      all,
      `1 &lt; 2 &gt; 0 & "x" 'y'`,
      ['html-escaped'],
      '`<` became `&lt;` and `>` became `&gt;`',
    ],
    ['only the ampersand', all, `1 < 2 > 0 &amp; "x" 'y'`, ['html-escaped'], '`&` became `&amp;`'],
    [
      '&#39; and &#34;',
      all,
      '1 &lt; 2 &gt; 0 &amp; &#34;x&#34; &#39;y&#39;',
      ['html-escaped'],
      '`"` became `&#34;`',
    ],
    ['hexadecimal', all, `1 &#x3C; 2 &#x3E; 0 &#x26; "x" 'y'`, ['html-escaped'], '`<` became `&#x3C;`'],
    ['twice', '<b> & c', '&amp;lt;b&amp;gt; &amp;amp; c', ['html-escaped-twice'], '`<` became `&amp;lt;`'],
    ['twice, without the ampersand', 'a < b', 'a &amp;lt; b', ['html-escaped-twice'], 'escaped twice'],
    ['an entity left alone', 'a &lt; b & c', 'a &lt; b &amp; c', ['html-escaped']],
    ['unescaped', 'a &lt; b &amp; c', 'a < b & c', ['html-unescaped'], '`&lt;` became `<`'],
    [
      'letters as entities',
      'Zoë & Söhne',
      'Zo&euml; & S&ouml;hne',
      ['letters-escaped'],
      '`ë` became `&euml;`',
    ],
    ['escaped, then <br />', 'a < b\nc', 'a &lt; b<br />\nc', ['html-escaped', 'line-breaks-br']],
    ['<br /> first', 'x\n<b>', 'x<br />\n&lt;b&gt;', ['html-escaped', 'line-breaks-br']],
    ['a tag stripped', 'a <b>bold</b> word', 'a bold word', ['tags-removed'], '`<b>` was removed'],
    [
      'two tags stripped',
      'a <b>bold</b> <i>word</i>',
      'a bold word',
      ['tags-removed'],
      '`<b>` and `<i>` were removed',
    ],
    ['one of two tags', '<b>a</b> <u>c</u>', '<b>a</b> c', ['tags-removed'], '`<u>` was removed'],
    [
      'a script dropped',
      'a<script>alert(1)</script>b',
      'ab',
      ['script-removed'],
      '`<script>` and what stood in it',
    ],
    [
      'a script tag stripped',
      'a<script>alert(1)</script>b',
      'aalert(1)b',
      ['tags-removed'],
      'what stood in it stayed',
    ],
    [
      'attributes dropped',
      '<b class="x" onclick="y()">a</b>',
      '<b>a</b>',
      ['attributes-removed'],
      '`class` and `onclick`',
    ],
    [
      'one attribute dropped',
      '<a href="u" onclick="y()">a</a>',
      '<a href="u">a</a>',
      ['attributes-removed'],
      '`onclick` was removed',
    ],
    [
      'an attribute added',
      '<a href="u">a</a>',
      '<a href="u" rel="noopener">a</a>',
      ['attributes-added'],
      '`rel` was added',
    ],
    ['wrapped twice', 'hello', '<div><p class="x">hello</p></div>', ['wrapped'], '`<div><p>`'],
    ['<b> to <strong>', '<b>x</b> y', '<strong>x</strong> y', ['tags-renamed'], '`<b>` became `<strong>`'],
    ['<br> to a line break', 'a<br>b', 'a\nb', ['br-line-breaks']],
    [
      'an address linked',
      'see https://example.com/a now',
      'see <a href="https://example.com/a" target="_blank">https://example.com/a</a> now',
      ['url-linked'],
      '`https://example.com/a` became a link',
    ],
    [
      'an address linked in Markdown',
      'see https://example.com/a',
      'see [https://example.com/a](https://example.com/a)',
      ['url-linked'],
    ],
  ]);
});

describe('quotes and backslashes', () => {
  expectTexts([
    ['curled', `"a" it's`, '\u201ca\u201d it\u2019s', ['quotes-curled'], '`"` and `\'` became curled quotes'],
    ['straightened', '\u201ca\u201d', '"a"', ['quotes-straightened']],
    ['backslash before quotes', `"a" it's`, `\\"a\\" it\\'s`, ['quotes-backslashed'], '`"` became `\\"`'],
    ['backslash before one quote', `"a" it's`, `"a" it\\'s`, ['quotes-backslashed'], "`'` became `\\'`"],
    ['addslashes', `a\\b it's`, `a\\\\b it\\'s`, ['quotes-backslashed']],
    ['backslashes doubled', 'C:\\a\\b', 'C:\\\\a\\\\b', ['backslashes-doubled'], 'backslashes were doubled'],
    ['backslashes lost', 'C:\\a\\b', 'C:ab', ['backslashes-lost'], 'backslashes were lost'],
    ['one of two lost', 'C:\\\\a', 'C:\\a', ['backslashes-lost'], 'of each pair'],
    ['plus to space', 'a+b', 'a b', ['plus-spaces'], '`+` became a space'],
  ]);
});

describe('letters and emoji', () => {
  const hello = 'Hi 😀 and 👍🏽 end';
  const cyrillic = 'call Привет мир';
  expectTexts([
    ['emoji removed', 'Hi 😀 end', 'Hi  end', ['emoji-removed'], 'emoji were removed'],
    ['emoji removed with a space', 'Hi 😀 end', 'Hi end', ['emoji-removed']],
    ['emoji to ?', 'Hi 😀 end', 'Hi ? end', ['emoji-question-marks'], 'each emoji became `?`'],
    ['emoji to ??', 'Hi 😀 end', 'Hi ?? end', ['emoji-question-marks'], 'became `??`'],
    ['emoji to the replacement character', 'Hi 😀 end', 'Hi \ufffd end', ['emoji-replaced'], '`\ufffd`'],
    ['emoji to ????', hello, 'Hi ???? and ???????? end', ['emoji-question-marks'], 'became `????`'],
    ['half a surrogate pair', 'Hi 😀 end', 'Hi \ud83d end', ['emoji-halves'], 'only one half'],
    ['emoji as an entity', 'Hi 😀 end', 'Hi &#128512; end', ['emoji-escaped'], '`&#128512;`'],
    ['emoji as \\u escapes', 'Hi 😀 end', 'Hi \\ud83d\\ude00 end', ['emoji-escaped']],
    ['accents lost', 'Zoë é', 'Zoe e', ['marks-lost'], '`ë` became `e`'],
    ['combining marks lost', 'e\u0301x q\u0323', 'ex q', ['marks-lost'], 'combining marks were lost'],
    ['composed', 'e\u0301x', '\u00e9x', ['nfc']],
    ['decomposed', '\u00e9x', 'e\u0301x', ['nfd']],
    ['direction marks', 'a \u200fשלום\u200e b', 'a שלום b', ['direction-marks-removed'], 'right-to-left'],
    [
      'letters to ?',
      cyrillic,
      'call ?????? ???',
      ['letters-question-marks'],
      'not Latin, such as `П`, became `?`',
    ],
    ['letters to ? for each byte', 'шал', '??????', ['letters-question-marks'], 'for each byte'],
    [
      'everything beyond ASCII to ?',
      'Zoë 😀 日本 Ж',
      'Zo? ?? ?? ?',
      ['letters-question-marks'],
      'everything but plain ASCII characters, such as `ë`, became `?`',
    ],
    ['letters removed', cyrillic, 'call  ', ['letters-removed']],
    ['letters and emoji to ?', 'Привет 😀', '?????? ??', ['letters-question-marks']],
    ['mojibake', 'café', 'cafÃ©', ['mojibake'], '`é` became `Ã©`'],
    ['mojibake of windows-1252', '“café”', 'â€œcafÃ©â€\u009d', ['mojibake'], 'UTF-8 was read as Latin-1'],
    ['mojibake twice', 'é', 'ÃƒÂ©', ['mojibake'], 'twice'],
    ['upper case', 'Hello é', 'HELLO É', ['upper-case'], 'upper case'],
    ['lower case', 'Hello É', 'hello é', ['lower-case'], 'lower case'],
  ]);
});

describe('Markdown', () => {
  const notes = '## Agent notes\n**Duration**: 5 s\n- one\n- two';
  expectTexts([
    [
      'rendered',
      notes,
      '<h2>Agent notes</h2>\n<p><strong>Duration</strong>: 5 s</p>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>',
      ['markdown-html'],
      '`##` became `<h2>`, `**` became `<strong>` and `- ` became `<li>`',
    ],
    ['other bullets', notes, notes.replaceAll('- ', '* '), ['markdown-rewritten'], '`- ` became `* `'],
    [
      'escaped',
      notes,
      notes.replaceAll('*', '\\*').replaceAll('#', '\\#'),
      ['markdown-escaped'],
      '`*` became `\\*`',
    ],
    ['signs removed', notes, 'Agent notes\nDuration: 5 s\none\ntwo', ['markdown-removed'], '`##`'],
  ]);
});

describe('several changes', () => {
  expectTexts([
    ['trimmed and wrapped', ' a ', '<p>a</p>', ['trimmed-both', 'wrapped']],
    ['tags and emoji', '<b>a</b> 😀', 'a ?', ['tags-removed', 'emoji-question-marks']],
    [
      'spaces, quotes, line breaks',
      'a  "b"\n\tc',
      'a \\"b\\"<br>\tc',
      ['spaces-collapsed', 'quotes-backslashed', 'line-breaks-br'],
    ],
    ['mojibake, then escaped', 'é < b', 'Ã© &lt; b', ['mojibake', 'html-escaped']],
    ['escaped and cut at the emoji', 'a < b 😀 c', 'a &lt; b ', ['html-escaped', 'cut-at-emoji']],
    ['upper case and trimmed', 'abc \n', 'ABC', ['upper-case', 'trimmed-end']],
  ]);
});

describe('a text that no known change explains', () => {
  expectTexts([
    ['nothing', 'a', null, ['nothing'], 'nothing came back'],
    ['empty', 'a', '', ['empty'], 'came back empty'],
    [
      'something else',
      'call one two',
      'call two one x',
      ['different'],
      'from character 6 on it differs: "one two" was written, "two one x" came back',
    ],
    [
      'a part missing',
      'one 12 two',
      'one two',
      ['part-missing'],
      'from character 5 on 3 characters are missing',
    ],
    ['a part added', 'one two', 'one and two', ['part-added'], 'text was added: "and "'],
    ['a footer', 'one two', 'one two -- sent by CRM', ['added'], 'after it: " -- sent by CRM"'],
    [
      'control characters stay out of the sentence',
      'abc',
      'ab\u001b[31m\n\u202ex',
      ['different'],
      '\\u001b[31m\\n\\u202ex',
    ],
  ]);

  test('only what loses nothing is harmless', () => {
    expect(['crlf', 'nfc', 'trailing-line-break'].map(isHarmless)).toEqual([true, true, true]);
    expect(['cut', 'html-escaped', 'line-breaks-spaces'].map(isHarmless)).toEqual([false, false, false]);
  });
});

describe('a text of 20,000 characters', () => {
  const line = 'Zoë said: 5 < 6 & "ok" 😀 it\'s <b>bold</b>,  Привет\thttps://example.com/a?b=1 \\ done\n';
  const long = line.repeat(20_000 / line.length);
  test('is explained in two changes', () => {
    const read = long.replaceAll('😀', '????').replaceAll('<', '&lt;').slice(0, 8000);
    expect(explainText(long, read).map(({ code }) => code)).toContain('cut');
  });

  // That the search for an explanation is bounded shows in that these end at all.
  test.each([
    ['something else', [...long].reverse().join('')],
    ['a change in the middle', `${long.slice(0, 9000)}XYZ${long.slice(9001)}`],
    [
      'everything at once',
      long.toUpperCase().replaceAll('<', '&lt;').replaceAll('\n', ' ').replaceAll('"', 'x'),
    ],
  ])('gets an explanation where the end is %s', (_name, read) => {
    expect(explainText(long, read)).not.toEqual([]);
  });

  test.each(['<', ' ', '\n', '&', '"', '<script>', '**', '[', '<a href="', '- ', '\\', '\u0301'])(
    'gets one where it is made of %j only',
    (piece) => {
      const written = piece.repeat(20_000 / piece.length);
      expect(explainText(`${written}x`, `x${written}`)).not.toEqual([]);
    },
  );
});

describe('what App Connect reads as a date', () => {
  const ms = Date.UTC(2026, 10, 24, 10, 20, 30);
  test.each<[unknown, number, string, string]>([
    ['2026-11-24T10:20:30Z', ms, 'second', 'explicit'],
    ['2026-11-24T10:20:30.250Z', ms + 250, 'ms', 'explicit'],
    ['2026-11-24T05:20:30-05:00', ms, 'second', 'explicit'],
    ['2026-11-24T15:50:30+0530', ms, 'second', 'explicit'],
    ['2026-11-24 10:20:30+00', ms, 'second', 'explicit'],
    ['2026-11-24T10:20:30', ms, 'second', 'none'],
    ['2026-11-24 10:20:30', ms, 'second', 'none'],
    ['2026-11-24 10:20:30.123456', ms + 123, 'ms', 'none'],
    ['2026-11-24 10:20', ms - 30_000, 'minute', 'none'],
    ['2026-11-24', Date.UTC(2026, 10, 24), 'day', 'none'],
    ['20261124', Date.UTC(2026, 10, 24), 'day', 'none'],
    ['20261124102030', ms, 'second', 'none'],
    ['20261124T102030Z', ms, 'second', 'explicit'],
    [ms / 1000, ms, 'second', 'explicit'],
    [String(ms / 1000), ms, 'second', 'explicit'],
    [ms, ms, 'ms', 'explicit'],
    [String(ms), ms, 'ms', 'explicit'],
    [ms * 1000, ms, 'ms', 'explicit'],
    [`${ms}000000`, ms, 'ms', 'explicit'],
    [ms / 1000 + 0.5, ms + 500, 'ms', 'explicit'],
    ['Tue, 24 Nov 2026 10:20:30 GMT', ms, 'second', 'explicit'],
    ['24 Nov 2026 05:20:30 -0500', ms, 'second', 'explicit'],
    ['Tue, 24 Nov 2026 05:20 EST', ms - 30_000, 'minute', 'explicit'],
    [`/Date(${ms})/`, ms, 'ms', 'explicit'],
    [`/Date(${ms}+0200)/`, ms, 'ms', 'explicit'],
    ['1969-12-31T23:59:59Z', -1000, 'second', 'explicit'],
  ])('%j', (value, expected, precision, zone) => {
    expect(readInstant(value)).toEqual({ ms: expected, precision, zone });
  });

  test.each([
    '11/24/2026',
    '24.11.2026 10:20',
    '2026-13-01',
    '2026-02-30',
    '2026-11-24T25:00:00Z',
    '2026-11-24T10:20:30+99:00',
    '20261399',
    '0000-00-00 00:00:00',
    'yesterday',
    '',
    '12345',
    42,
    -5,
    Number.NaN,
    1e21,
    null,
    true,
    { date: '2026-11-24' },
  ])('not %j', (value) => {
    expect(readInstant(value)).toBeNull();
  });
});

describe('what happened to a time', () => {
  const ms = Date.UTC(2026, 10, 23, 10, 0, 0);
  const written = { ms, offsetMinutes: -300 };
  const exact = { ms: Date.UTC(2026, 4, 6, 10, 20, 35, 250), offsetMinutes: 120 };
  const newYork = { userZone: 'America/New_York' };
  test.each<
    [string, { ms: number; offsetMinutes: number }, unknown, string[], { userZone?: string; name?: string }?]
  >([
    ['the same moment', written, '2026-11-23T05:00:00-05:00', []],
    ['SuiteCRM gives UTC', written, '2026-11-23T10:00:00+00:00', []],
    ['EspoCRM gives UTC without a zone', written, '2026-11-23 10:00:00', []],
    ['in seconds', written, ms / 1000, []],
    [
      'the offset dropped',
      written,
      '2026-11-23 05:00:00',
      ['start moved by -5 h: read as local time, the offset -05:00 was dropped'],
    ],
    [
      'the offset dropped, east',
      { ms, offsetMinutes: 330 },
      '2026-11-23T15:30:00Z',
      ['start moved by 5 h 30 min: read as local time, the offset +05:30 was dropped'],
    ],
    [
      'the offset applied twice',
      written,
      '2026-11-23T15:00:00Z',
      ['start moved by 5 h: the offset -05:00 was applied twice'],
    ],
    [
      'the user’s zone applied twice',
      { ms, offsetMinutes: 0 },
      '2026-11-23T05:00:00Z',
      ['start moved by -5 h: the time zone of the user (America/New_York) was applied twice'],
      newYork,
    ],
    [
      'UTC taken for the user’s zone',
      { ms, offsetMinutes: 0 },
      '2026-11-23T15:00:00Z',
      ['start moved by 5 h: UTC was taken for the time zone of the user (America/New_York)'],
      newYork,
    ],
    [
      'the user’s wall time without a zone',
      { ms, offsetMinutes: 60 },
      '2026-11-23 05:00:00',
      ['start moved by -5 h: came back in the time zone of the user (America/New_York) without saying so'],
      newYork,
    ],
    ['an unknown cause', written, '2026-11-23T09:00:00Z', ['start moved by -1 h']],
    ['a day and a half', written, '2026-11-24T22:00:00Z', ['start moved by 1 day 12 h']],
    ['the end', written, '2026-11-23T09:00:00Z', ['end moved by -1 h'], { name: 'end' }],
    [
      'an unknown user zone',
      written,
      '2026-11-23T09:00:00Z',
      ['start moved by -1 h'],
      { userZone: 'Mars/Olympus' },
    ],
    [
      'Dolibarr cuts ISO to midnight',
      { ms, offsetMinutes: 0 },
      Date.UTC(2026, 10, 23) / 1000,
      ['cut to midnight'],
    ],
    [
      'Dolibarr cuts an offset to midnight',
      { ms: ms - 7_200_000, offsetMinutes: 120 },
      String(Date.UTC(2026, 10, 23) / 1000),
      ['cut to midnight'],
    ],
    ['Odoo keeps the day', written, '2026-11-23', ['cut to the day: no time came back']],
    [
      'midnight of the local day',
      { ms: Date.UTC(2026, 10, 24, 3), offsetMinutes: -300 },
      '2026-11-23T00:00:00-05:00',
      ['cut to midnight'],
    ],
    ['SuiteCRM stores an empty date', written, '', ['the date is empty']],
    ['Odoo says false', written, false, ['the date is empty']],
    ['a zero date', written, '0000-00-00 00:00:00', ['the date is empty']],
    ['no field', written, undefined, ['the date is empty']],
    ['a slash date', written, '11/24/2026', ['came back as a date that App Connect cannot read: 11/24/2026']],
    ['no text', written, { date: 'x' }, ['came back as something that is no date']],
    ['milliseconds lost', exact, '2026-05-06T10:20:35Z', ['milliseconds lost']],
    ['seconds lost', exact, '2026-05-06T10:20:00Z', ['seconds lost']],
    ['seconds not said', exact, '2026-05-06 10:20', ['seconds lost']],
    ['rounded up', exact, '2026-05-06T10:21:00Z', ['seconds lost: rounded up to the next minute']],
    [
      'moved and seconds lost',
      exact,
      '2026-05-06T12:20:00Z',
      ['start moved by 2 h: read as local time, the offset +02:00 was dropped', 'seconds lost'],
    ],
    [
      'moved without a cause, seconds lost',
      exact,
      '2026-05-06T07:20:00Z',
      ['start moved by -3 h', 'seconds lost'],
    ],
    ['moved without a cause, milliseconds lost', exact, '2026-05-06T07:20:35Z', ['start moved by -3 h']],
    ['minutes lost', exact, '2026-05-06T10:00:00Z', ['minutes and seconds lost']],
    ['day and month exchanged', exact, '2026-06-05T10:20:35Z', ['day and month are exchanged']],
    ['day and month exchanged, local', exact, '2026-06-05 12:20:35', ['day and month are exchanged']],
    [
      'seconds read as milliseconds',
      written,
      new Date(ms / 1000).toISOString(),
      ['became 1970-01-21: seconds were read as milliseconds'],
    ],
  ])('%s', (_name, sent, read, sentences, options) => {
    expect(explainTime(sent, read, options).map(({ sentence }) => sentence)).toEqual(sentences);
  });

  test('lost milliseconds are harmless, lost seconds are not', () => {
    expect(explainTime(exact, '2026-05-06T10:20:35Z').map(({ code }) => isHarmless(code))).toEqual([true]);
    expect(explainTime(exact, '2026-05-06T10:20Z').map(({ code }) => isHarmless(code))).toEqual([false]);
  });
});

describe('what happened to the length of a call', () => {
  test.each<[number, unknown, string[]]>([
    [95, 95, []],
    [95, '95', []],
    [95, 95_000, []],
    [120, 2, []],
    [95, 1.58, []],
    [95, '00:01:35', []],
    [95, '01:35', []],
    [300, '00:05', []],
    [95, 'PT1M35S', []],
    [95, 'PT95S', []],
    [3725, 'PT1H2M5S', []],
    [0, 0, []],
    [95, 2, ['95 s became 120 s: rounded up to minutes']],
    [95, 120, ['95 s became 120 s: rounded up to minutes']],
    [95, '00:02', ['95 s became 120 s: rounded up to minutes']],
    [95, '00:02:00', ['95 s became 120 s: rounded up to minutes']],
    [95, 1, ['95 s became 60 s: cut to minutes']],
    [95, 'PT1M', ['95 s became 60 s: cut to minutes']],
    [95, 0, ['95 s became 0 s']],
    [95, 40, ['95 s became 40 s']],
    [95, null, ['the duration is missing']],
    [95, '', ['the duration is missing']],
    [95, false, ['the duration is missing']],
    [95, 'a while', ['the duration came back as something that is no length of time: a while']],
    [95, {}, ['the duration came back as something that is no length of time']],
  ])('%d s, read as %j', (seconds, read, sentences) => {
    expect(explainDuration(seconds, read).map(({ sentence }) => sentence)).toEqual(sentences);
  });
});
