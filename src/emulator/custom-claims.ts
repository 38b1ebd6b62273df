/** Claims that no action can set; Auth0 documents them, and that it says nothing when one tries. */
const restricted = new Set(
  `acr act active amr at_hash ath attest aud auth_time authorization_details azp c_hash client_id cnf cty dest entitlements
  events exp groups gty htm htu iat internalService iss jcard jku jti jwe jwk kid may_act mky nbf nonce object_id org_id
  org_name orig origid permissions roles rph s_hash sid sip_callid sip_cseq_num sip_date sip_from_tag sip_via_branch scope
  sub sub_jwk toe txn typ uuid vot vtm x5t#S256`.split(/\s+/),
);

/** Auth0's own domains, which are no namespace for others. */
const ownDomains = /^(.+\.)?(auth0\.com|webtask\.io|webtask\.run)$/;

/** Those of the claims that a token takes; the others are left out, without a word. */
export function acceptedClaims(claims: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(claims).filter(([name]) => !restricted.has(name) && !isOwnNamespace(name)));
}

function isOwnNamespace(name: string): boolean {
  return name.startsWith('urn:auth0') || ownDomains.test(URL.parse(name)?.hostname ?? '');
}
