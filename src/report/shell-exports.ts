/** `export NAME='value'` lines for a POSIX shell; `path` goes before what PATH holds there. */
export function shellExports(variables: Readonly<Record<string, string>>, path: readonly string[]): string {
  const lines = Object.entries(variables).map(([name, value]) => `export ${name}=${shellWord(value)}\n`);
  const front = path.map((folder) => `${shellWord(folder)}:`).join('');
  return [...lines, ...(front === '' ? [] : [`export PATH=${front}"$PATH"\n`])].join('');
}

/** One word of a POSIX shell, whatever is in it. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/u.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
