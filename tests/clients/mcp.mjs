// An MCP client that knows nothing but the MCP server's address, and finds, registers and signs in by itself.
import assert from 'node:assert/strict';
import http from 'node:http';
import { auth } from '@modelcontextprotocol/sdk/client/auth.js';
import { ManagementClient } from 'auth0';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { Browser } from './lib/browser.mjs';
import { claimsOf, fact, issuer, world } from './lib/journey.mjs';

const { management } = world.clients;
const tenant = new ManagementClient({ domain: issuer.host, clientId: management.id, clientSecret: management.secret, maxRetries: 0 });

// The MCP server: it says who issues its tokens, and believes those that are for it.
const keys = createRemoteJWKSet(new URL('.well-known/jwks.json', issuer));
const mcp = http.createServer(async (request, response) => {
  const json = (status, body, headers = {}) => response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  if (request.url.startsWith('/.well-known/oauth-protected-resource'))
    return json(200, { resource, authorization_servers: [world.issuer], scopes_supported: ['tools:call'] });
  try {
    const { payload } = await jwtVerify(request.headers.authorization?.replace('Bearer ', '') ?? '', keys, { issuer: world.issuer, audience });
    json(200, { user: payload.sub, scope: payload.scope });
  } catch {
    json(401, { error: 'invalid_token' }, { 'www-authenticate': `Bearer resource_metadata="${new URL('/.well-known/oauth-protected-resource', resource)}"` });
  }
});
await new Promise((resolve) => { mcp.listen(0, '127.0.0.1', resolve); });
const resource = `http://127.0.0.1:${mcp.address().port}/mcp`;
const call = (token) => fetch(resource, { headers: token ? { authorization: `Bearer ${token}` } : {} });

await tenant.tenants.settings.update({ flags: { enable_dynamic_client_registration: true } });
// The API has a slash more than what clients send.
await tenant.resourceServers.create({ identifier: `${resource}/`, name: 'MCP server', scopes: [{ value: 'tools:call', description: 'Use the tools' }], allow_offline_access: true });
const audience = `${resource}/`;

/** An application on this machine, which keeps what it is given. */
class Application {
  saved = {};
  redirectUrl = 'http://127.0.0.1:33418/callback';
  state() { return 'state-of-mcp'; }
  get clientMetadata() {
    return {
      client_name: 'MCP client', client_uri: 'https://mcp.example.test', redirect_uris: [this.redirectUrl], token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'], scope: 'tools:call offline_access',
    };
  }
  clientInformation() { return this.saved.client; }
  saveClientInformation(client) { this.saved.client = client; }
  tokens() { return this.saved.tokens; }
  saveTokens(tokens) { this.saved.tokens = tokens; }
  redirectToAuthorization(url) { this.saved.url = url; }
  saveCodeVerifier(verifier) { this.saved.verifier = verifier; }
  codeVerifier() { return this.saved.verifier; }
}

for (const mode of ['permissive', 'strict']) {
  await tenant.tenants.settings.update({ dynamic_client_registration_security_mode: mode });
  if (mode === 'strict') {
    const [connection] = (await tenant.connections.list({ name: 'Username-Password-Authentication' })).data;
    await tenant.connections.update(connection.id, { is_domain_connection: true });
  }

  const application = new Application();

  await fact(`${mode}: without a token the MCP server sends the client off`, async () => assert.equal((await call()).status, 401));

  await fact(`${mode}: the client finds this server, registers itself without a secret and begins`, async () => {
    assert.equal(await auth(application, { serverUrl: resource, scope: 'tools:call offline_access' }), 'REDIRECT');
    assert.match(application.saved.client.client_id, mode === 'strict' ? /^tpc_[A-Za-z0-9]{32}$/ : /^[A-Za-z0-9]{32}$/);
    assert.equal('client_secret' in application.saved.client, false);
    assert.equal(application.saved.url.searchParams.get('resource'), resource);
    assert.equal(application.saved.url.searchParams.get('code_challenge_method'), 'S256');
  });

  await fact(`${mode}: the user signs in, agrees, and the code becomes tokens for the MCP server`, async () => {
    // Another port than the one that was registered: an installed program takes what is free.
    const address = new URL(application.saved.url);
    address.searchParams.set('redirect_uri', 'http://127.0.0.1:49152/callback');
    const elsewhere = await new Browser().authorize(address);
    assert.equal(elsewhere.url.host, '127.0.0.1:49152');
    assert.ok(elsewhere.url.searchParams.get('code'));

    const browser = new Browser();
    const { url } = await browser.authorize(application.saved.url);
    assert.deepEqual(browser.pressed, ['login-submit', 'consent-allow']);
    assert.equal(url.searchParams.get('state'), 'state-of-mcp');
    assert.equal(await auth(application, { serverUrl: resource, authorizationCode: url.searchParams.get('code') }), 'AUTHORIZED');
    assert.equal(claimsOf(application.saved.tokens.access_token).azp, application.saved.client.client_id);
    assert.equal(claimsOf(application.saved.tokens.access_token).aud, audience);
    assert.ok(application.saved.tokens.refresh_token);
  });

  await fact(`${mode}: the MCP server believes the token`, async () => {
    const answer = await call(application.saved.tokens.access_token);
    assert.equal(answer.status, 200);
    assert.equal((await answer.json()).user, world.user.id);
  });

  await fact(`${mode}: the client refreshes, and the new token is good too`, async () => {
    const before = application.saved.tokens;
    assert.equal(await auth(application, { serverUrl: resource }), 'AUTHORIZED');
    assert.notEqual(application.saved.tokens.refresh_token, before.refresh_token, 'it rotated');
    assert.equal((await call(application.saved.tokens.access_token)).status, 200);
  });
}
await tenant.tenants.settings.update({ dynamic_client_registration_security_mode: 'permissive' });
mcp.close();
