import assert from 'node:assert/strict';
import { ManagementClient } from 'auth0';
import { fact, issuer, refused, world } from './lib/journey.mjs';
import { login, oidc } from './lib/relying-party.mjs';

const { management } = world.clients;
const tenant = new ManagementClient({ domain: issuer.host, clientId: management.id, clientSecret: management.secret, maxRetries: 0 });
const allow = (on) => tenant.tenants.settings.update({ flags: { enable_dynamic_client_registration: on } });
const register = (metadata, authentication) => oidc.dynamicClientRegistration(issuer, { redirect_uris: [world.redirectUri], ...metadata }, authentication);

await allow(false);

await fact('while the tenant does not allow it the metadata names no registration endpoint', async () => {
  const server = await (await fetch(new URL('.well-known/openid-configuration', issuer))).json();
  assert.equal(server.registration_endpoint, undefined);
});

await allow(true);

const config = await fact('a client registers itself, and gets a secret', async () => {
  const registered = await register({ client_name: 'Registered by openid-client' });
  const metadata = registered.clientMetadata();
  assert.match(metadata.client_id, /^[A-Za-z0-9]{32}$/);
  assert.match(metadata.client_secret, /^[A-Za-z0-9]{64}$/);
  assert.equal(metadata.client_secret_expires_at, 0);
  assert.equal(metadata.client_name, 'Registered by openid-client');
  assert.deepEqual(metadata.redirect_uris, [world.redirectUri]);
  assert.equal(metadata.token_endpoint_auth_method, 'client_secret_post');
  assert.ok(!Object.values(metadata).includes(null));
  oidc.enableNonRepudiationChecks(registered);
  return registered;
});

const { browser } = await fact('a user signs in to it, and is asked for consent', async () => {
  const done = await login(config, { scope: 'openid profile email offline_access' });
  assert.deepEqual(done.browser.pressed, ['login-submit', 'consent-allow']);
  assert.equal(done.tokens.claims().sub, world.user.id);
  const again = await oidc.refreshTokenGrant(config, done.tokens.refresh_token);
  assert.equal(typeof again.access_token, 'string');
  return done;
});

await fact('a public client registers without a secret, and signs the same user in', async () => {
  const open = await register({ client_name: 'Public', token_endpoint_auth_method: 'none' }, oidc.None());
  assert.equal('client_secret' in open.clientMetadata(), false);
  const { tokens } = await login(open, { browser });
  assert.equal(tokens.claims().sub, world.user.id);
});

await refused('a redirect URI that is a script is refused', 'invalid_redirect_uri', () => register({ redirect_uris: ['javascript:alert(1)'] }));

await refused('a grant type that is an administrator\'s is refused', 'invalid_client_metadata', () => register({ grant_types: ['client_credentials'] }));

await fact('the owner sees the client, as a third party', async () => {
  const { data: client } = { data: await tenant.clients.get(config.clientMetadata().client_id) };
  assert.equal((client.data ?? client).is_first_party, false);
});

await allow(false);

await fact('once it is off the endpoint is gone', async () => {
  const answer = await fetch(new URL('oidc/register', issuer), { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
  assert.equal(answer.status, 404);
  assert.equal((await answer.json()).error, 'endpoint_disabled');
});
