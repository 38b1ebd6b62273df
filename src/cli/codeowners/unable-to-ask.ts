import { codeOwner } from '../../analysis/codeowners/code-owner.ts';
import { formatPlace } from '../../language/source.ts';
import type { TypedDocument } from '../../language/validate/typed-document.ts';
import { terminalText } from '../../report/terminal-text.ts';
import type { Outcome } from '../outcome.ts';
import { failure } from '../outcome.ts';

/** One line that GitHub cannot read makes it read none of the file, so an owner whom it could not ask is told. */
export function unableToAsk(documents: readonly TypedDocument[], organization: string | null): Outcome | null {
  const owners = documents.flatMap(({ value, document }) =>
    (value.metadata.owners ?? []).map((owner, index) => ({
      kind: codeOwner(owner, organization).kind,
      text: `"${terminalText(owner)}" (${formatPlace(document.locate(['metadata', 'owners', index]))})`,
    })),
  );
  const named = (kind: string) => owners.filter((owner) => owner.kind === kind).map(({ text }) => text);
  const nobody = named('nobody');
  if (nobody.length > 0) {
    const help = 'write @user, @organization/team, the name of a team, or an address';
    return failure(`CODEOWNERS cannot name ${nobody.join(', ')}`, help);
  }
  const teams = named('team-without-organization');
  if (teams.length === 0) return null;
  return failure(
    `the organization of ${teams.join(', ')} is not known`,
    'give --organization NAME once: GitHub writes a team as @NAME/team',
  );
}
