import assert from 'node:assert/strict';
import { fact, refused, world } from './lib/journey.mjs';
import { Browser } from './lib/browser.mjs';
import { authorize, oidc, relyingParty } from './lib/relying-party.mjs';

const { post } = world.clients;
const config = await relyingParty(post);
const fromFragment = (url) => new URL(`${url.origin}${url.pathname}?${url.hash.slice(1)}`);
const asRequest = ({ url, form }) => new Request(url, { method: 'POST', body: new URLSearchParams(form.map(({ name, value }) => [name, value])) });

await fact('query: code, state and iss stand in the query', async () => {
  const { url, checks } = await authorize(config, { response_mode: 'query' });
  assert.deepEqual([...url.searchParams.keys()].sort(), ['code', 'iss', 'state']);
  assert.equal(url.searchParams.get('iss'), world.issuer);
  assert.equal(url.hash, '');
  await oidc.authorizationCodeGrant(config, url, checks);
});

await fact('query is the default', async () => {
  const { url } = await authorize(config);
  assert.ok(url.searchParams.has('code'));
});

await fact('fragment: they stand in the fragment', async () => {
  const { url, checks } = await authorize(config, { response_mode: 'fragment' });
  assert.equal(url.search, '');
  assert.deepEqual([...new URLSearchParams(url.hash.slice(1)).keys()].sort(), ['code', 'iss', 'state']);
  await oidc.authorizationCodeGrant(config, fromFragment(url), checks);
});

await fact('form_post: a page posts them', async () => {
  const end = await authorize(config, { response_mode: 'form_post' });
  assert.equal(end.url.href, world.redirectUri);
  assert.deepEqual(end.form.map(({ name }) => name).sort(), ['code', 'iss', 'state']);
  await oidc.authorizationCodeGrant(config, asRequest(end), end.checks);
});

await refused('an error answer has iss and state too, and openid-client takes it as one', 'login_required', async () => {
  const { url, checks } = await authorize(config, { browser: new Browser(), prompt: 'none' });
  assert.deepEqual([...url.searchParams.keys()].sort(), ['error', 'error_description', 'iss', 'state']);
  assert.equal(url.searchParams.get('iss'), world.issuer);
  await oidc.authorizationCodeGrant(config, url, checks);
});

await refused('an error by form_post', 'login_required', async () => {
  const end = await authorize(config, { browser: new Browser(), prompt: 'none', response_mode: 'form_post' });
  assert.ok(end.form.some(({ name, value }) => name === 'iss' && value === world.issuer), 'iss');
  await oidc.authorizationCodeGrant(config, asRequest(end), end.checks);
});

await refused('another issuer\'s answer is refused by the client, because ours says that it sends iss', 'OAUTH_INVALID_RESPONSE', async () => {
  const { url, checks } = await authorize(config);
  url.searchParams.set('iss', 'https://elsewhere.example.test/');
  await oidc.authorizationCodeGrant(config, url, checks);
});

await refused('an unknown API is refused at the redirect_uri', 'access_denied', async () => {
  const { url, checks } = await authorize(config, { audience: 'https://nowhere.example.test' });
  await oidc.authorizationCodeGrant(config, url, checks);
});

for (const [sentence, change] of [
  ['an unregistered redirect_uri', { redirect_uri: 'https://elsewhere.example.test/callback' }],
  ['an unknown client', { client_id: 'nobody' }],
]) {
  await fact(`${sentence} is told to the person, and never redirected to`, async () => {
    const url = oidc.buildAuthorizationUrl(config, { redirect_uri: world.redirectUri, scope: 'openid' });
    for (const [name, value] of Object.entries(change)) url.searchParams.set(name, value);
    const end = await new Browser().visit(url);
    assert.equal(end.status, 400, `arrived at ${end.url}`);
  });
}
