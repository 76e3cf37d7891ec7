import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createRedaction } from '../../src/http/redaction.ts';
import { tellingSecrets } from '../../src/operation/derived-secrets.ts';
import { renderTemplate } from '../../src/profile/template.ts';
import type { AuthConfig } from '../../src/profile/types.ts';

const secret = 'Opensesame-4711';
const phone = '+12125550123';
const md5 = (text: string) => createHash('md5').update(text).digest('hex');

const variables = {
  secrets: { P: secret, NONE: '' },
  auth: { session: 'Session-0123456789', instanceUrl: 'https://eu7.crm.example' },
  user: { accessToken: 'Access-0123456789', id: 'user-77' },
  phoneNumber: phone,
  numbers: [phone, '+12125550124'],
  kind: 'Contact',
};

/** What a template writes, and what of that is left when the redaction has learned of it. */
function shown(template: string, options: { escape?: 'none' | 'url' } = {}) {
  const redaction = createRedaction();
  const auth: AuthConfig = { type: 'login', steps: [], headers: {}, query: {}, discovers: ['instanceUrl'] };
  const written = tellingSecrets({ auth, credentials: {} }, redaction, 'other', () =>
    String(renderTemplate(template, variables, options)),
  );
  return { written, left: (text = written) => redaction.text(text) };
}

describe('what a template makes of a secret is redacted', () => {
  it.each([
    ['{{ secrets.P | md5 }}', md5(secret)],
    ['{% assign h = secrets.P | md5 %}{{ h }}', md5(secret)],
    ['{% assign a = secrets.P %}{% assign b = a | upcase %}<p>{{ b | md5 }}</p>', md5(secret.toUpperCase())],
    ['{% assign h = h2 | default: "" %}{{ h }}{% assign s = secrets %}{{ s.P | md5 }}', md5(secret)],
    ['{% capture h %}v1 {{ secrets.P }}{% endcapture %}{{ h | md5 }}', md5(`v1 ${secret}`)],
    [
      '{% capture h %}{% if phoneNumber %}{% echo secrets.P | md5 %}{% endif %}{% endcapture %}{{ h | upcase }}',
      md5(secret).toUpperCase(),
    ],
    ['{% assign parts = secrets.P | split: "-" %}{% for p in parts %}{{ p | md5 }}{% endfor %}', md5('4711')],
    [
      '{% assign parts = secrets.P | split: "-" %}{% tablerow p in parts %}{{ p | md5 }}{% endtablerow %}',
      md5('4711'),
    ],
    ['{% if phoneNumber %}{% liquid\n assign h = secrets.P | md5\n echo h %}{% endif %}', md5(secret)],
    ['{% assign u = user %}{{ u.accessToken | md5 }}', md5('Access-0123456789')],
    [
      '{% assign s = auth.session | md5 %}{% unless phoneNumber == "" %}{{ s }}{% endunless %}',
      md5('Session-0123456789'),
    ],
    ['{% assign x = "v1" %}{% assign x = x | append: secrets.P | md5 %}{{ x }}', md5(`v1${secret}`)],
  ])('%s', (template, made) => {
    const { written, left } = shown(template);
    expect(written).toContain(made);
    expect(left()).not.toContain(made);
  });

  it('also where a further template hides what was assigned', () => {
    const { left } = shown('{% assign h = secrets.P | md5 %}{{ h | prepend: "u:" | base64_encode }}');
    expect(left(md5(secret))).toBe('‹redacted›');
  });
});

describe('what stands beside a secret stays readable', () => {
  it.each([
    ['<s>{{ secrets.P }}</s>{% if phoneNumber %}<p>{{ phoneNumber }}</p>{% endif %}', phone],
    ['{{ secrets.P }}{% unless phoneNumber == "" %}{{ phoneNumber }}{% endunless %}', phone],
    ['{{ secrets.P }}{% case phoneNumber %}{% when "" %}{% else %}{{ phoneNumber }}{% endcase %}', phone],
    ['{{ secrets.P }}{% assign type = kind | default: "Lead" %}{{ type }}', 'Contact'],
    ['{% assign p = phoneNumber | append: "" %}{{ p }}{{ secrets.P }}', phone],
    [
      '{% capture p %}{% if secrets.P %}{{ phoneNumber }}{% endif %}{% endcapture %}{{ p }}{{ secrets.P }}',
      phone,
    ],
    ['{{ secrets.P }}{% for n in numbers %}{{ n }} {% endfor %}', phone],
    ['{% if secrets.P == "+12125550123" or phoneNumber %}{{ phoneNumber }}{% endif %}', phone],
    ['{% assign a = auth %}{{ a.session }} {{ a.instanceUrl }}', 'https://eu7.crm.example'],
  ])('%s', (template, beside) => {
    const { written, left } = shown(template);
    expect(written).toContain(beside);
    expect(left()).toContain(beside);
  });

  it.each([
    ['{{ secrets.NONE | default: "Contact" }}', 'Contact'],
    ["{% assign type = secrets.NONE | default: 'contact' | capitalize %}{{ type }}", 'Contact'],
    [
      '{% capture t %}{% if kind %}Contact{% else %}{{ secrets.P }}{% endif %}{% endcapture %}{{ t }}',
      'Contact',
    ],
    ['{{ secrets.P | size }}', '15'],
    ['{{ secrets.P | slice: 0, 3 }}', 'Ope'],
    ['is {{ secrets.P != "" }}', 'true'],
  ])('so does a word that does not come from it, and what is too short: %s', (template, word) => {
    const { written, left } = shown(template);
    expect(written).toContain(word);
    expect(left()).toBe(written);
  });

  it('so does such a word in an address', () => {
    const { left } = shown('/{{ secrets.NONE | default: "Sales Lead" }}', { escape: 'url' });
    expect(left('/Sales%20Lead of a Sales Lead')).toBe('/Sales%20Lead of a Sales Lead');
  });

  it('but a constant that is no word is taken for what it stands in for', () => {
    const { left } = shown('{{ secrets.NONE | default: "hunter2-0815" }}');
    expect(left()).toBe('‹redacted›');
  });
});

it('takes no time over variables that are made of each other', () => {
  const chain = Array.from(
    { length: 60 },
    (_, i) => `{% assign a${i + 2} = a${i + 1} | default: a${i} | slice: 0, 9 %}`,
  );
  const loop =
    '{% assign x = secrets.P %}{% if false %}{% assign x = x.next | default: x.next.next %}{% endif %}';
  const started = performance.now();
  shown(`{% assign a0 = secrets.P | md5 %}{% assign a1 = a0 %}${chain.join('')}${loop}{{ a61 }}{{ x }}`);
  expect(performance.now() - started).toBeLessThan(1_000);
});
