import assert from 'node:assert/strict';
import { claimsOf, fact, hasNames, refused, world } from './lib/journey.mjs';
import { oidc, relyingParty } from './lib/relying-party.mjs';

const { machine, post } = world.clients;
const { audience, scope } = world.api;
const config = await relyingParty(machine);

const tokens = await fact('a machine gets a token for its API', () => oidc.clientCredentialsGrant(config, { audience, scope }));

await fact('the answer holds what applies to it, and nothing else', () => {
  hasNames(tokens, ['access_token', 'expires_in', 'scope', 'token_type']);
  assert.equal(tokens.token_type, 'bearer');
});

await fact('the token has the granted scope, also when none was asked for', async () => {
  const unasked = await oidc.clientCredentialsGrant(config, { audience });
  assert.equal(claimsOf(unasked.access_token).scope, scope);
});

await fact('Basic and JSON work as well', async () => {
  await oidc.clientCredentialsGrant(await relyingParty(machine, 'basic'), { audience });
  const answer = await fetch(new URL('oauth/token', world.issuer), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ grant_type: 'client_credentials', client_id: machine.id, client_secret: machine.secret, audience }),
  });
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get('cache-control'), /no-store/);
});

await refused('an API without a client grant is refused', 'access_denied', () => oidc.clientCredentialsGrant(config, { audience: world.otherApi.audience }));
await refused('an unknown API is refused', 'access_denied', () => oidc.clientCredentialsGrant(config, { audience: 'https://nowhere.example.test' }));
await refused('a client without the grant type is refused', 'unauthorized_client', async () =>
  oidc.clientCredentialsGrant(await relyingParty(post), { audience }));
