// oidc-provider, a certified OpenID provider that nobody here wrote, behind a connection that auth0's ManagementClient makes.
import assert from 'node:assert/strict';
import http from 'node:http';
import { ManagementClient } from 'auth0';
import { Provider } from 'oidc-provider';
import { Browser } from './lib/browser.mjs';
import { claimsOf, fact, issuer, world } from './lib/journey.mjs';
import { login, oidc, relyingParty } from './lib/relying-party.mjs';

const { management: { id: clientId, secret: clientSecret }, post } = world.clients;
const auth0 = new ManagementClient({ domain: issuer.host, clientId, clientSecret, maxRetries: 0 });
const unique = Date.now().toString(36);
const secret = `a-secret-${crypto.randomUUID()}`;

const server = http.createServer();
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
const home = `http://localhost:${server.address().port}`;
const provider = new Provider(home, {
  clients: [{
    client_id: 'authserver', client_secret: secret, token_endpoint_auth_method: 'client_secret_basic',
    redirect_uris: [`${issuer}login/callback`], post_logout_redirect_uris: [`${issuer}login/logged-out`],
  }],
  cookies: { keys: [unique] },
  claims: { openid: ['sub'], profile: ['name'], email: ['email', 'email_verified'] },
  findAccount: (_, accountId) => ({ accountId, claims: () => ({ sub: accountId, name: 'Alice Example', email: 'alice@example.org', email_verified: true }) }),
  features: {
    devInteractions: { enabled: false },
    rpInitiatedLogout: { logoutSource: (ctx, form) => { ctx.body = `<!DOCTYPE html>${form.replace('</form>', '<input type="hidden" name="logout" value="yes"></form>')}<script>document.forms[0].submit()</script>`; } },
  },
  pkce: { required: () => true },
  interactions: { url: (_, { uid }) => `/interaction/${uid}` },
});
// Alice is always there, and always agrees.
provider.use(async (ctx, next) => {
  if (!ctx.path.startsWith('/interaction/')) return next();
  const { prompt, session, params } = await provider.interactionDetails(ctx.req, ctx.res);
  let result = { login: { accountId: 'alice' } };
  if (prompt.name === 'consent') {
    const grant = new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
    grant.addOIDCScope(params.scope);
    result = { consent: { grantId: await grant.save() } };
  }
  ctx.respond = false;
  await provider.interactionFinished(ctx.req, ctx.res, result, { mergeWithLastSubmission: true });
});
server.on('request', provider.callback());

const name = `alices-${unique}`;
const connection = await fact('creates an oidc connection', () => auth0.connections.create({
  name, strategy: 'oidc', display_name: 'Alice\'s provider',
  options: { type: 'back_channel', client_id: 'authserver', client_secret: secret, discovery_url: `${home}/.well-known/openid-configuration`, scope: 'openid profile email', token_endpoint_auth_method: 'client_secret_basic' },
}));
await fact('the secret is not shown', async () => {
  assert.equal('client_secret' in connection.options, false);
  assert.equal(JSON.stringify(await auth0.connections.get(connection.id)).includes(secret), false);
});
await fact('the connection is online', () => auth0.connections.checkStatus(connection.id));
await fact('turns it on for a client', () => auth0.connections.clients.update(connection.id, [{ client_id: post.id, status: true }]));

const config = await relyingParty(post);
const signIn = (browser = new Browser({ also: [home] })) => login(config, { browser, connection: name });
const userId = `oidc|${name}|alice`;
const { tokens, browser } = await fact('a user of the provider signs in to the client', () => signIn());
await fact('the ID token is about them', () => {
  const { sub, email, email_verified, name: called } = tokens.claims();
  assert.deepEqual({ sub, email, email_verified, called }, { sub: userId, email: 'alice@example.org', email_verified: true, called: 'Alice Example' });
});
await fact('the user has one identity', async () => {
  const user = await auth0.users.get(userId);
  assert.deepEqual(user.identities.map((i) => [i.connection, i.provider, i.user_id, i.isSocial]), [[name, 'oidc', `${name}|alice`, false]]);
});

await fact('a federated logout passes by the provider, ends the session there and comes back', async () => {
  const url = oidc.buildEndSessionUrl(config, { id_token_hint: tokens.id_token, post_logout_redirect_uri: world.loggedOutUri, federated: 'true' });
  const { url: end } = await browser.visit(url);
  assert.equal(end.href, world.loggedOutUri);
  assert.ok(browser.seen.some(({ href }) => href.startsWith(`${home}/session/end`)), 'the provider was not visited');
});

const primary = await fact('links the identity to another user', async () => {
  const { user_id } = await auth0.users.create({ connection: 'Username-Password-Authentication', email: `primary-${unique}@example.com`, password: `A long pass phrase ${unique}` });
  const identities = await auth0.users.identities.link(user_id, { provider: 'oidc', user_id: `${name}|alice` });
  assert.deepEqual(identities.map(({ provider: kind }) => kind), ['auth0', 'oidc']);
  return user_id;
});
await fact('both ways in lead to the one user', async () => assert.equal(claimsOf((await signIn()).tokens.id_token).sub, primary));
await fact('and after unlinking to two', async () => {
  const left = await auth0.users.identities.delete(primary, 'oidc', `${name}|alice`);
  assert.equal(left.length, 1);
  assert.equal(claimsOf((await signIn()).tokens.id_token).sub, userId);
});

await fact('deletes what it made', async () => {
  await auth0.users.delete(primary);
  await auth0.connections.delete(connection.id);
});
server.close();
server.closeAllConnections();
