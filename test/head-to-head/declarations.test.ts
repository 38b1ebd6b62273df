import { describe, expect, it } from 'vitest';
import { check } from '../../src/pipeline.ts';
import { declarationOf, viewer } from '../../tools/head-to-head/declaration.ts';
import { programOf } from '../../tools/head-to-head/plain-pulumi.ts';
import { documentsOf } from '../../tools/head-to-head/rolewright.ts';
import { situations } from '../../tools/head-to-head/situations.ts';

const errorsOf = (id: string) => {
  const situation = situations.find((one) => one.id === id) ?? situations[0];
  const declaration = declarationOf(situation?.after ?? viewer, situation?.isGuarded ?? false);
  const files = Object.entries(documentsOf(declaration)).map(([path, text]) => ({ path, text }));
  const [, diagnostics] = check(files.filter(({ path }) => path.startsWith('roles/')));
  return diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message);
};

describe('what the tools are given', () => {
  it('is right in every situation but those of M7, and wrong there for the reason that the page gives', () => {
    const wrong = situations.map(({ id }) => [id, errorsOf(id)] as const).filter(([, errors]) => errors.length > 0);
    expect(wrong).toEqual([
      ['M7a', ['unknown key "grnts"']],
      ['M7b', ['"reports:read" is not a reference']],
      ['M7c', ['unknown permission "data/reprots:read"']],
    ]);
  });

  it('says to each tool that a role is renamed, in the situation where that is said', () => {
    const [said, unsaid] = ['M6a', 'M6b'].map((id) => {
      const situation = situations.find((one) => one.id === id);
      const declaration = declarationOf(situation?.after ?? viewer, false);
      return `${programOf(declaration)}${Object.values(documentsOf(declaration)).join('')}`;
    });
    expect(said?.match(/aliases: \[\{ name: 'viewer' \}\]/gu)).toHaveLength(2);
    expect(said).toContain('formerly:\n    - viewer\n');
    expect(unsaid).not.toMatch(/aliases|formerly|viewer/u);
  });

  it('turns on the switches of the guarded situations, and no others', () => {
    const text = (isGuarded: boolean) => {
      const declaration = declarationOf(viewer, isGuarded);
      return `${programOf(declaration)}${documentsOf(declaration)['roles/dev.yaml']}`;
    };
    // Two resources of the API and two of each role; and the environment.
    expect(text(true).match(/protect: true/gu)).toHaveLength(7);
    expect(text(true)).toContain('maximumRemoval: 25%');
    expect(text(false)).not.toMatch(/protect|maximumRemoval/u);
  });
});
