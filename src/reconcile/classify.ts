import { fileURLToPath } from 'node:url';
import type { Diagnostic } from '../language/diagnostic.ts';
import { diagnostic } from '../language/diagnostic.ts';
import { kinds } from '../stack/resource-kinds.ts';
import type { Target } from '../stack/target.ts';
import { endedWith } from './pulumi-command.ts';
import { nameOfUrn } from './state.ts';

/** What went wrong, as the engine or our own client said it. */
export interface Failure {
  readonly text: string;
  /** What was being done: `create role shop.admin`. */
  readonly doing: string;
}

/** What the texts are about. */
export interface Circumstances {
  readonly stack: string;
  readonly domain: string;
  readonly backend: string;
  /** What people are told to see to, in the words of the identity provider. */
  readonly advice: Target['advice'];
  /** How the engine is called on this machine, for advice; `pulumi` if not said. */
  readonly command?: string;
}

/**
 * Says in one line of ours what the tenant answered, from the provider's text or our own client's. Texts of the engine
 * and the provider are interpreted in this file and nowhere else; each pattern has a recorded example in the tests.
 */
export function classifyTenantFailure({ text, doing }: Failure, { domain, advice }: Circumstances): Diagnostic | null {
  const reason = reasonIn(text);
  if (/x509:|tls: |certificate|SELF_SIGNED|UNABLE_TO_(VERIFY|GET_ISSUER)|altnames/i.test(text)) {
    const help = 'name the certificate of its authority in SSL_CERT_FILE; for the loopback tenant, the one it prints';
    return diagnostic('RW6302', null, { domain, reason }, { help });
  }
  if (/\b429\b/.test(text)) {
    const help = 'run it again later; it goes on where it stopped';
    return diagnostic('RW6305', null, { domain, seconds: null }, { help });
  }
  if (/oauth2: |access_denied|invalid_client|\b401\b/.test(text)) {
    return diagnostic('RW6303', null, { domain, reason }, { help: advice.credentials });
  }
  if (/\b403\b/.test(text)) {
    // Auth0 names the scope; Keycloak says no more than that it is forbidden.
    const help = /scope|\b403 Forbidden$/im.test(text)
      ? advice.scopes
      : 'see what the tenant says; its plan may have reached a limit';
    return diagnostic('RW6304', null, { domain, reason, doing }, { help });
  }
  if (
    /connection refused|no such host|ECONNREFUSED|ENOTFOUND|EAI_AGAIN|network is unreachable|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|i\/o timeout/.test(
      text,
    )
  ) {
    return diagnostic('RW6301', null, { domain, reason }, { help: advice.address });
  }
  if (/\b(500|502|503|504|524)\b|\bEOF\b|connection reset|ECONNRESET|socket hang up/.test(text)) {
    return diagnostic('RW6306', null, { domain, reason, doing }, { help: 'run it again; it goes on where it stopped' });
  }
  // The provider reads back what it has made, and finds nothing: a tenant is not consistent at once.
  if (/non-nil error with nil state/.test(text)) {
    const unread = 'it does not show yet what it has just made';
    const help = 'run it again; what is there by then is taken over';
    return diagnostic('RW6306', null, { domain, reason: unread, doing }, { help });
  }
  if (/\b404 Realm not found/.test(text)) {
    const help = "make the realm, which Rolewright never does, or correct the environment's tenant";
    return diagnostic('RW6307', null, { domain, reason, doing }, { help });
  }
  if (/\b(400|404|409)\b/.test(text)) {
    // After an answer that was lost, the provider asks again for what is there already.
    const help = /\b409\b/.test(text)
      ? 'run it again: what a call without an answer has made is taken over; what somebody else has made is told'
      : 'run it again with --refresh: the tenant may have been changed by hand';
    return diagnostic('RW6307', null, { domain, reason, doing }, { help });
  }
  return null;
}

/** Says in one line of ours why a `pulumi` command failed outside of any resource. */
export function classifyEngineFailure(text: string, circumstances: Circumstances): Diagnostic {
  const { stack, backend } = circumstances;
  const reason = reasonIn(text);
  if (/no stack named .* found|stack .* not found/.test(text)) {
    return diagnostic('RW6204', null, { stack }, { help: '`rolewright up` creates it' });
  }
  if (/currently locked by|Another update is currently in progress/.test(text)) {
    return lockedBy(locksIn(text)[0], circumstances);
  }
  if (/passphrase must be set|incorrect passphrase/.test(text)) {
    const missing = /must be set/.test(text);
    const help = 'set PULUMI_CONFIG_PASSPHRASE, or PULUMI_CONFIG_PASSPHRASE_FILE';
    return diagnostic('RW6201', null, { stack, missing }, { help });
  }
  if (/PULUMI_ACCESS_TOKEN must be set|not logged in|pulumi login/i.test(text)) {
    const help = 'set PULUMI_BACKEND_URL, for instance to file://$HOME/.rolewright-state, or run `pulumi login`';
    return diagnostic('RW6205', null, {}, { help });
  }
  if (
    /no Pulumi\.yaml|could not unmarshal .*Pulumi|project file|could not be read: stat|failed to load project|stackConfigDir/.test(
      text,
    )
  ) {
    return diagnostic('RW6206', null, { reason }, { help: 'run it at the root of the repository' });
  }
  if (/bucket|blob|backend|checkpoint|dial tcp|no such host|permission denied|NoCredentialProviders/i.test(text)) {
    return diagnostic('RW6203', null, { backend, reason }, { help: 'check PULUMI_BACKEND_URL and the access to it' });
  }
  if (new RegExp(`${endedWith} SIG`).test(text)) {
    const help = 'run it again: it goes on where this one stopped; systems end processes when memory is short';
    return diagnostic('RW6502', null, { reason }, { help });
  }
  return diagnostic('RW6502', null, { reason }, { help: 'see its own output with --engine-detail' });
}

/** Says who holds a stack, as far as it is known, and how to get past a run that has died. */
export function lockedBy(lock: Lock | undefined, { stack, command = 'pulumi' }: Circumstances): Diagnostic {
  const holder =
    lock === undefined ? 'another run' : `${lock.user}@${lock.host} (process ${lock.pid}) since ${lock.since}`;
  const help = `wait for it to end; if it has died, \`${command} cancel --stack ${stack}\` removes the lock`;
  return diagnostic('RW6202', null, { stack, holder }, { help });
}

/** A lock of the file backend, as the engine prints it. */
export interface Lock {
  /** Its file, where the backend is a folder of this machine. */
  readonly file: string | null;
  readonly user: string;
  readonly host: string;
  readonly pid: number;
  readonly since: string;
}

/** The locks that the engine's refusal lists. */
export function locksIn(text: string): readonly Lock[] {
  return [...text.matchAll(/(?:(file:\S+?)(?:\?\S*)?: )?created by (.*)@(\S+) \(pid (\d+)\) at (\S+)/g)].map(
    ([, file, user = '', host = '', pid = '', since = '']) => ({
      ...{ file: file === undefined ? null : fileURLToPath(file), user, host, pid: Number(pid), since },
    }),
  );
}

const words: Readonly<Record<string, string>> = {
  [kinds.role]: 'role',
  [kinds.grants]: 'grants of role',
  [kinds.api]: 'API of application',
  [kinds.scopes]: 'scopes of application',
  [kinds.holder]: 'holder',
  [kinds.action]: 'sign-in action',
  [kinds.binding]: 'binding of the sign-in action',
  [kinds.defaultRole]: 'default role',
};

/** `create role shop.admin`, from a step of the engine. */
export function doingOf(op: string, type: string, urn: string): string {
  const verb = op === 'create-replacement' ? 'create' : op === 'refresh' ? 'read' : op.replace(/-.*/, '');
  return `${verb} ${words[type] ?? type} ${nameOfUrn(urn)}`;
}

/** The line of a text that says why; the provider's come in several lines, with its own source file in front. */
function reasonIn(text: string): string {
  const lines = text
    .split('\n')
    .map((line) =>
      line
        .trim()
        .replace(/^(\* |error: |sdk-v2\/\S+: sdk\.helper_schema: )+/, '')
        .replace(/: provider=auth0@\S+$/, ''),
    )
    .filter((line) => line !== '' && !/^\d+ errors? occurred:$/.test(line));
  const line = lines.at(-1) ?? 'no reason given';
  return line.length > 300 ? `${line.slice(0, 297)}...` : line;
}
