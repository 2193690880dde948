import assert from 'node:assert/strict';
import { Browser } from './lib/browser.mjs';
import { fact, refused, world } from './lib/journey.mjs';
import { authorize, login, oidc, relyingParty } from './lib/relying-party.mjs';

const { post } = world.clients;
const config = await relyingParty(post);
const silent = async (browser) => {
  const { url, checks } = await authorize(config, { browser, prompt: 'none' });
  return oidc.authorizationCodeGrant(config, url, checks);
};

await refused('prompt=none without a session is login_required', 'login_required', () => silent(new Browser()));

const { tokens, browser } = await login(config);
await fact('prompt=none with a session answers a code', () => silent(browser));

await fact('RP-initiated logout goes to the post_logout_redirect_uri with its state', async () => {
  const state = oidc.randomState();
  const { url } = await browser.authorize(oidc.buildEndSessionUrl(config, {
    id_token_hint: tokens.id_token, post_logout_redirect_uri: world.loggedOutUri, state,
  }));
  assert.equal(url.origin + url.pathname, world.loggedOutUri);
  assert.equal(url.searchParams.get('state'), state);
});
await refused('the session has ended', 'login_required', () => silent(browser));

await fact('without a hint the user is asked, and the session ends then', async () => {
  const { browser: another } = await login(config);
  const before = another.pressed.length;
  await another.visit(oidc.buildEndSessionUrl(config, {}));
  assert.deepEqual(another.pressed.slice(before), ['logout-confirm']);
  await assert.rejects(silent(another), { error: 'login_required' });
});

await fact('an unregistered post_logout_redirect_uri is never followed', async () => {
  const { browser: another, tokens: hint } = await login(config);
  const end = await another.visit(oidc.buildEndSessionUrl(config, {
    id_token_hint: hint.id_token, post_logout_redirect_uri: 'https://elsewhere.example.test/',
  }));
  assert.equal(end.status, 400, `arrived at ${end.url}`);
});

await fact('/v2/logout goes to an allowed returnTo, and ends the session', async () => {
  const { browser: another } = await login(config);
  const { url } = await another.authorize(new URL(`v2/logout?client_id=${post.id}&returnTo=${encodeURIComponent(world.loggedOutUri)}`, world.issuer));
  assert.equal(url.href, world.loggedOutUri);
  await assert.rejects(silent(another), { error: 'login_required' });
});
