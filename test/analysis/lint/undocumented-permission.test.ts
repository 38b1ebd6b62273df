import { describe, expect, it } from 'vitest';
import { catalog, clean, findings, silenced } from './repository.ts';

const lint = 'undocumented-permission';
const withoutEffects = {
  ...catalog,
  text: catalog.text.replace(/^ +whenDenied:\n(?: {12,}.*\n)*?(?= +- name|$)/gmu, ''),
};

function without(...effects: readonly RegExp[]) {
  return [...clean, { ...catalog, text: effects.reduce((text, effect) => text.replace(effect, ''), catalog.text) }];
}

const ofSettings = / +whenDenied:\n +refused:\n +- save settings\n/u;
const ofEditing = / +whenDenied:\n +refused:\n +- save a contract\n/u;

describe(lint, () => {
  it('finds a permission of which nothing is said', () => {
    expect(findings(lint, without(ofSettings))).toEqual([
      'roles/desk/catalog.yaml:31:17 nothing says what is lost without "settings/manage-settings"',
    ]);
  });

  it('finds a level of which nothing is said, beside one that is documented', () => {
    expect(findings(lint, without(ofEditing))).toEqual([
      'roles/desk/catalog.yaml:16:21 nothing says what is lost without "data/contract-data:edit"',
    ]);
  });

  it('takes a reason why nothing is known for an answer', () => {
    expect(catalog.text).toContain('undocumented: Nobody has looked yet.');
    expect(findings(lint, clean)).toEqual([]);
  });

  it('is told once for a catalog that documents nothing, with the count', () => {
    expect(withoutEffects.text).not.toContain('whenDenied');
    expect(findings(lint, [...clean, withoutEffects])).toEqual([
      'roles/desk/catalog.yaml:4:9 nothing says what is lost without any of the 3 permissions of desk',
    ]);
  });

  it('names the permission of a catalog that has only this one', () => {
    const [heading = ''] = catalog.text.split('    - name: data');
    const only = { ...catalog, text: `${heading}    - name: data\n      permissions:\n        - name: look-around\n` };
    expect(findings(lint, [only])).toEqual([
      'roles/desk/catalog.yaml:10:17 nothing says what is lost without "data/look-around"',
    ]);
  });

  it('says nothing of a catalog without permissions', () => {
    const [heading = ''] = catalog.text.split('    - name: data');
    expect(findings(lint, [{ ...catalog, text: `${heading}    - name: data\n      permissions: []\n` }])).toEqual([]);
  });

  it('is silenced in the catalog', () => {
    expect(findings(lint, [...clean, silenced(withoutEffects, lint)])).toEqual([]);
  });
});
