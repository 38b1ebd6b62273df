const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for HTML, in an element or a quoted attribute: nothing in it is markup. */
export function htmlText(text: string): string {
  return text.replace(/[&<>"']/gu, (character) => entities[character] ?? '');
}
