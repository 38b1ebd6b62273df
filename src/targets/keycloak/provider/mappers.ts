import type { Mapper, TokenSettings } from '../token-claim.ts';
import { carriesPermissions, namesAudience } from '../token-claim.ts';

type Settings = Omit<TokenSettings, 'fullScopeAllowed'>;

/** The two that make a client's tokens what they should be: what their holder may do, and for whom they are. */
export function tokenMappers(clientId: string, claim: string): readonly [Mapper, Mapper] {
  const access = { 'access.token.claim': 'true', 'id.token.claim': 'false' };
  const protocol = 'openid-connect';
  const permissions = {
    ...{ 'claim.name': claim, 'jsonType.label': 'String', multivalued: 'true', 'userinfo.token.claim': 'false' },
    'usermodel.clientRoleMapping.clientId': clientId,
  };
  return [
    {
      ...{ name: 'rolewright permissions', protocol, protocolMapper: 'oidc-usermodel-client-role-mapper' },
      config: { ...access, ...permissions },
    },
    {
      ...{ name: 'rolewright audience', protocol, protocolMapper: 'oidc-audience-mapper' },
      config: { ...access, 'included.client.audience': clientId },
    },
  ];
}

/** What a client has to be given: each with the id of the one of ours that it takes the place of, where there is one. */
export function missingMappers(client: Settings, claim: string): readonly Mapper[] {
  const { clientId, protocolMappers = [] } = client;
  const [permissions, audience] = tokenMappers(clientId, claim);
  const isNamed = protocolMappers.some((mapper) => namesAudience(mapper, clientId));
  const missing = [...(carrierOf(client, claim) === undefined ? [permissions] : []), ...(isNamed ? [] : [audience])];
  return missing.map((mapper) => {
    const ours = protocolMappers.find(({ name }) => name === mapper.name);
    return ours?.id === undefined ? mapper : { ...mapper, id: ours.id };
  });
}

/** What else writes to the claim, and could add anything at all. What is ours is written again instead. */
export function strayMappers(client: Settings, claim: string): readonly (Mapper & { readonly id: string })[] {
  const { clientId, protocolMappers = [] } = client;
  const carrier = carrierOf(client, claim);
  const [permissions] = tokenMappers(clientId, claim);
  const kept = carrier ?? protocolMappers.find(({ name }) => name === permissions.name);
  return protocolMappers.flatMap((mapper) =>
    mapper !== kept && mapper.config?.['claim.name'] === claim && mapper.id !== undefined
      ? [{ ...mapper, id: mapper.id }]
      : [],
  );
}

function carrierOf({ clientId, protocolMappers = [] }: Settings, claim: string): Mapper | undefined {
  return protocolMappers.find(
    (mapper) => carriesPermissions(mapper, clientId) && mapper.config?.['claim.name'] === claim,
  );
}
