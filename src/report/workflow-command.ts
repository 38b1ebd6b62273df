/** Makes a workflow command of GitHub Actions: `::error file=a.yaml,line=3::message`, with both escapes. */
export function workflowCommand(
  command: 'error' | 'warning' | 'notice',
  properties: Readonly<Record<string, string | number | null>>,
  message: string,
): string {
  const given = Object.entries(properties).filter(([, value]) => value !== null);
  const list = given.map(([key, value]) => `${key}=${property(String(value))}`).join(',');
  return `::${command}${list === '' ? '' : ` ${list}`}::${data(message)}`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
