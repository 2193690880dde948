import assert from 'node:assert/strict';
import { claimsOf, fact, refused, world } from './lib/journey.mjs';
import { login, offline, oidc, relyingParty } from './lib/relying-party.mjs';

const { post, spa } = world.clients;
const steady = await relyingParty(post);
const rotating = await relyingParty(spa);

const { tokens: first } = await fact('offline_access yields a refresh token', async () => {
  const result = await login(steady, offline);
  assert.equal(typeof result.tokens.refresh_token, 'string');
  return result;
});

await fact('a refresh answers a new access token and a new ID token for the same user', async () => {
  const tokens = await oidc.refreshTokenGrant(steady, first.refresh_token);
  assert.equal(claimsOf(tokens.access_token).sub, world.user.id);
  assert.equal(tokens.claims().sub, world.user.id);
  assert.equal(tokens.claims().nonce, undefined, 'the nonce belongs to the login alone');
});

await fact('a client that does not rotate uses the token again', () => oidc.refreshTokenGrant(steady, first.refresh_token));

await fact('scope may narrow', async () => {
  const tokens = await oidc.refreshTokenGrant(steady, first.refresh_token, { scope: 'openid' });
  assert.equal(claimsOf(tokens.access_token).scope, 'openid');
});

await refused('scope may not widen', 'invalid_scope', () => oidc.refreshTokenGrant(steady, first.refresh_token, { scope: 'openid email write:items' }));

await fact('without offline_access there is no refresh token', async () => {
  const { tokens } = await login(steady, { audience: world.api.audience, scope: 'openid' });
  assert.equal(tokens.refresh_token, undefined);
});

const rotated = await fact('a public client\'s token rotates', async () => {
  const { tokens } = await login(rotating, offline);
  const next = await oidc.refreshTokenGrant(rotating, tokens.refresh_token);
  assert.equal(typeof next.refresh_token, 'string');
  assert.notEqual(next.refresh_token, tokens.refresh_token);
  return { old: tokens.refresh_token, current: next.refresh_token };
});

rotated.current = await fact('the new one works, and rotates again', async () => (await oidc.refreshTokenGrant(rotating, rotated.current)).refresh_token);
await refused('the first one, used again, is refused', 'invalid_grant', () => oidc.refreshTokenGrant(rotating, rotated.old));
await refused('and its reuse ended the whole family', 'invalid_grant', () => oidc.refreshTokenGrant(rotating, rotated.current));

await refused('another client cannot use a refresh token', 'invalid_grant', () => oidc.refreshTokenGrant(rotating, first.refresh_token));
