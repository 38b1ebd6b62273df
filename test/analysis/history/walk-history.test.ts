import { describe, expect, it } from 'vitest';
import { commitLine } from '../../../src/analysis/history/commit-line.ts';
import type { Holdings } from '../../../src/analysis/history/holdings.ts';
import type { WalkedHistory } from '../../../src/analysis/history/walk-history.ts';
import { walkHistory } from '../../../src/analysis/history/walk-history.ts';

/** Roles, each with what it holds; `new<old` is a role that was called old before. null: the revision means nothing. */
type Sketch = Readonly<Record<string, string>> | null;

/** A commit: its parents, and who holds what behind it. */
type SketchedCommit = readonly [parents: string, holds: Sketch];

const letters = ['a', 'b', 'c'];

function holdingsOf(sketch: Exclude<Sketch, null>): Holdings {
  const known = { title: '', formerly: [] };
  const subjects = Object.entries(sketch).map(([names, held]) => {
    const [name = '', ...formerly] = names.split('<');
    return {
      ...{ kind: 'role' as const, name, title: name, formerly: formerly.toReversed() },
      ...{ onlyIn: null, reach: null, people: [] },
      held: [...held].map((permission) => ({ permission, rank: 0, everywhere: true, through: null })),
    };
  });
  const levels = (scope: string) => [{ name: null, title: null, scope, sensitive: false, alsoForVendors: false }];
  const permissions = letters.map((name) => ({ ...known, name, levels: levels(name) }));
  const rest = { apps: [], vendors: [], buildingBlocks: [], newcomers: [] };
  return { applications: [{ ...known, name: 'shop', permissions, subjects, ...rest }] };
}

interface WalkOptions {
  readonly cutOff?: readonly string[];
  readonly wanted?: (step: string) => boolean;
}

/** Walks commits that are written oldest first, the last one the head. */
async function walked(
  commits: Readonly<Record<string, SketchedCommit>>,
  { cutOff = [], wanted = () => true }: WalkOptions = {},
): Promise<WalkedHistory> {
  const revisions = Object.entries(commits)
    .map(([id, [parents]]) => ({ id, parents: parents.split(' ').filter((parent) => parent !== '') }))
    .toReversed();
  const sketch = (id: string) => commits[id]?.[1] ?? null;
  const past = {
    keyOf: async (id: string) => JSON.stringify(sketch(id)),
    holdingsOf: async (id: string) => {
      const found = sketch(id);
      return found === null ? null : holdingsOf(found);
    },
    cutOff: new Set(cutOff),
  };
  return walkHistory(commitLine(revisions, revisions[0]?.id ?? ''), past, wanted);
}

/** `commit (merge): clerk gains a`, the newest first; new and removed roles are left out where they hold something. */
async function told(...[commits, options]: Parameters<typeof walked>): Promise<readonly string[]> {
  const { changes } = await walked(commits, options);
  return changes.map(({ change, commit, merge, steppedOver }) => {
    const what =
      change.what === 'permission'
        ? `${change.change} ${change.permission}`
        : change.what === 'subject' && change.change === 'renamed'
          ? `was ${change.before}`
          : `is ${change.change}`;
    const over = steppedOver.length === 0 ? '' : ` behind ${steppedOver.join(' ')}`;
    return `${commit}${merge === null ? '' : ` (${merge})`}${over}: ${change.name} ${what}`;
  });
}

describe('the line of a branch', () => {
  it('is walked by first parents, and what a merge brought is due to the commit that made it', async () => {
    const history = {
      start: ['', { clerk: '' }],
      side1: ['start', { clerk: 'a' }],
      side2: ['side1', { clerk: 'ab' }],
      main1: ['start', { clerk: 'c' }],
      merge: ['main1 side2', { clerk: 'abc' }],
    } as const;
    expect(await told(history)).toEqual([
      'side1 (merge): clerk given a',
      'side2 (merge): clerk given b',
      'main1: clerk given c',
      'start: clerk is new',
    ]);
  });

  it('has not changed where a branch gives and takes again before it is merged', async () => {
    const history = {
      start: ['', { clerk: 'c' }],
      side1: ['start', { clerk: 'ac' }],
      side2: ['side1', { clerk: 'c' }],
      side3: ['side2', { clerk: 'bc' }],
      merge: ['start side3', { clerk: 'bc' }],
    } as const;
    expect((await told(history)).filter((line) => !line.startsWith('start'))).toEqual(['side3 (merge): clerk given b']);
  });

  it('tells of the merge what only the meeting of two branches gives, and what the merge itself decides', async () => {
    const history = {
      start: ['', { clerk: '' }],
      side: ['start', { clerk: '', heir: '' }],
      main: ['start', { clerk: 'a' }],
      merge: ['main side', { clerk: 'ab', heir: 'a' }],
    } as const;
    expect(await told(history)).toEqual([
      'merge: clerk given b',
      'side (merge): heir is new',
      'merge: heir given a',
      'main: clerk given a',
      'start: clerk is new',
    ]);
  });

  it('tells of the merge what it takes back to how it was before the branches parted', async () => {
    const history = {
      start: ['', { clerk: 'a' }],
      side: ['start', { clerk: 'ab' }],
      main: ['start', { clerk: '' }],
      merge: ['main side', { clerk: 'ab' }],
    } as const;
    expect((await told(history)).slice(0, 2)).toEqual(['merge: clerk given a', 'side (merge): clerk given b']);
  });

  it('is found through a branch that was brought up to date, through branches of branches, and by an octopus', async () => {
    const history = {
      start: ['', { clerk: '' }],
      main: ['start', { clerk: 'c' }],
      side1: ['start', { clerk: 'a' }],
      update: ['side1 main', { clerk: 'ac' }],
      twig: ['side1', { clerk: 'ab' }],
      side2: ['update twig', { clerk: 'abc' }],
      other: ['start', { clerk: '', seller: 'b' }],
      merge: ['main side2 other', { clerk: 'abc', seller: 'b' }],
    } as const;
    expect((await told(history)).slice(0, 4)).toEqual([
      'side1 (merge): clerk given a',
      'twig (merge): clerk given b',
      'other (merge): seller is new',
      'other (merge): seller given b',
    ]);
  });

  it('may have been turned round by a pull: every change is still due to its commit', async () => {
    const history = {
      start: ['', { clerk: '' }],
      theirs1: ['start', { clerk: 'a' }],
      theirs2: ['theirs1', { clerk: 'ab' }],
      mine: ['start', { clerk: 'c' }],
      pull: ['mine theirs2', { clerk: 'abc' }],
    } as const;
    expect((await told(history)).slice(0, 3)).toEqual([
      'theirs1 (pull): clerk given a',
      'theirs2 (pull): clerk given b',
      'mine: clerk given c',
    ]);
  });

  it('follows renames on a merged branch, also of what is removed there', async () => {
    const history = {
      start: ['', { clerk: 'a', seller: 'b' }],
      side1: ['start', { 'agent<clerk': 'a', 'vendor<seller': 'b' }],
      side2: ['side1', { 'agent<clerk': 'ab' }],
      merge: ['start side2', { 'agent<clerk': 'ab' }],
    } as const;
    expect((await told(history)).slice(0, 4)).toEqual([
      'side1 (merge): agent was clerk',
      'side2 (merge): agent given b',
      'side2 (merge): seller is removed',
      'side2 (merge): seller taken b',
    ]);
  });
});

describe('who is who', () => {
  const history = {
    start: ['', { clerk: 'a', seller: 'b' }],
    rename: ['start', { 'agent<clerk': 'a', seller: 'b' }],
    remove: ['rename', { 'agent<clerk': 'a' }],
    again: ['remove', { 'agent<clerk': 'a', seller: 'c' }],
    rename2: ['again', { 'broker<agent<clerk': 'a', seller: 'c' }],
  } as const;

  it('is one role through all its names, and another one that takes the name of one that is gone', async () => {
    const { subjects, changes } = await walked(history);
    expect(subjects).toEqual([
      { now: 'shop/broker', names: ['shop/broker', 'shop/agent', 'shop/clerk'] },
      { now: 'shop/seller', names: ['shop/seller'] },
      { now: null, names: ['shop/seller'] },
    ]);
    const ofSeller = changes.filter(({ change }) => change.name === 'seller' && change.what === 'permission');
    expect(ofSeller.map(({ commit, subject }) => [commit, subject.now])).toEqual([
      ['again', 'shop/seller'],
      ['remove', null],
      ['start', null],
    ]);
  });

  it('is known also where only some days are asked about', async () => {
    const { changes } = await walked(history, { wanted: (step) => step === 'start' });
    expect(changes.map(({ change, subject }) => [change.name, change.what, subject.now])).toEqual([
      ['clerk', 'subject', 'shop/broker'],
      ['clerk', 'permission', 'shop/broker'],
      ['seller', 'subject', null],
      ['seller', 'permission', null],
    ]);
  });
});

describe('a revision that means nothing', () => {
  it('is stepped over: the last one before it counts on, and who repairs it is told with what stands before', async () => {
    const history = {
      start: ['', { clerk: 'a' }],
      broken1: ['start', null],
      broken2: ['broken1', null],
      repaired: ['broken2', { clerk: 'ab' }],
      broken3: ['repaired', null],
    } as const;
    expect((await told(history)).slice(0, 1)).toEqual(['repaired behind broken2 broken1: clerk given b']);
    expect((await walked(history)).steppedOver.toSorted()).toEqual(['broken1', 'broken2', 'broken3']);
    expect((await walked(history)).head).toEqual(holdingsOf({ clerk: 'ab' }));
  });

  it('on a merged branch is stepped over too', async () => {
    const history = {
      start: ['', { clerk: '' }],
      side1: ['start', { clerk: 'a' }],
      broken: ['side1', null],
      merge: ['start broken', { clerk: 'ab' }],
    } as const;
    expect((await told(history)).slice(0, 2)).toEqual(['side1 (merge): clerk given a', 'merge: clerk given b']);
  });
});

describe('a clone that ends somewhere', () => {
  it('blames nobody for what was there already', async () => {
    const history = {
      edge: ['', { clerk: 'a' }],
      next: ['edge', { clerk: 'ab' }],
    } as const;
    const options = { cutOff: ['edge'] };
    expect(await told(history, options)).toEqual(['next: clerk given b']);
    expect((await walked(history, options)).cutOff).toBe('edge');
    expect((await walked(history, { ...options, wanted: (step) => step === 'next' })).cutOff).toBeNull();
  });

  it('blames the merge where the merged branch is cut off', async () => {
    const history = {
      start: ['', { clerk: '' }],
      edge: ['', { clerk: 'a' }],
      merge: ['start edge', { clerk: 'a' }],
    } as const;
    expect((await told(history, { cutOff: ['edge'] })).slice(0, 1)).toEqual(['merge: clerk given a']);
  });
});
