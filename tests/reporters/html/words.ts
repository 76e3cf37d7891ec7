/** What is read of a page: without tags, blanks as one. */
export function words(html: string): string {
  return html
    .replace(/<style>.*?<\/style>|<[^>]*>/gs, ' ')
    .replaceAll('&quot;', '"')
    .replace(/[\s\u00A0]+/g, ' ')
    .replace(/ ([.,;:)])/g, '$1');
}
