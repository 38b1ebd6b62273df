interface Case {
  readonly name: string;
  readonly failed: boolean;
}

const tag = /<(\/?)([a-z-]+)((?:\s+[a-z]+="[^"<]*")*)\s*(\/?)>/y;
const allowed = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#9': '\t', '#10': '\n' };

/** Reads a JUnit report as strictly as XML asks: only what is well-formed passes. */
export function parseXml(text: string): { readonly suite: Readonly<Record<string, string>>; readonly cases: Case[] } {
  if (!allowed.test(text)) throw new Error('a character that XML 1.0 does not have');
  const head = '<?xml version="1.0" encoding="UTF-8"?>';
  if (!text.startsWith(head)) throw new Error('no declaration');
  const open: string[] = [];
  const cases: { name: string; failed: boolean }[] = [];
  let suite: Readonly<Record<string, string>> = {};
  for (let at = head.length; at < text.length; ) {
    if (text[at] !== '<') {
      const end = text.indexOf('<', at);
      decode(text.slice(at, end === -1 ? text.length : end));
      at = end === -1 ? text.length : end;
      continue;
    }
    tag.lastIndex = at;
    const match = tag.exec(text);
    if (match === null) throw new Error(`no tag at ${text.slice(at, at + 40)}`);
    const [whole, closing, name = '', attributes = '', empty] = match;
    at += whole.length;
    if (closing === '/') {
      if (open.pop() !== name) throw new Error(`</${name}> closes nothing`);
      continue;
    }
    const values = Object.fromEntries(
      [...attributes.matchAll(/([a-z]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, decode(value)]),
    );
    if (name === 'testsuite') suite = values;
    if (name === 'testcase') cases.push({ name: values.name ?? '', failed: false });
    const last = cases.at(-1);
    if (name === 'failure' && last !== undefined) last.failed = true;
    if (empty !== '/') open.push(name);
  }
  if (open.length > 0) throw new Error(`${open.join(', ')} not closed`);
  return { suite, cases };
}

function decode(text: string): string {
  return text.replace(/&([^;]*);?/g, (whole, name: string) => {
    const value = entities[name];
    if (value === undefined || !whole.endsWith(';')) throw new Error(`no entity ${whole}`);
    return value;
  });
}
