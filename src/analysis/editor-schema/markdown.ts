/** Text of a document as markdown: nothing in it is emphasis, code, a link, an entity or HTML. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]<#|!&~]/gu, '\\$&');
}

/** The paragraphs that are there, apart. */
export function paragraphs(...parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null).join('\n\n');
}

/** A title, with what is said of it behind, and a description, both as their author wrote them. */
export function titled(title: string, aside: string | null, description: string | null): string {
  const head = `**${escapeMarkdown(title)}**${aside === null ? '' : ` (${escapeMarkdown(aside)})`}`;
  return paragraphs(head, description === null ? null : escapeMarkdown(description));
}
