/**
 * Digests by path of the files that are no YAML documents of ours and judge a change all the same: workflows and actions
 * below `.github/`, the policy pack, CODEOWNERS, the settings.
 */
export type FileDigests = ReadonlyMap<string, string>;
