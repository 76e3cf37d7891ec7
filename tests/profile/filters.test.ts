import { describe, expect, it } from 'vitest';
import { filterNames, renderTemplate, TemplateError } from '../../src/profile/template.ts';

function filtered(value: unknown, filters: string, region?: string): unknown {
  return renderTemplate(`{{ value | ${filters} }}`, { value, ...(region !== undefined && { region }) });
}

/** Fictional numbers of six countries: as E.164, then what each filter makes of it. */
const numbers = [
  ['+14155550123', '4155550123', '(415) 555-0123', '+1 415 555 0123', '4155550123', '1'],
  ['+442079460123', '2079460123', '020 7946 0123', '+44 20 7946 0123', '02079460123', '44'],
  ['+493023125123', '3023125123', '030 23125123', '+49 30 23125123', '03023125123', '49'],
  ['+33199001234', '199001234', '01 99 00 12 34', '+33 1 99 00 12 34', '0199001234', '33'],
  ['+46846500412', '846500412', '08-465 004 12', '+46 8 465 004 12', '0846500412', '46'],
  ['+61491570156', '491570156', '0491 570 156', '+61 491 570 156', '0491570156', '61'],
] as const;

describe('phone filters', () => {
  it.each(numbers)('%s in every form', (e164, significant, national, international, trunk, code) => {
    expect(filtered(e164, 'e164')).toBe(e164);
    expect(filtered(e164, 'digits')).toBe(e164.slice(1));
    expect(filtered(e164, 'significant')).toBe(significant);
    expect(filtered(e164, 'national')).toBe(national);
    expect(filtered(e164, 'international')).toBe(international);
    expect(filtered(e164, 'trunk')).toBe(trunk);
    expect(filtered(e164, 'country_code')).toBe(code);
  });

  it('read a written number as one of the region, which is the United States by default', () => {
    expect(filtered('(415) 555-0123', 'e164')).toBe('+14155550123');
    expect(filtered('020 7946 0123', 'e164', 'GB')).toBe('+442079460123');
    expect(filtered('020 7946 0123', 'e164', 'gb')).toBe('+442079460123');
    expect(filtered('415.555.0123', 'e164', 'nowhere')).toBe('+14155550123');
    expect(filtered(14155550123, 'e164')).toBe('+14155550123');
  });

  it('leave the extension of a number out', () => {
    expect(filtered('+1 415 555 0123 ext. 7', 'e164')).toBe('+14155550123');
    expect(filtered('+1 415 555 0123 ext. 7', 'national')).toBe('(415) 555-0123');
    expect(filtered('+1 415 555 0123 ext. 7', 'trunk')).toBe('4155550123');
  });

  it.each(['101', '', 'nobody', '5550123'])('pass through %j, which is no phone number', (text) => {
    for (const filter of [
      'e164',
      'significant',
      'national',
      'international',
      'trunk',
      'country_code',
      "mask: '###'",
    ]) {
      expect(filtered(text, filter)).toBe(text);
    }
  });

  it('take a short extension for no number in a country that has such short ones', () => {
    expect(filtered('101', 'e164', 'DE')).toBe('101');
  });

  it('keep nothing as nothing', () => {
    expect(filtered(null, 'e164')).toBeNull();
    expect(filtered(null, 'digits')).toBe('');
  });

  it('keep the digits of any text', () => {
    expect(filtered('ext. 101', 'digits')).toBe('101');
    expect(filtered('(415) 555-0123', 'digits')).toBe('4155550123');
  });

  it('fill a mask with the significant digits, one by one', () => {
    expect(filtered('+14155550123', "mask: '(###) ###-####'")).toBe('(415) 555-0123');
    expect(filtered('+14155550123', "mask: '1-***-***-****'")).toBe('1-415-555-0123');
    expect(filtered('+442079460123', "mask: '##.####.####'")).toBe('20.7946.0123');
    expect(filtered('+46846500412', "mask: '###-###-####'")).toBe('846-500-412');
    expect(() => filtered('+14155550123', 'mask')).toThrow(/needs a format/);
  });
});

describe('time filters', () => {
  const moment = '2026-11-24T10:20:30.456Z';

  it.each([moment, new Date(moment), Date.parse(moment), '1795515630456', '2026-11-24T12:20:30.456+02:00'])(
    'read %j as the same moment',
    (value) => {
      expect(filtered(value, 'iso')).toBe('2026-11-24T10:20:30Z');
      expect(filtered(value, "iso: 'ms'")).toBe(moment);
      expect(filtered(value, 'epoch')).toBe(1795515630);
      expect(filtered(value, 'epoch_ms')).toBe(1795515630456);
    },
  );

  it('read a time without a zone as UTC', () => {
    expect(filtered('2026-11-24', 'iso')).toBe('2026-11-24T00:00:00Z');
    expect(filtered('2026-11-24 10:20', 'iso')).toBe('2026-11-24T10:20:00Z');
  });

  it('write date, time and both', () => {
    expect(filtered(moment, 'date')).toBe('2026-11-24');
    expect(filtered(moment, 'time')).toBe('10:20:30');
    expect(filtered(moment, "time: 'short'")).toBe('10:20');
    expect(filtered(moment, "time: 'HH:mm'")).toBe('10:20');
    expect(filtered(moment, 'sql_datetime')).toBe('2026-11-24 10:20:30');
    expect(() => filtered(moment, "time: 'hh'")).toThrow(/'short'/);
  });

  it('write any strftime format, in English', () => {
    expect(filtered(moment, "date: '%Y-%m-%d %H:%M:%S'")).toBe('2026-11-24 10:20:30');
    expect(filtered(moment, "date: '%A %-d %B %y, %I:%M %p, %j, %L %z'")).toBe(
      'Tuesday 24 November 26, 10:20 AM, 328, 456 +0000',
    );
    expect(filtered('2026-01-05T00:05:00Z', "date: '%-d/%-m %-I:%M %P, 100%%'")).toBe('5/1 12:05 am, 100%');
    expect(() => filtered(moment, "date: '%Q'")).toThrow(/%Q/);
  });

  it('write the wall clock of a zone, daylight saving included', () => {
    expect(filtered(moment, "in_zone: 'America/New_York'")).toBe('2026-11-24T05:20:30-05:00');
    expect(filtered('2026-07-01T02:00:00Z', "in_zone: 'America/New_York' | date")).toBe('2026-06-30');
    expect(filtered('2026-07-01T02:00:00Z', "in_zone: 'America/New_York' | sql_datetime")).toBe(
      '2026-06-30 22:00:00',
    );
    expect(filtered(moment, "in_zone: 'Asia/Kolkata' | date: '%H:%M %z %:z'")).toBe('15:50 +0530 +05:30');
    expect(filtered(moment, "in_zone: '+02:00' | time")).toBe('12:20:30');
    expect(filtered(moment, "in_zone: 'America/New_York' | iso")).toBe('2026-11-24T10:20:30Z');
    expect(renderTemplate("at {{ value | in_zone: 'UTC' }}", { value: moment })).toBe(
      'at 2026-11-24T10:20:30Z',
    );
    expect(() => filtered(moment, "in_zone: 'Mars/Olympus'")).toThrow(/no time zone.*America\/New_York/);
  });

  it('write a wall-clock time that daylight saving skips on some machines', () => {
    expect(filtered('2026-03-08T02:30:00Z', 'sql_datetime')).toBe('2026-03-08 02:30:00');
    expect(filtered('2026-03-29T02:30:00Z', "date: '%H:%M'")).toBe('02:30');
  });

  it('add seconds and stay in the zone', () => {
    expect(filtered(moment, 'plus_seconds: 90 | iso')).toBe('2026-11-24T10:22:00Z');
    expect(filtered(moment, "in_zone: '+02:00' | plus_seconds: -30 | time")).toBe('12:20:00');
    expect(() => filtered(moment, "plus_seconds: 'soon'")).toThrow(/number of seconds/);
  });

  it.each(['soon', '24.11.2026', '2026-02-30', '2026-11-24T25:00:00Z', '2026-13-01', Number.NaN, true])(
    'refuse %j, which is no time, in plain words',
    (value) => {
      expect(() => filtered(value, 'iso')).toThrow(TemplateError);
      expect(() => filtered(value, 'iso')).toThrow(/is no time for the filter `iso`; expected ISO 8601/);
    },
  );

  it('count a long text instead of showing half of it, which redaction would not recognise', () => {
    expect(() => filtered('k'.repeat(200), 'iso')).toThrow(/a text of 200 characters is no time/);
  });

  it('keep nothing as nothing', () => {
    expect(filtered(null, 'iso')).toBeNull();
    expect(filtered('', 'sql_datetime')).toBeNull();
    expect(renderTemplate('{{ nil | iso }}', {})).toBeNull();
  });

  it.each([
    [0, 0, 0, '00:00', '00:00:00', '00:00'],
    [61, 61 / 60, 2, '00:02', '00:01:01', '01:01'],
    ['90', 1.5, 2, '00:02', '00:01:30', '01:30'],
    [3661, 3661 / 60, 62, '01:02', '01:01:01', '61:01'],
    [7200, 120, 120, '02:00', '02:00:00', '120:00'],
  ])('write a duration of %j seconds', (seconds, minutes, minutesUp, hhmm, hhmmss, mmss) => {
    expect(filtered(seconds, 'minutes')).toBe(minutes);
    expect(filtered(seconds, 'minutes_up')).toBe(minutesUp);
    expect(filtered(seconds, 'hhmm')).toBe(hhmm);
    expect(filtered(seconds, 'hhmmss')).toBe(hhmmss);
    expect(filtered(seconds, 'mmss')).toBe(mmss);
  });

  it('refuse a duration that is none', () => {
    expect(() => filtered('pending', 'hhmmss')).toThrow(/“pending” is no duration/);
    expect(() => filtered(-1, 'minutes')).toThrow(/is no duration/);
  });
});

describe('escape filters', () => {
  it.each([
    ['sql', "O'Brien", "O''Brien"],
    ['lucene', '+1 (415) "a" AND b:c/d <e>', '\\+1 \\(415\\) \\"a\\" AND b\\:c\\/d e'],
    ['xml', `<a b="c">O'B & Co\u0000</a>`, '&lt;a b=&quot;c&quot;&gt;O&apos;B &amp; Co&lt;/a&gt;'],
    ['cdata', 'a ]]> b', '<![CDATA[a ]]]]><![CDATA[> b]]>'],
    ['json_text', 'say "hi"\n\\', 'say \\"hi\\"\\n\\\\'],
    ['url', '+1 415/ä\uD800', '%2B1%20415%2F%C3%A4%EF%BF%BD'],
    ['base64', 'ключ:', '0LrQu9GO0Yc6'],
    ['md5', 'abc', '900150983cd24fb0d6963f7d28e17f72'],
    ['sha256', 'abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    ["sha256: 'base64'", 'abc', 'ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0='],
    // RFC 4231, test case 2.
    [
      "hmac_sha256: 'Jefe'",
      'what do ya want for nothing?',
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    ],
  ])('%s of %j', (filter, value, expected) => {
    expect(filtered(value, filter)).toBe(expected);
  });

  it('give nothing for nothing', () => {
    for (const filter of ['sql', 'lucene', 'xml', 'json_text', 'url', 'base64']) {
      expect(filtered(null, filter)).toBe('');
    }
  });

  it('refuse a record, and a digest without its key', () => {
    expect(() => filtered({ a: 1 }, 'sql')).toThrow(/`sql` needs text, and was given a record/);
    expect(() => filtered('text', 'hmac_sha256')).toThrow(/needs a key/);
    expect(() => filtered('text', "md5: 'octal'")).toThrow(/'hex' or 'base64'/);
  });
});

describe('cast filters', () => {
  it.each([
    ['number', '42', 42],
    ['number', ' -1.5 ', -1.5],
    ['number', true, 1],
    ['number', '', null],
    ['number', null, null],
    ['string', 42, '42'],
    ['string', null, ''],
    ['string', { a: [1] }, '{"a":[1]}'],
    ['boolean', 'true', true],
    ['boolean', 'No', false],
    ['boolean', 1, true],
    ['boolean', null, false],
    ["default: 'x'", null, 'x'],
    ['json', { a: 1 }, '{"a":1}'],
    ["split: ',' | last", 'a,b', 'b'],
  ])('%s of %j is %j', (filter, value, expected) => {
    expect(filtered(value, filter)).toStrictEqual(expected);
  });

  it('refuse what has no such type', () => {
    expect(() => filtered('12 apples', 'number')).toThrow(/“12 apples” is no number/);
    expect(() => filtered('maybe', 'boolean')).toThrow(/neither true nor false/);
  });

  it('refuse a number that JSON would round to another one', () => {
    expect(() => filtered('12345678901234567890', 'number')).toThrow(/send it as text/);
  });
});

it('names every filter, its own and those of Liquid', () => {
  expect(filterNames).toEqual(
    expect.arrayContaining(['e164', 'hhmm', 'lucene', 'omit_empty', 'default', 'json', 'raw']),
  );
});
