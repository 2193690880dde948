import assert from 'node:assert/strict';
import { claimsOf, fact, refused, world } from './lib/journey.mjs';
import { authorize, login, oidc, relyingParty } from './lib/relying-party.mjs';

const { post, spa } = world.clients;
const config = await relyingParty(post);

const { tokens, browser } = await fact('a confidential client logs in with PKCE, state and nonce', () => login(config));

await fact('the user typed a password, and was asked nothing else', () => assert.deepEqual(browser.pressed, ['login-submit']));

await fact('the ID token tells who it is', () => {
  const claims = tokens.claims();
  assert.equal(claims.iss, world.issuer);
  assert.equal(claims.aud, post.id);
  assert.equal(claims.sub, world.user.id);
  assert.equal(claims.email, world.user.email);
  assert.equal(claims.email_verified, true);
  assert.equal(claims.name, world.user.name);
  assert.equal(typeof claims.sid, 'string');
  assert.equal(typeof claims.updated_at, 'string', 'as in Auth0\'s ID tokens');
  assert.equal(claims.auth_time, undefined, 'auth_time is for max_age');
});

await fact('the answer is a bearer token, without members that do not apply', () => {
  assert.equal(tokens.token_type, 'bearer');
  assert.equal(tokens.expiresIn() > 86_000, true);
  assert.equal('refresh_token' in tokens, false);
  assert.ok(!Object.values(tokens).includes(null));
});

await fact('without an audience the access token is opaque', () => assert.notEqual(tokens.access_token.split('.').length, 3));

await fact('userinfo answers to it with the same user', async () => {
  const user = await oidc.fetchUserInfo(config, tokens.access_token, world.user.id);
  assert.equal(user.email, world.user.email);
  assert.equal(user.name, world.user.name);
  assert.equal(typeof user.updated_at, 'number', 'OpenID Connect Core 5.1');
});

await refused('userinfo refuses another token', 'invalid_token', () => oidc.fetchUserInfo(config, 'not-a-token', world.user.id));

await fact('the browser is still signed in: a second login shows no page', async () => {
  const before = browser.pressed.length;
  await login(config, { browser });
  assert.equal(browser.pressed.length, before);
});

await fact('a confidential client may leave PKCE out', () => login(config, { pkce: false }));

await fact('no nonce asked, none in the ID token', async () => {
  const { tokens: plain } = await login(config, { nonce: false });
  assert.equal(plain.claims().nonce, undefined);
});

await fact('max_age puts auth_time into the ID token', async () => {
  const { url, checks } = await authorize(config, { max_age: '600' });
  const fresh = await oidc.authorizationCodeGrant(config, url, { ...checks, maxAge: 600 });
  assert.equal(typeof fresh.claims().auth_time, 'number');
});

await fact('a public client logs in with PKCE and no secret', async () => login(await relyingParty(spa)));

await refused('a public client without PKCE is sent back', 'invalid_request', async () => login(await relyingParty(spa), { pkce: false }));

await refused('a wrong verifier is refused', 'invalid_grant', async () => {
  const { url, checks } = await authorize(config);
  await oidc.authorizationCodeGrant(config, url, { ...checks, pkceCodeVerifier: oidc.randomPKCECodeVerifier() });
});

await refused('a verifier without a challenge is refused', 'invalid_grant', async () => {
  const { url, checks } = await authorize(config, { pkce: false });
  await oidc.authorizationCodeGrant(config, url, { ...checks, pkceCodeVerifier: oidc.randomPKCECodeVerifier() });
});

await refused('a code works once', 'invalid_grant', async () => {
  const { url, checks } = await authorize(config);
  await oidc.authorizationCodeGrant(config, url, checks);
  await oidc.authorizationCodeGrant(config, url, checks);
});

await fact('with an audience and openid the access token is for the API and userinfo', async () => {
  const { tokens: forApi } = await login(config, { audience: world.api.audience, scope: `openid ${world.api.scope}` });
  assert.deepEqual(claimsOf(forApi.access_token).aud, [world.api.audience, `${world.issuer}userinfo`]);
  await oidc.fetchUserInfo(config, forApi.access_token, world.user.id);
});
