import type { Entry } from './entry.ts';

/** RW67…: git, its revisions, and what two sides of a comparison are made from. */
export const revisionCodes = {
  RW6701: {
    severity: 'error',
    meaning: 'Earlier versions of the documents are read through git, and git was not found.',
    message: (p: { reason: string }) => `git cannot be run: ${p.reason}`,
    exitCode: 2,
  },
  RW6702: {
    severity: 'error',
    meaning: 'The folder is in no git repository, so there are no earlier versions of its documents.',
    message: (p: { folder: string }) => `${p.folder} is in no git repository`,
    exitCode: 2,
  },
  RW6703: {
    severity: 'error',
    meaning: 'git refuses to read its repository, or cannot.',
    message: (p: { reason: string }) => `git cannot read its repository: ${p.reason}`,
    exitCode: 2,
  },
  RW6704: {
    severity: 'error',
    meaning: 'A text that cannot be the name of a revision is not handed to git at all.',
    message: (p: { name: string; reason: string }) => `"${p.name}" is no name of a revision: ${p.reason}`,
    exitCode: 2,
  },
  RW6705: {
    severity: 'error',
    meaning: 'git knows no commit of this name.',
    message: (p: { name: string }) => `there is no revision "${p.name}"`,
    exitCode: 2,
  },
  RW6706: {
    severity: 'error',
    meaning: 'The name of a revision stands for several, and a judge that nobody has chosen judges nothing.',
    message: (p: { name: string }) => `"${p.name}" is the name of several revisions`,
    exitCode: 2,
  },
  RW6707: {
    severity: 'error',
    meaning: 'Two revisions have no commit in common, so it cannot be said where they parted.',
    message: (p: { base: string; head: string }) => `${p.base} and ${p.head} have no commit in common`,
    exitCode: 2,
  },
  RW6708: {
    severity: 'error',
    meaning: 'One side of a comparison has errors. Where an earlier revision of it has none, that one is compared.',
    message: (p: { side: string; instead: string | null }) =>
      p.instead === null
        ? `${p.side} has errors, so there is nothing to compare`
        : `${p.side} has errors; ${p.instead} is compared instead, the last revision before it that has a meaning`,
  },
  RW6709: {
    severity: 'warning',
    meaning: 'The clone is shallow: commits are missing, and what they did is not known.',
    message: (p: { first: string }) => `the clone is shallow: what happened before ${p.first} is not known`,
  },
  RW6710: {
    severity: 'warning',
    meaning:
      'Revisions whose documents have errors mean nothing. They are stepped over, and the last one before them counts on.',
    message: (p: { revisions: string; count: number }) =>
      p.count === 1
        ? `revision ${p.revisions} has errors and is stepped over`
        : `${p.count} revisions have errors and are stepped over: ${p.revisions}`,
  },
  RW6711: {
    severity: 'error',
    meaning: 'A file that was given as a desired state is none, or not the one that was built.',
    message: (p: { file: string; reason: string }) =>
      `${p.file} is not what \`rolewright build\` has written: ${p.reason}`,
    exitCode: 2,
  },
  RW6712: {
    severity: 'warning',
    meaning:
      'The base of a comparison breaks rules of its own. It means something all the same, so it is compared; what it breaks is not held against the change.',
    message: (p: { side: string; count: number }) =>
      `${p.side} has ${p.count} ${p.count === 1 ? 'error' : 'errors'} of its own, not counted here`,
  },
} as const satisfies Record<string, Entry>;
