import assert from 'node:assert/strict';
import { AuthApiError, AuthenticationClient } from 'auth0/legacy';
import { fact, hasNames, issuer, refused, world } from './lib/journey.mjs';

const { spa } = world.clients;
const connection = 'Username-Password-Authentication';
const { database } = new AuthenticationClient({ domain: issuer.host, clientId: spa.id });
const email = `linus-${Date.now().toString(36)}@example.com`;
const password = 'four unrelated words here';

await fact('database.signUp, with metadata', async () => {
  const { data } = await database.signUp({ email, password, connection, given_name: 'Linus', user_metadata: { plan: 'free' } });
  hasNames(data, ['_id', 'id', 'email', 'email_verified', 'given_name', 'user_metadata']);
  assert.match(data.id, /^[0-9a-f]{24}$/);
  assert.equal(data.email, email);
  assert.equal(data.email_verified, false);
});

const taken = await refused('a taken address is told in general words', 'invalid_signup', () => database.signUp({ email: email.toUpperCase(), password, connection }));
await fact('the SDK took that for an API error', () => {
  assert.ok(taken instanceof AuthApiError);
  assert.equal(taken.statusCode, 400);
  assert.equal(taken.error_description, 'Invalid sign up');
});
const weak = await refused('a weak password is refused', 'invalid_password', () => database.signUp({ email: `other-${email}`, password: 'short', connection }));
await fact('and says why', () => assert.match(weak.message, /too short/));
await refused('an unknown connection is refused', 'invalid_connection', () => database.signUp({ email, password, connection: 'nothing' }));

for (const who of [email, `nobody-${email}`]) {
  await fact(`database.changePassword for ${who === email ? 'a user' : 'nobody'}`, async () => {
    const { data } = await database.changePassword({ email: who, connection });
    assert.equal(data, "We've just sent you an email to reset your password.");
  });
}

await fact('as auth0.js calls them: JSON, from another origin, with its own header', async () => {
  const answer = await fetch(new URL('dbconnections/change_password', issuer), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: new URL(world.redirectUri).origin, 'Auth0-Client': btoa('{"name":"auth0.js","version":"9"}') },
    body: JSON.stringify({ client_id: spa.id, connection, email }),
  });
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get('access-control-allow-origin'), new URL(world.redirectUri).origin);
  assert.match(answer.headers.get('content-type'), /^text\/html/);
});
