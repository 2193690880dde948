import assert from 'node:assert/strict';
import { gunzipSync } from 'node:zlib';
import { Management, ManagementClient } from 'auth0';
import { claimsOf, fact, issuer, world } from './lib/journey.mjs';
import { oidc, relyingParty } from './lib/relying-party.mjs';

const { management: { id: clientId, secret: clientSecret } } = world.clients;
const auth0 = new ManagementClient({ domain: issuer.host, clientId, clientSecret, maxRetries: 0 });
const unique = Date.now().toString(36);

async function all(pages) {
  const found = [];
  for await (const item of await pages) {
    found.push(item);
    assert.ok(found.length < 1_000, 'the pages never end');
  }
  return found;
}

async function failsWith(status, errorCode, work) {
  const error = await work().then(() => assert.fail('it succeeded'), (caught) => caught);
  assert.equal(error.statusCode, status, error.message);
  if (errorCode) assert.equal(error.body?.errorCode, errorCode);
  return error;
}

// APIs
const api = await fact('creates an API', () => auth0.resourceServers.create({
  identifier: `https://orders-${unique}.example.test`, name: `Orders ${unique}`, scopes: [{ value: 'read:orders', description: 'Read orders' }], allow_offline_access: true,
}));
await fact('the API has an id and the defaults', () => {
  assert.match(api.id, /^[0-9a-f]{24}$/);
  assert.equal(api.signing_alg, 'RS256');
  assert.equal(api.token_lifetime, 86_400);
});
await fact('reads the API by id, and by its URL-encoded identifier', async () => {
  assert.equal((await auth0.resourceServers.get(api.id)).identifier, api.identifier);
  assert.equal((await auth0.resourceServers.get(api.identifier)).id, api.id);
});
await fact('changes the API', async () => {
  const changed = await auth0.resourceServers.update(api.id, { scopes: [{ value: 'read:orders' }, { value: 'write:orders' }] });
  assert.deepEqual(changed.scopes.map(({ value }) => value), ['read:orders', 'write:orders']);
});
await fact('the same identifier again is a conflict', () => failsWith(409, undefined, () => auth0.resourceServers.create({ identifier: api.identifier })));

// Clients
const app = await fact('creates a client', () => auth0.clients.create({
  name: `Backend ${unique}`, app_type: 'non_interactive', grant_types: ['client_credentials'], description: 'From the tests', client_metadata: { team: 'orders' },
}));
await fact('the client has an id and a secret', () => {
  assert.match(app.client_id, /^[A-Za-z0-9]{32}$/);
  assert.match(app.client_secret, /^[A-Za-z0-9]{64}$/);
  assert.equal(app.is_first_party, true);
  assert.deepEqual(app.grant_types, ['client_credentials']);
});
await fact('changes the client', async () => {
  const changed = await auth0.clients.update(app.client_id, { description: 'Changed', callbacks: ['https://orders.example.test/callback'] });
  assert.equal(changed.description, 'Changed');
  assert.deepEqual((await auth0.clients.get(app.client_id)).callbacks, ['https://orders.example.test/callback']);
});
await fact('fields picks members', async () => {
  const picked = await auth0.clients.get(app.client_id, { fields: 'client_id,name', include_fields: true });
  assert.deepEqual(Object.keys(picked).sort(), ['client_id', 'name']);
});

// Client grants: what was made above works at the token endpoint.
const grant = await fact('creates a client grant', () => auth0.clientGrants.create({ client_id: app.client_id, audience: api.identifier, scope: ['read:orders'] }));
const tokenOf = async (secret) => oidc.clientCredentialsGrant(await relyingParty({ id: app.client_id, secret }), { audience: api.identifier });
await fact('the new client gets a token for the new API', async () => assert.equal(claimsOf((await tokenOf(app.client_secret)).access_token).scope, 'read:orders'));
await fact('changes the client grant', async () => {
  await auth0.clientGrants.update(grant.id, { scope: ['read:orders', 'write:orders'] });
  assert.equal(claimsOf((await tokenOf(app.client_secret)).access_token).scope, 'read:orders write:orders');
});
await fact('lists the client\'s grants', async () => {
  const grants = await all(auth0.clientGrants.list({ client_id: app.client_id }));
  assert.deepEqual(grants.map(({ audience }) => audience), [api.identifier]);
});
await fact('rotates the secret: the new one works, the old one does not', async () => {
  const { client_secret } = await auth0.clients.rotateSecret(app.client_id);
  assert.notEqual(client_secret, app.client_secret);
  await tokenOf(client_secret);
  await assert.rejects(tokenOf(app.client_secret), { error: 'invalid_client' });
});

// Connections
const connection = await fact('creates a database connection', () => auth0.connections.create({ name: `db-${unique}`, strategy: 'auth0' }));
await fact('turns it on for the client, and off again', async () => {
  const enabled = async () => (await all(auth0.connections.clients.get(connection.id))).map(({ client_id }) => client_id);
  await auth0.connections.clients.update(connection.id, [{ client_id: app.client_id, status: true }]);
  assert.ok((await enabled()).includes(app.client_id), 'not turned on');
  await auth0.connections.clients.update(connection.id, [{ client_id: app.client_id, status: false }]);
  assert.ok(!(await enabled()).includes(app.client_id), 'not turned off');
});

// Users
const email = `grace-${unique}@example.com`;
const user = await fact('creates a user', () => auth0.users.create({
  connection: 'Username-Password-Authentication', email, password: `A long pass phrase ${unique}`, email_verified: true, user_metadata: { theme: 'dark', size: 1 },
}));
await fact('the user has an id and an identity', () => {
  assert.match(user.user_id, /^auth0\|[0-9a-f]{24}$/);
  assert.equal(user.identities[0].connection, 'Username-Password-Authentication');
  assert.equal(user.identities[0].provider, 'auth0');
  assert.equal('password' in user, false);
});
await fact('user_metadata is merged, and null takes a key away', async () => {
  const changed = await auth0.users.update(user.user_id, { user_metadata: { theme: null, lang: 'ja' }, blocked: true });
  assert.deepEqual(changed.user_metadata, { size: 1, lang: 'ja' });
  assert.equal(changed.blocked, true);
});
await fact('finds the user by e-mail address, and by a query', async () => {
  assert.deepEqual((await auth0.users.listUsersByEmail({ email })).map(({ user_id }) => user_id), [user.user_id]);
  assert.deepEqual((await all(auth0.users.list({ q: `email:"${email}"`, search_engine: 'v3' }))).map(({ user_id }) => user_id), [user.user_id]);
});
await fact('the same address again is a conflict', () => failsWith(409, undefined, () =>
  auth0.users.create({ connection: 'Username-Password-Authentication', email, password: `A long pass phrase ${unique}` })));

// Paging
const more = await fact('creates more clients, for the pages', () => Promise.all([1, 2, 3].map((n) => auth0.clients.create({ name: `Page ${n} ${unique}` }))));
await fact('reads every client, page after page, each once', async () => {
  const whole = (await all(auth0.clients.list())).map(({ client_id }) => client_id);
  const byTwo = (await all(auth0.clients.list({ per_page: 2 }))).map(({ client_id }) => client_id);
  assert.deepEqual(byTwo.sort(), whole.sort());
  assert.equal(new Set(byTwo).size, byTwo.length, 'one came twice');
  for (const { client_id } of [app, ...more]) assert.ok(whole.includes(client_id));
});
await fact('the total is exact', async () => {
  const page = await auth0.clients.list({ per_page: 2, page: 0, include_totals: true });
  assert.equal(page.data.length, 2);
  assert.equal(page.response.total, (await all(auth0.clients.list())).length);
});
await fact('reads APIs and users to the end too', async () => {
  assert.ok((await all(auth0.resourceServers.list({ per_page: 1 }))).some(({ id }) => id === api.id));
  assert.ok((await all(auth0.users.list({ per_page: 1 }))).some(({ user_id }) => user_id === user.user_id));
});
await fact('reads lists with checkpoints to the end', async () => {
  assert.ok((await all(auth0.clientGrants.list({ take: 1 }))).some(({ id }) => id === grant.id));
  assert.ok((await all(auth0.connections.list({ take: 1 }))).some(({ id }) => id === connection.id));
});

// Tenant settings
await fact('changes a flag and a setting, and leaves the others alone', async () => {
  const before = await auth0.tenants.settings.get();
  const after = await auth0.tenants.settings.update({ friendly_name: `Tenant ${unique}`, flags: { enable_dynamic_client_registration: true } });
  assert.equal(after.friendly_name, `Tenant ${unique}`);
  assert.deepEqual(after.flags, { ...before.flags, enable_dynamic_client_registration: true });
  assert.equal(after.session_lifetime, before.session_lifetime);
});

// Errors
await fact('an unknown client is a NotFoundError, with Auth0\'s code', async () => {
  const error = await failsWith(404, 'inexistent_client', () => auth0.clients.get('unknown'));
  assert.ok(error instanceof Management.NotFoundError, error.constructor.name);
});
await fact('a payload that is wrong is a BadRequestError that names the property', async () => {
  const error = await failsWith(400, 'invalid_body', () => auth0.clients.create({ name: 'x', no_such_member: 1 }));
  assert.ok(error instanceof Management.BadRequestError);
  assert.match(error.body.message, /no_such_member/);
});
await fact('a token that is none is an UnauthorizedError', async () => {
  const stranger = new ManagementClient({ domain: issuer.host, token: 'not-a-token', maxRetries: 0 });
  assert.ok(await failsWith(401, undefined, () => stranger.clients.list()) instanceof Management.UnauthorizedError);
});

// Tickets and jobs
await fact('makes links to confirm an address and to set a password', async () => {
  const { ticket } = await auth0.tickets.verifyEmail({ user_id: user.user_id, ttl_sec: 600 });
  assert.equal(new URL(ticket).origin, issuer.origin);
  const reset = await auth0.tickets.changePassword({ user_id: user.user_id, mark_email_as_verified: true });
  assert.match(new URL(reset.ticket).searchParams.get('ticket'), /^[\w-]{43}$/);
});
await fact('sends a letter, and tells what became of it', async () => {
  const job = await auth0.jobs.verificationEmail.create({ user_id: user.user_id });
  assert.equal(job.type, 'verification_email');
  assert.ok(['pending', 'completed'].includes((await auth0.jobs.get(job.id)).status));
});
await fact('imports and exports users', async () => {
  const { data: [database] } = await auth0.connections.list({ name: 'Username-Password-Authentication' });
  const email = `imported-${unique}@example.com`;
  const users = new Blob([JSON.stringify([{ email }, { email: 'none' }])]);
  const job = await ended(await auth0.jobs.usersImports.create({ users, connection_id: database.id, upsert: true }));
  assert.deepEqual(job.summary, { failed: 1, updated: 0, inserted: 1, total: 2 });
  assert.equal((await auth0.jobs.errors.get(job.id))[0].user.email, 'none');
  const fields = [{ name: 'email' }, { name: 'user_id', export_as: 'id' }];
  const { location } = await ended(await auth0.jobs.usersExports.create({ format: 'csv', fields }));
  const file = gunzipSync(await (await fetch(location)).arrayBuffer()).toString();
  assert.ok(file.includes(`"${email}","auth0|`));
  async function ended(begun) {
    for (let i = 0; i < 200; i++) {
      const now = await auth0.jobs.get(begun.id);
      if (now.status !== 'pending') return now;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error('the job does not end');
  }
});

// The log
await fact('reads what it did in the log, page by page', async () => {
  const events = await all(auth0.logs.list({ search: `type:sapi AND client_id:${clientId}`, per_page: 5 }));
  const made = events.find(({ description }) => description === 'POST /api/v2/clients');
  assert.equal(made.details.response.statusCode, 201);
  assert.equal((await auth0.logs.get(made.log_id)).date, made.date);
  await failsWith(404, 'log_not_found', () => auth0.logs.get('nothing'));
});
await fact('reads the log of a user', async () => {
  for (const event of await all(auth0.users.logs.list(world.user.id))) assert.equal(event.user_id, world.user.id);
});

// And away again
await fact('deletes what it made', async () => {
  await auth0.clientGrants.delete(grant.id);
  await auth0.users.delete(user.user_id);
  await auth0.connections.delete(connection.id);
  for (const { client_id } of [app, ...more]) await auth0.clients.delete(client_id);
  await auth0.resourceServers.delete(api.id);
  await failsWith(404, undefined, () => auth0.users.get(user.user_id));
  await failsWith(404, undefined, () => auth0.resourceServers.get(api.id));
  await failsWith(404, undefined, () => auth0.connections.get(connection.id));
});
