import assert from 'node:assert/strict';
import { fact, refused, world } from './lib/journey.mjs';
import { login, offline, oidc, relyingParty } from './lib/relying-party.mjs';

const { post, spa } = world.clients;
const config = await relyingParty(post);

await fact('introspection tells of a live refresh token', async () => {
  const { tokens } = await login(config, offline);
  const told = await oidc.tokenIntrospection(config, tokens.refresh_token, { token_type_hint: 'refresh_token' });
  assert.equal(told.active, true);
  assert.equal(told.client_id, post.id);
  assert.equal(told.sub, world.user.id);
});

await fact('introspection tells of a live access token of an API', async () => {
  const { tokens } = await login(config, offline);
  const told = await oidc.tokenIntrospection(config, tokens.access_token);
  assert.equal(told.active, true);
  assert.equal(told.iss, world.issuer);
  assert.ok(told.scope.split(' ').includes(world.api.scope), `scope: ${told.scope}`);
  assert.equal(typeof told.exp, 'number');
});

await fact('introspection of an unknown token says inactive, and nothing more', async () =>
  assert.deepEqual({ ...await oidc.tokenIntrospection(config, 'unknown') }, { active: false }));

const { tokens } = await login(config, offline);
await fact('a refresh token is revoked', () => oidc.tokenRevocation(config, tokens.refresh_token));
await refused('and refreshes no more', 'invalid_grant', () => oidc.refreshTokenGrant(config, tokens.refresh_token));
await fact('and is inactive', async () => assert.equal((await oidc.tokenIntrospection(config, tokens.refresh_token)).active, false));
await fact('revoking it again is no error', () => oidc.tokenRevocation(config, tokens.refresh_token));
await fact('revoking an unknown token is no error', () => oidc.tokenRevocation(config, 'unknown'));

await fact('a public client revokes its own', async () => {
  const rp = await relyingParty(spa);
  const mine = (await login(rp, offline)).tokens;
  await oidc.tokenRevocation(rp, mine.refresh_token);
});

await fact('a client cannot revoke another\'s token', async () => {
  const { tokens: theirs } = await login(config, offline);
  await oidc.tokenRevocation(await relyingParty(spa), theirs.refresh_token).catch(() => {});
  await oidc.refreshTokenGrant(config, theirs.refresh_token);
});

await refused('revocation wants the client\'s secret', 'invalid_client', async () =>
  oidc.tokenRevocation(await relyingParty({ ...post, secret: 'wrong' }), 'unknown'));
await refused('introspection wants the client\'s secret', 'invalid_client', async () =>
  oidc.tokenIntrospection(await relyingParty({ ...post, secret: 'wrong' }), 'unknown'));
