import type { DefaultTreeAdapterMap } from 'parse5';

type Node = DefaultTreeAdapterMap['node'];
type Element = DefaultTreeAdapterMap['element'];

/** A control that is sent with its form. */
export interface Field {
  name: string;
  /** Of an input, in lower case; else `select` or `textarea`. */
  type: string;
  value: string;
  /** Whether a checkbox or a radio button is on; always true for the rest. */
  checked: boolean;
  /** Of a select. */
  options: { value: string; text: string }[];
}

/** A control that sends its form. */
export interface Button {
  name: string;
  value: string;
  text: string;
  /** `formaction` and `formmethod`, which win over those of the form. */
  action: string | null;
  method: string | null;
}

/** A form as a browser without scripts sees it. */
export interface Form {
  id: string;
  name: string;
  /** Absolute. */
  action: string;
  method: 'GET' | 'POST';
  enctype: string;
  /** In the order of the page, hidden ones too; without what is disabled. */
  fields: Field[];
  buttons: Button[];
}

/** The forms of a page, by the rules of the HTML standard (section 4.10). @param url of the page, after redirects */
export async function formsIn(html: string, url: string): Promise<Form[]> {
  const { parse } = await import('parse5');
  const elements = [...elementsIn(parse(html))];
  const href = elements.find(({ tagName }) => tagName === 'base');
  const base = resolved(href ? attribute(href, 'href') : null, url);
  const forms = new Map<Element, Form>();
  for (const element of elements) {
    if (element.tagName === 'form') forms.set(element, emptyForm(element, base));
  }
  for (const element of elements) {
    const owner = ownerOf(element, elements);
    const form = owner && forms.get(owner);
    if (!form || isDisabled(element)) continue;
    const button = buttonIn(element, base);
    if (button) form.buttons.push(button);
    else form.fields.push(...fieldIn(element));
  }
  return [...forms.values()];
}

function emptyForm(element: Element, base: string): Form {
  return {
    id: attribute(element, 'id') ?? '',
    name: attribute(element, 'name') ?? '',
    action: resolved(attribute(element, 'action'), base),
    method: attribute(element, 'method')?.toLowerCase() === 'post' ? 'POST' : 'GET',
    enctype: attribute(element, 'enctype')?.toLowerCase() ?? 'application/x-www-form-urlencoded',
    fields: [],
    buttons: [],
  };
}

function buttonIn(element: Element, base: string): Button | null {
  const type = attribute(element, 'type')?.toLowerCase();
  const submits =
    (element.tagName === 'button' && type !== 'button' && type !== 'reset') ||
    (element.tagName === 'input' && (type === 'submit' || type === 'image'));
  if (!submits) return null;
  const value = attribute(element, 'value') ?? '';
  const action = attribute(element, 'formaction');
  return {
    name: attribute(element, 'name') ?? '',
    value,
    text: element.tagName === 'button' ? textIn(element) : (attribute(element, 'alt') ?? value),
    action: action === null ? null : resolved(action, base),
    method: attribute(element, 'formmethod'),
  };
}

function fieldIn(element: Element): Field[] {
  const name = attribute(element, 'name') ?? '';
  if (name === '') return [];
  const common = { name, checked: true, options: [] };
  switch (element.tagName) {
    case 'textarea':
      return [{ ...common, type: 'textarea', value: textIn(element, false) }];
    case 'select': {
      const all = [...elementsIn(element)].filter(({ tagName }) => tagName === 'option');
      const options = all.map((option) => {
        const text = textIn(option);
        return { value: attribute(option, 'value') ?? text, text };
      });
      const selected = all.findIndex((option) => attribute(option, 'selected') !== null);
      return [{ ...common, type: 'select', value: options[Math.max(0, selected)]?.value ?? '', options }];
    }
    case 'input': {
      const type = attribute(element, 'type')?.toLowerCase() ?? 'text';
      if (['button', 'reset', 'file'].includes(type)) return [];
      const ticked = type === 'checkbox' || type === 'radio';
      return [
        {
          ...common,
          type,
          value: attribute(element, 'value') ?? (ticked ? 'on' : ''),
          checked: !ticked || attribute(element, 'checked') !== null,
        },
      ];
    }
    default:
      return [];
  }
}

/** The form around a control, or the one that its `form` attribute names. */
function ownerOf(element: Element, elements: readonly Element[]): Element | null {
  const id = attribute(element, 'form');
  if (id !== null)
    return elements.find((each) => each.tagName === 'form' && attribute(each, 'id') === id) ?? null;
  return ancestor(element, ({ tagName }) => tagName === 'form');
}

function isDisabled(element: Element): boolean {
  if (attribute(element, 'disabled') !== null) return true;
  return (
    ancestor(element, (each) => each.tagName === 'fieldset' && attribute(each, 'disabled') !== null) !== null
  );
}

function ancestor(element: Element, is: (element: Element) => boolean): Element | null {
  for (let at = element.parentNode; at; at = 'parentNode' in at ? at.parentNode : null) {
    if ('tagName' in at && is(at)) return at;
  }
  return null;
}

/** In the order of the document. A loop, because a page may be nested deeper than calls can be. */
function* elementsIn(root: Node): Generator<Element> {
  const left: Node[] = [root];
  for (let at = left.pop(); at; at = left.pop()) {
    if ('tagName' in at && at !== root) yield at;
    if ('childNodes' in at) left.push(...at.childNodes.toReversed());
  }
}

function textIn(element: Element, collapsed = true): string {
  const left: Node[] = [...element.childNodes].reverse();
  let text = '';
  for (let at = left.pop(); at; at = left.pop()) {
    if (at.nodeName === '#text' && 'value' in at) text += at.value;
    if ('childNodes' in at) left.push(...at.childNodes.toReversed());
  }
  return collapsed ? text.replace(/\s+/g, ' ').trim() : text;
}

function attribute(element: Element, name: string): string | null {
  return element.attrs.find((each) => each.name === name)?.value ?? null;
}

/** An empty action is the page itself. */
function resolved(target: string | null, base: string): string {
  return target !== null && URL.canParse(target, base) ? new URL(target, base).href : base;
}
