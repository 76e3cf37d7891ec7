import type { LoginPage } from '../../profile/types.ts';
import type { Button, Field, Form } from './forms.ts';

/** A form that is ready to be sent. */
export interface Submission {
  method: 'GET' | 'POST';
  url: string;
  /** Of a POST. */
  body?: string;
  /** What was typed into password fields, and what the server hid in the form. */
  secrets: string[];
}

/** Why a page of the profile does not fit the page that came. */
interface Misfit {
  problem: string;
}

/**
 * The form of a page that a step of the profile means, filled in and with its button pressed.
 * @returns `problem` says which forms, fields and buttons there were; values are never repeated
 */
export function fillForm(forms: readonly Form[], page: LoginPage): Submission | Misfit {
  const candidates = forms.filter((form) => page.form === undefined || isNamed(form, page.form));
  if (candidates.length === 0) {
    const wanted = page.form === undefined ? 'no form' : `no form "${page.form}"`;
    return { problem: `${wanted} on the page: ${describeForms(forms)}` };
  }
  const names = Object.keys(page.fill);
  const form = candidates.find(
    (each) =>
      names.every((name) => fieldOf(each, name)) &&
      (page.submit === undefined || pressed(each, page.submit) !== null),
  );
  if (!form) {
    const missing = names.filter((name) => !candidates.some((each) => fieldOf(each, name)));
    const what =
      missing.length > 0
        ? `a field ${missing.map((name) => `"${name}"`).join(', ')}`
        : page.submit !== undefined && !candidates.some((each) => pressed(each, page.submit ?? ''))
          ? `a button "${page.submit}"`
          : 'all of these fields and the button';
    return { problem: `no form with ${what}: ${describeForms(candidates)}` };
  }
  const button = page.submit === undefined ? (form.buttons[0] ?? null) : pressed(form, page.submit);
  if (button === 'ambiguous') {
    const values = form.buttons.map(({ value, text }) => `"${text || value}"`);
    return {
      problem: `several buttons are named "${page.submit}": give the value or the text of one: ${values.join(', ')}`,
    };
  }
  return submission(form, page, button);
}

/** "form 1 "login" (fields login, password; buttons "Sign in")": names only, for a person who writes a profile. */
export function describeForms(forms: readonly Form[]): string {
  if (forms.length === 0) return 'it has no forms';
  const described = forms.map(({ id, name, fields, buttons }, index) => {
    const title = name || id;
    const shown = [...new Set(fields.filter(({ type }) => type !== 'hidden').map((field) => field.name))];
    const pressable = buttons.map((button) => `"${button.text || button.value || button.name}"`);
    return `form ${index + 1}${title === '' ? '' : ` "${title}"`} (fields ${shown.join(', ') || 'none'}; buttons ${pressable.join(', ') || 'none'})`;
  });
  return `there is ${described.join(', ')}`;
}

function isNamed({ id, name, action }: Form, wanted: string): boolean {
  return id === wanted || name === wanted || action === wanted || new URL(action).pathname === wanted;
}

/** A field that people see, before a hidden one of the same name. */
function fieldOf({ fields }: Form, name: string): Field | undefined {
  const named = fields.filter((field) => field.name === name);
  return named.find(({ type }) => type !== 'hidden') ?? named[0];
}

function pressed({ buttons }: Form, wanted: string): Button | 'ambiguous' | null {
  const named = buttons.filter(({ name }) => name === wanted);
  if (named.length > 1) return 'ambiguous';
  const same = (text: string) => text.trim().toLowerCase() === wanted.trim().toLowerCase();
  return (
    named[0] ??
    buttons.find(({ value }) => value === wanted) ??
    buttons.find(({ text, value }) => same(text) || same(value)) ??
    null
  );
}

function submission(form: Form, page: LoginPage, button: Button | null): Submission | Misfit {
  const action = button?.action ?? form.action;
  const method = (button?.method ?? form.method).toUpperCase() === 'POST' ? 'POST' : 'GET';
  if (method === 'POST' && form.enctype === 'text/plain') {
    return { problem: 'the form is sent as text/plain, which this tool does not do' };
  }
  const entries: [string, string][] = [];
  const secrets: string[] = [];
  const filled = new Set<Field>();
  for (const name of Object.keys(page.fill)) {
    const field = fieldOf(form, name);
    if (field) filled.add(field);
  }
  for (const field of form.fields) {
    const given = page.fill[field.name];
    const own = given !== undefined && (filled.has(field) || field.type === 'radio');
    const value = own ? valueFor(field, given) : field.checked ? field.value : null;
    if (typeof value === 'object' && value !== null) return value;
    if (value === null) continue;
    entries.push([field.name, value]);
    if (field.type === 'password' || (field.type === 'hidden' && isMade(value))) secrets.push(value);
  }
  if (button && button.name !== '') entries.push([button.name, button.value]);
  const query = new URLSearchParams(entries).toString();
  if (method === 'POST') return { method, url: action, body: query, secrets };
  const url = new URL(action);
  url.search = query;
  return { method, url: url.href, secrets };
}

/** Made by a machine, as protections against forged requests are: no word, no address. */
function isMade(value: string): boolean {
  return value.length >= 12 && /\d/.test(value) && !/\s|:\/\//.test(value);
}

/** What a control sends for a value of the profile; null: nothing. */
function valueFor(field: Field, given: string): string | null | Misfit {
  switch (field.type) {
    case 'checkbox':
      return given === 'true' || given === field.value ? field.value : null;
    case 'radio':
      return given === field.value ? field.value : null;
    case 'select': {
      const option = field.options.find(({ value, text }) => value === given || text === given);
      if (option) return option.value;
      const known = field.options.map(({ text, value }) => `"${text || value}"`);
      return { problem: `the list "${field.name}" has no such entry: it has ${known.join(', ')}` };
    }
    default:
      return given;
  }
}
