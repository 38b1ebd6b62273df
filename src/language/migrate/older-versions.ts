/** Versions of the language that are no longer read, but can be migrated; newest first. */
export const olderVersions = ['rolewright/v1alpha1'] as const;
