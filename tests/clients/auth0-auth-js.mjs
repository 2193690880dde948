import assert from 'node:assert/strict';
import { AuthClient } from '@auth0/auth0-auth-js';
import { Browser } from './lib/browser.mjs';
import { claimsOf, fact, issuer, refused, world } from './lib/journey.mjs';

const { post, machine } = world.clients;
const { audience, scope } = world.api;
const auth = new AuthClient({
  domain: issuer.host, clientId: post.id, clientSecret: post.secret,
  authorizationParams: { redirect_uri: world.redirectUri, audience, scope: `openid profile email offline_access ${scope}` },
});
const browser = new Browser();

const tokens = await fact('buildAuthorizationUrl and getTokenByCode, with neither state nor nonce', async () => {
  const { authorizationUrl, codeVerifier } = await auth.buildAuthorizationUrl();
  const { url } = await browser.authorize(authorizationUrl);
  return auth.getTokenByCode(url, { codeVerifier });
});
await fact('the tokens are the user\'s', () => {
  assert.equal(tokens.claims.sub, world.user.id);
  assert.equal(tokens.claims.email, world.user.email);
  assert.equal(claimsOf(tokens.accessToken).sub, world.user.id);
  assert.ok(tokens.expiresAt > Date.now() / 1_000);
});

await fact('getUserInfo', async () => assert.equal((await auth.getUserInfo({ accessToken: tokens.accessToken })).sub, world.user.id));

await fact('getTokenByRefreshToken', async () => {
  const fresh = await auth.getTokenByRefreshToken({ refreshToken: tokens.refreshToken });
  assert.equal(claimsOf(fresh.accessToken).sub, world.user.id);
});

await fact('getTokenByClientCredentials', async () => {
  const server = new AuthClient({ domain: issuer.host, clientId: machine.id, clientSecret: machine.secret });
  const { accessToken } = await server.getTokenByClientCredentials({ audience });
  assert.equal(claimsOf(accessToken).gty, 'client-credentials');
});

await fact('revokeToken', () => auth.revokeToken({ token: tokens.refreshToken }));
await refused('the revoked token refreshes no more', 'invalid_grant', () => auth.getTokenByRefreshToken({ refreshToken: tokens.refreshToken }));

await fact('buildLogoutUrl leads to the application, and ends the session', async () => {
  const { url } = await browser.authorize(await auth.buildLogoutUrl({ returnTo: world.loggedOutUri }));
  assert.equal(url.origin + url.pathname, world.loggedOutUri);
  const { authorizationUrl } = await auth.buildAuthorizationUrl({ authorizationParams: { redirect_uri: world.redirectUri, prompt: 'none' } });
  assert.equal((await browser.authorize(authorizationUrl)).url.searchParams.get('error'), 'login_required');
});
