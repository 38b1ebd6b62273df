/** The logical name of a role, from which a plan finds back to the YAML. Names have no dot, so it is unambiguous. */
export function logicalName(application: string, role: string): string {
  return `${application}.${role}`;
}

/** The application and the role of a logical name; the role is null for an application's own resources. */
export function namesOf(logical: string): { readonly application: string; readonly role: string | null } {
  const dot = logical.indexOf('.');
  if (dot < 0) return { application: logical, role: null };
  return { application: logical.slice(0, dot), role: logical.slice(dot + 1) };
}
