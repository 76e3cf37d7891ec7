/** The anchor of a CRM, by its place in the overview: a name may be anything, and occur twice. */
export function anchorOf(index: number): string {
  return `crm-${index + 1}`;
}
