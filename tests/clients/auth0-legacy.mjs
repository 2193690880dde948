import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { AuthApiError, AuthenticationClient, UserInfoClient } from 'auth0/legacy';
import { Browser } from './lib/browser.mjs';
import { claimsOf, fact, issuer, refused, world } from './lib/journey.mjs';

const { post, machine } = world.clients;
const domain = issuer.host;
const { redirectUri: redirect_uri } = world;
const auth0 = new AuthenticationClient({ domain, clientId: post.id, clientSecret: post.secret });
const random = () => randomBytes(32).toString('base64url');

async function codeFor(client, parameters = {}) {
  const url = new URL('authorize', issuer);
  const state = random();
  const asked = { response_type: 'code', client_id: client.id, redirect_uri, scope: 'openid profile email', state, ...parameters };
  for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
  const end = await new Browser().authorize(url);
  assert.equal(end.url.searchParams.get('state'), state);
  return end.url.searchParams.get('code') ?? assert.fail(`no code: ${end.url}`);
}

const offline = { audience: world.api.audience, scope: `openid profile email offline_access ${world.api.scope}` };
const { data: tokens } = await fact('authorizationCodeGrant, with a nonce that the SDK checks', async () => {
  const nonce = random();
  return auth0.oauth.authorizationCodeGrant({ code: await codeFor(post, { ...offline, nonce }), redirect_uri }, { idTokenValidateOptions: { nonce } });
});
await fact('the answer has Auth0\'s spelling', () => {
  assert.equal(tokens.token_type, 'Bearer');
  assert.equal(tokens.expires_in, 86_400);
  assert.equal(claimsOf(tokens.id_token).sub, world.user.id);
});

await fact('authorizationCodeGrantWithPKCE', async () => {
  const code_verifier = random();
  const code_challenge = createHash('sha256').update(code_verifier).digest('base64url');
  const code = await codeFor(post, { code_challenge, code_challenge_method: 'S256' });
  const { data } = await auth0.oauth.authorizationCodeGrantWithPKCE({ code, code_verifier, redirect_uri });
  assert.equal(claimsOf(data.id_token).aud, post.id);
});

await fact('UserInfoClient.getUserInfo', async () => {
  const { data } = await new UserInfoClient({ domain }).getUserInfo(tokens.access_token);
  assert.equal(data.sub, world.user.id);
  assert.equal(data.email, world.user.email);
});

await fact('refreshTokenGrant', async () => {
  const { data } = await auth0.oauth.refreshTokenGrant({ refresh_token: tokens.refresh_token });
  assert.equal(claimsOf(data.access_token).sub, world.user.id);
});

await fact('clientCredentialsGrant', async () => {
  const server = new AuthenticationClient({ domain, clientId: machine.id, clientSecret: machine.secret });
  const { data } = await server.oauth.clientCredentialsGrant({ audience: world.api.audience });
  assert.equal(claimsOf(data.access_token).sub, `${machine.id}@clients`);
});

await fact('revokeRefreshToken', () => auth0.oauth.revokeRefreshToken({ token: tokens.refresh_token }));
const error = await refused('the revoked token refreshes no more', 'invalid_grant', () => auth0.oauth.refreshTokenGrant({ refresh_token: tokens.refresh_token }));
await fact('the SDK took that for an API error', () => assert.ok(error instanceof AuthApiError));
await refused('a code that never was is refused', 'invalid_grant', () => auth0.oauth.authorizationCodeGrant({ code: 'unknown', redirect_uri }));
