import type {
  CauseDifference,
  ControlChange,
  Difference,
  HeldLevel,
  LevelEffects,
  ReachedThing,
  SidePlace,
  SubjectDifference,
} from '../../../src/model/difference.ts';

/** All that a difference says of who may do what, line by line, as a test writes it down. */
export function told(difference: Difference): readonly string[] {
  return difference.subjects.flatMap(subjectLines);
}

/** `role viewer: changed, widening, high (sensitive)`, and what differs of it below. */
function subjectLines(subject: SubjectDifference): readonly string[] {
  const { kind, name, action, direction, severity, reasons, renamedFrom, retitledFrom, kindFrom, basedOn } = subject;
  const reason = reasons.length === 0 ? '' : ` (${reasons.join(', ')})`;
  const facts = [
    ...(renamedFrom === null ? [] : [`renamed from ${renamedFrom}`]),
    ...(retitledFrom === null ? [] : [`title was ${retitledFrom}`]),
    ...(kindFrom === null ? [] : [`was a ${kindFrom}`]),
    ...(basedOn === null ? [] : [`based on ${basedOn.head}, was ${basedOn.base}`]),
    ...(subject.onlyIn === null
      ? []
      : [`only in ${purposes(subject.onlyIn.head)}, was ${purposes(subject.onlyIn.base)}`]),
    ...subject.details,
  ];
  return [
    `${kind} ${name}: ${action}, ${direction}, ${severity}${reason}`,
    ...facts.map((fact) => `  ${fact}`),
    ...subject.permissions.map(({ permission, base, head, gains, losses, causes }) => {
      const moves = [...levels('+', gains), ...levels('-', losses)].join(' ');
      return `  ${permission} ${held(base)} → ${held(head)}: ${moves} by ${causes.map(place).join(', ')}`;
    }),
    ...(subject.reach?.gained ?? []).map((thing) => `  + ${thingLine(thing)}`),
    ...(subject.reach?.lost ?? []).map((thing) => `  - ${thingLine(thing)}`),
    ...subject.people.map(({ account, change, base, head }) => `  ${account} ${change}, ${base} → ${head}`),
  ];
}

/** Each line that caused something, with its reach: `head viewer.yaml:8 grants data/spend:view: viewer, owner`. */
export function causes({ causes: all, reachCauses }: Difference): readonly string[] {
  return [
    ...all.map(causeLine),
    ...reachCauses.map(
      ({ place: at, line, change, thing, reaches }) =>
        `${place(at)} ${line} ${change} ${thing.kind} ${thing.name}: ${reaches.map(({ name }) => name).join(', ')}`,
    ),
  ];
}

function causeLine({ place: at, line, declaration, names, permission, reaches }: CauseDifference): string {
  const what = `${declaration} ${line} ${names}`;
  return `${place(at)} ${what} → ${permission}: ${reaches.map(({ name }) => name).join(', ')}`;
}

/** Each change of what judges changes: `looser: guard production changed: …`. */
export function control({ control: changes }: Difference): readonly string[] {
  return changes.map(controlLine);
}

function controlLine({ subject, action, name, detail, loosens, place: at }: ControlChange): string {
  const verdict = loosens === null ? 'unclear' : loosens ? 'looser' : 'stricter';
  return `${verdict}: ${subject} ${name} ${action}${detail === '' ? '' : `: ${detail}`} @ ${at === null ? 'no line' : place(at)}`;
}

/** Each entry of the catalogs, after what the version calls for. */
export function catalogs({ catalogs: all }: Difference): readonly string[] {
  return all.flatMap(({ application, action, version, calls, versionIsEnough, changes }) => [
    `${application} ${action}, ${version.base} → ${version.head}: ${calls}${versionIsEnough ? '' : ', which the version does not say'}`,
    ...changes.map(
      ({ change, subject, name, was }) => `  ${subject} ${name} ${change}${was === null ? '' : ` (${was})`}`,
    ),
  ]);
}

/** `head viewer.yaml:8`. */
export function place({ side, file, line }: SidePlace): string {
  return `${side} ${file}:${line}`;
}

function thingLine({ kind, name, permissions, sensitive, cause }: ReachedThing): string {
  const mark = sensitive ? ' (sensitive)' : '';
  return `${kind} ${name}${mark}: ${permissions.join(', ') || 'nothing'} by ${place(cause)}`;
}

function held(level: HeldLevel | null): string {
  if (level === null) return 'none';
  const reach = level.everywhere ? '' : ' for its apps';
  return `${level.level ?? 'held'}${reach}${level.forVendors.length > 0 ? ' and vendors' : ''}`;
}

function levels(sign: '+' | '-', effects: readonly LevelEffects[]): readonly string[] {
  return effects.map(({ level, sensitive }) => `${sign}${level ?? 'held'}${sensitive ? '!' : ''}`);
}

function purposes(onlyIn: readonly string[] | null): string {
  return onlyIn === null ? 'all' : onlyIn.join(', ');
}
