const hidden = '(not shown)';

/** The body of a call as the log of calls has it: without a password, and without the values of secrets. */
export function withoutSecrets(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return body;
  }
  return Object.fromEntries(
    Object.entries(body).map(([key, value]) => {
      if (key === 'password') {
        return [key, hidden];
      }
      return [key, key === 'secrets' && Array.isArray(value) ? value.map(withoutValue) : value];
    }),
  );
}

function withoutValue(secret: unknown): unknown {
  return typeof secret === 'object' && secret !== null && 'value' in secret ? { ...secret, value: hidden } : secret;
}
