import assert from 'node:assert/strict';
import { claimsOf, fact, refused, world } from './lib/journey.mjs';
import { authorize, oidc, relyingParty } from './lib/relying-party.mjs';

const config = await relyingParty(world.clients.hybrid);
oidc.useCodeIdTokenResponseType(config);

await fact('code id_token: both stand in the fragment, the ID token bound to the code', async () => {
  const { url, checks } = await authorize(config, { response_type: 'code id_token' });
  const answer = new URLSearchParams(url.hash.slice(1));
  assert.deepEqual([...answer.keys()].sort(), ['code', 'id_token', 'iss', 'state']);
  assert.equal(typeof claimsOf(answer.get('id_token')).c_hash, 'string');
  const tokens = await oidc.authorizationCodeGrant(config, url, checks);
  assert.equal(tokens.claims().sub, world.user.id);
  assert.equal(tokens.claims().nonce, checks.expectedNonce);
});

await refused('a code that was exchanged for another is noticed by the client', 'OAUTH_JWT_CLAIM_COMPARISON_FAILED', async () => {
  const { url, checks } = await authorize(config, { response_type: 'code id_token' });
  const answer = new URLSearchParams(url.hash.slice(1));
  answer.set('code', 'x'.repeat(43));
  url.hash = answer.toString();
  await oidc.authorizationCodeGrant(config, url, checks);
});

const implicit = await relyingParty(world.clients.hybrid);
oidc.useIdTokenResponseType(implicit);

await fact('id_token: openid-client verifies it, with the profile', async () => {
  const { url, checks } = await authorize(implicit, { response_type: 'id_token', pkce: false });
  const claims = await oidc.implicitAuthentication(implicit, url, checks.expectedNonce, { expectedState: checks.expectedState });
  assert.equal(claims.sub, world.user.id);
  assert.equal(claims.email, world.user.email);
});
