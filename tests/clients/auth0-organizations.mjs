import assert from 'node:assert/strict';
import { ManagementClient } from 'auth0';
import { claimsOf, fact, issuer, refused, world } from './lib/journey.mjs';
import { Browser } from './lib/browser.mjs';
import { authorize, login, oidc, relyingParty } from './lib/relying-party.mjs';

const { management: { id: clientId, secret: clientSecret } } = world.clients;
const auth0 = new ManagementClient({ domain: issuer.host, clientId, clientSecret, maxRetries: 0 });
const { organizations } = auth0;
const unique = Date.now().toString(36);

async function all(pages) {
  const found = [];
  for await (const item of await pages) {
    found.push(item);
    assert.ok(found.length < 1_000, 'the pages never end');
  }
  return found;
}

async function failsWith(status, work) {
  const error = await work().then(() => assert.fail('it succeeded'), (caught) => caught);
  assert.equal(error.statusCode, status, error.message);
}

const { data: [connection] } = await auth0.connections.list({ name: 'Username-Password-Authentication' });

// Organizations
const acme = await fact('creates an organization with a connection', () => organizations.create({
  name: `acme-${unique}`, display_name: 'Acme', branding: { logo_url: 'https://acme.example/logo.png', colors: { primary: '#0059d6', page_background: '#f0f0f0' } },
  metadata: { plan: 'gold' }, enabled_connections: [{ connection_id: connection.id, assign_membership_on_login: false }],
}));
await fact('it has an id, and is found by it, by its name and in the list', async () => {
  assert.match(acme.id, /^org_[A-Za-z0-9]{16}$/);
  assert.equal((await organizations.get(acme.id)).name, acme.name);
  assert.equal((await organizations.getByName(acme.name)).id, acme.id);
  assert.ok((await all(organizations.list({ take: 1 }))).some(({ id }) => id === acme.id));
  assert.ok((await all(organizations.list({ sort: 'name:1' }))).some(({ id }) => id === acme.id));
});
await fact('changes it', async () => assert.equal((await organizations.update(acme.id, { display_name: 'Acme Inc' })).display_name, 'Acme Inc'));
await fact('a second one of its name is a conflict', () => failsWith(409, () => organizations.create({ name: acme.name })));
const other = await organizations.create({ name: `other-${unique}` });

// Connections
await fact('lists its connections at both addresses', async () => {
  assert.equal((await all(organizations.enabledConnections.list(acme.id)))[0].connection.strategy, 'auth0');
  assert.equal((await all(organizations.connections.list(acme.id)))[0].is_enabled, true);
});
await fact('changes, removes and adds one', async () => {
  assert.equal((await organizations.enabledConnections.update(acme.id, connection.id, { assign_membership_on_login: true })).assign_membership_on_login, true);
  await organizations.enabledConnections.delete(acme.id, connection.id);
  await failsWith(404, () => organizations.enabledConnections.get(acme.id, connection.id));
  assert.equal((await organizations.connections.create(acme.id, { connection_id: connection.id })).connection_id, connection.id);
});

// Members
await fact('adds a member, and finds them', async () => {
  await organizations.members.create(acme.id, { members: [world.user.id] });
  assert.deepEqual((await all(organizations.members.list(acme.id))).map(({ user_id }) => user_id), [world.user.id]);
  assert.ok((await all(auth0.users.organizations.list(world.user.id))).some(({ id }) => id === acme.id));
});
await fact('gives the member a role there', async () => {
  const role = await auth0.roles.create({ name: `Editor ${unique}` });
  await organizations.members.roles.assign(acme.id, world.user.id, { roles: [role.id] });
  assert.deepEqual((await all(organizations.members.roles.list(acme.id, world.user.id))).map(({ id }) => id), [role.id]);
  assert.equal((await all(organizations.members.list(acme.id, { fields: 'user_id,roles' })))[0].roles[0].id, role.id);
  await organizations.members.roles.delete(acme.id, world.user.id, { roles: [role.id] });
});
await fact('a member of one organization is none of another', () => failsWith(404, () => all(organizations.members.roles.list(other.id, world.user.id))));

// A login in it
const app = await auth0.clients.create({
  name: `App ${unique}`, app_type: 'regular_web', token_endpoint_auth_method: 'client_secret_post', callbacks: [world.redirectUri],
  grant_types: ['authorization_code', 'refresh_token'], organization_usage: 'require', initiate_login_uri: 'https://app.example.test/login',
});
await auth0.connections.clients.update(connection.id, [{ client_id: app.client_id, status: true }]);
const config = await relyingParty({ id: app.client_id, secret: app.client_secret });

await refused('a login without an organization is refused', 'invalid_request', async () => {
  const { url, checks } = await authorize(config);
  await oidc.authorizationCodeGrant(config, url, checks);
});
await fact('a member logs in to it, and the tokens say so', async () => {
  const { tokens } = await login(config, { organization: acme.id, audience: world.api.audience });
  assert.equal(tokens.claims().org_id, acme.id);
  assert.equal(claimsOf(tokens.access_token).org_id, acme.id);
  assert.equal((await oidc.fetchUserInfo(config, tokens.access_token, world.user.id)).org_id, acme.id);
});
await refused('who is no member is not let in', 'access_denied', async () => {
  await organizations.connections.create(other.id, { connection_id: connection.id });
  const { url, checks } = await authorize(config, { organization: other.id });
  await oidc.authorizationCodeGrant(config, url, checks);
});
await fact('names pass when the tenant lets them', async () => {
  await auth0.tenants.settings.update({ allow_organization_name_in_authentication_api: true });
  const { tokens } = await login(config, { organization: acme.name });
  await auth0.tenants.settings.update({ allow_organization_name_in_authentication_api: false });
  assert.deepEqual([tokens.claims().org_id, tokens.claims().org_name], [acme.id, acme.name]);
});
await refused('a removed member refreshes no more', 'invalid_grant', async () => {
  const { tokens } = await login(config, { organization: acme.id, scope: 'openid offline_access' });
  await organizations.members.delete(acme.id, { members: [world.user.id] });
  await oidc.refreshTokenGrant(config, tokens.refresh_token);
});

// Invitations
const invitation = await fact('invites somebody', () => organizations.invitations.create(acme.id, {
  inviter: { name: 'Ada' }, invitee: { email: world.user.email }, client_id: app.client_id, send_invitation_email: false,
}));
await fact('the answer has the link, and later ones do not', async () => {
  const link = new URL(invitation.invitation_url);
  assert.equal(link.origin + link.pathname, 'https://app.example.test/login');
  assert.deepEqual([...link.searchParams.keys()], ['invitation', 'organization', 'organization_name']);
  assert.equal(link.searchParams.get('invitation'), invitation.ticket_id);
  const listed = (await all(organizations.invitations.list(acme.id))).find(({ id }) => id === invitation.id);
  assert.equal(listed.invitee.email, world.user.email);
  assert.equal(listed.invitation_url, undefined);
  assert.equal((await organizations.invitations.get(acme.id, invitation.id)).ticket_id, undefined);
});
await fact('who is invited signs in with it, and is a member', async () => {
  const { tokens } = await login(config, { organization: acme.id, invitation: invitation.ticket_id, screen_hint: 'login' });
  assert.equal(tokens.claims().org_id, acme.id);
  assert.equal((await all(organizations.members.list(acme.id))).length, 1);
});
await fact('the invitation is used up', async () => {
  await failsWith(404, () => organizations.invitations.get(acme.id, invitation.id));
  const end = await new Browser().visit(oidc.buildAuthorizationUrl(config, {
    redirect_uri: world.redirectUri, scope: 'openid', organization: acme.id, invitation: invitation.ticket_id, code_challenge: 'x'.repeat(43), code_challenge_method: 'S256',
  }));
  assert.match(end.text, /This invitation was used already/);
});

// Machines
await fact('a client grant is for the organizations that it was given to', async () => {
  const machine = await auth0.clients.create({ name: `Machine ${unique}`, app_type: 'non_interactive', grant_types: ['client_credentials'] });
  const grant = await auth0.clientGrants.create({ client_id: machine.client_id, audience: world.api.audience, scope: [world.api.scope], organization_usage: 'allow' });
  await organizations.clientGrants.create(acme.id, { grant_id: grant.id });
  assert.deepEqual((await all(organizations.clientGrants.list(acme.id))).map(({ id }) => id), [grant.id]);
  assert.deepEqual((await all(auth0.clientGrants.organizations.list(grant.id))).map(({ id }) => id), [acme.id]);
  const machines = await relyingParty({ id: machine.client_id, secret: machine.client_secret });
  const tokens = await oidc.clientCredentialsGrant(machines, { audience: world.api.audience, organization: acme.id });
  assert.equal(claimsOf(tokens.access_token).org_id, acme.id);
  await organizations.clientGrants.delete(acme.id, grant.id);
  await assert.rejects(oidc.clientCredentialsGrant(machines, { audience: world.api.audience, organization: acme.id }));
});

await fact('deletes organizations', async () => {
  await organizations.delete(acme.id);
  await organizations.delete(other.id);
  await failsWith(404, () => organizations.get(acme.id));
});
