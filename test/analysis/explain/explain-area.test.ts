import { describe, expect, it } from 'vitest';
import { areaNames } from '../../../src/analysis/explain/explain-area.ts';
import { areaExplained, linesOf } from './explained.ts';
import { modelOf, people, realFiles } from './real-catalogs.ts';

const model = modelOf([...(await realFiles()), people]);
const explained = (holder: string, text: string, app: string | null = null) =>
  linesOf(areaExplained(model, holder, text, app));

describe('an area that a caller names', () => {
  it('is found by the last part of its name, whatever the case', () => {
    expect(explained('flex-rental/front-desk', 'roi dashboard')).toEqual([
      'Front Desk sees Inventory > ROI Dashboard.',
      '  it takes     Can View Inventory  has it    flex-rental/inventory/view-inventory',
      '  who sees it  Bookkeeper, Front Desk, Shop Owner, Warehouse Lead',
      '',
    ]);
  });

  it('may take several permissions, and who sees it has all of them', () => {
    expect(explained('flex-rental/front-desk', 'Inventory > Inventory Worksheet')).toEqual([
      'Front Desk does not see Inventory > Inventory Worksheet.',
      '  it takes all of  Can Manage Inventory  lacks it  flex-rental/inventory/manage-inventory',
      '                   Can View Inventory    has it    flex-rental/inventory/view-inventory',
      '  who sees it      Shop Owner, Warehouse Lead',
      '',
    ]);
  });

  it('is every one whose name contains the text, if none is called so; actions are found as well', () => {
    const { matches } = areaExplained(model, 'flex-rental/front-desk', 'merge');
    expect(matches.map(({ kind, name, open }) => [kind, name, open])).toEqual([
      ['action', 'merge duplicate contacts', true],
      ['action', 'merge contacts', false],
    ]);
    expect(explained('flex-rental/front-desk', 'merge contacts')[0]).toBe('Front Desk cannot merge contacts.');
  });

  it('is seen for the apps of the role only', () => {
    expect(explained('productiv/zoom-administrators', 'cost per license')[0]).toBe(
      'Zoom Administrators sees cost per license, for Zoom only.',
    );
    const { matches } = areaExplained(model, 'productiv/zoom-administrators', 'cost per license', 'productiv/slack');
    expect(matches[0]?.open).toBe(false);
    expect(matches[0]?.openTo.map(({ name }) => name)).toContain('collaboration-owners');
  });

  it('is none where no denial speaks of it; the known names are there for a suggestion', () => {
    expect(areaExplained(model, 'flex-rental/front-desk', 'Moon').matches).toEqual([]);
    const [flex] = model.applications;
    const names = flex === undefined ? [] : areaNames(flex.definition);
    expect(names).toContain('ROI Dashboard');
    expect(names).toContain('Inventory > ROI Dashboard');
  });
});
