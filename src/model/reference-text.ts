/** A permission at a level as documents of its application write it: `section/permission`, and its level if it has one. */
export function referenceText({ permission, level }: { readonly permission: string; readonly level: string | null }) {
  return level === null ? permission : `${permission}:${level}`;
}
