import assert from 'node:assert/strict';
import { ManagementClient } from 'auth0';
import { claimsOf, fact, issuer, world } from './lib/journey.mjs';

const { management: { id: clientId, secret: clientSecret } } = world.clients;
const auth0 = new ManagementClient({ domain: issuer.host, clientId, clientSecret, maxRetries: 0 });
const trigger = { id: 'credentials-exchange', version: 'v2' };
const module = await fact('creates a module, and publishes a version of it', async () => {
  const made = await auth0.actions.modules.create({
    name: `names ${Date.now().toString(36)}`, code: `exports.claim = (name) => 'https://example.test/' + name;`,
  });
  const published = await auth0.actions.modules.versions.create(made.id);
  assert.equal(published.version_number, 1);
  return { module_id: made.id, module_name: made.name, module_version_id: published.id };
});
const code = `
const crypto = require('crypto');
const { claim } = require('actions:${module.module_name}');
exports.onExecuteCredentialsExchange = async (event, api) => {
  const mark = crypto.createHmac('sha256', event.secrets.KEY).update(event.client.client_id).digest('hex');
  api.accessToken.setCustomClaim(claim('mark'), mark);
};`;

const action = await fact('creates an Action with a secret and a module', () => auth0.actions.create({
  name: `Mark ${Date.now().toString(36)}`, supported_triggers: [trigger], code, runtime: 'node22',
  secrets: [{ name: 'KEY', value: 'k' }], dependencies: [], modules: [module],
}));
await fact('the Action is built, and shows no secret', () => {
  assert.equal(action.status, 'built');
  assert.deepEqual(Object.keys(action.secrets[0]).sort(), ['name', 'updated_at']);
});
await fact('tries the draft', async () => {
  const { payload } = await auth0.actions.test(action.id, { payload: { client: { client_id: 'x' } } });
  assert.equal(payload.commands[0][1], 'https://example.test/mark');
});
const version = await fact('deploys it', () => auth0.actions.deploy(action.id));
await fact('binds it', async () => {
  const { bindings } = await auth0.actions.triggers.bindings.updateMany(trigger.id, {
    bindings: [{ ref: { type: 'action_id', value: action.id }, display_name: 'Mark' }],
  });
  assert.equal(bindings[0].action.id, action.id);
});
const found = async (pages) => {
  const list = [];
  for await (const item of await pages) list.push(item);
  return list;
};
await fact('lists Actions, versions, triggers and bindings', async () => {
  assert.ok((await found(auth0.actions.list({ triggerId: trigger.id }))).some(({ id }) => id === action.id));
  assert.deepEqual((await found(auth0.actions.versions.list(action.id))).map(({ number }) => number), [1]);
  assert.equal((await found(auth0.actions.triggers.bindings.list(trigger.id))).length, 1);
  assert.ok((await auth0.actions.triggers.list()).triggers.some(({ id }) => id === 'post-login'));
});
await fact('lists modules, their versions and the Actions that load them', async () => {
  const { modules } = auth0.actions;
  assert.ok((await found(modules.list({ per_page: 1 }))).some(({ id }) => id === module.module_id));
  assert.equal((await found(modules.versions.list(module.module_id))).length, 1);
  assert.deepEqual((await found(modules.listActions(module.module_id))).map((use) => use.action_id),
    [action.id]);
  await assert.rejects(modules.delete(module.module_id), ({ statusCode }) => statusCode === 412);
});
await fact('rolls the draft of a module back', async () => {
  await auth0.actions.modules.update(module.module_id, { code: '// changed' });
  const { all_changes_published } = await auth0.actions.modules.rollback(
    module.module_id, { module_version_id: module.module_version_id });
  assert.ok(all_changes_published);
});
await fact('its claim is in the token', async () => {
  const response = await fetch(new URL('/oauth/token', issuer), {
    method: 'POST', headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret,
      audience: new URL('/api/v2/', issuer).href,
    }),
  });
  assert.match(claimsOf((await response.json()).access_token)['https://example.test/mark'], /^[0-9a-f]{64}$/);
});
await fact('deploys an earlier version again', async () => {
  await auth0.actions.update(action.id, { code: `${code}\n// changed` });
  await auth0.actions.versions.deploy(action.id, version.id, { update_draft: true });
  assert.equal((await auth0.actions.get(action.id)).code, code);
  assert.equal((await auth0.actions.versions.deploy(action.id, version.id)).number, 3);
});
await fact('unbinds and deletes it', async () => {
  await assert.rejects(auth0.actions.delete(action.id), ({ statusCode }) => statusCode === 409);
  await auth0.actions.triggers.bindings.updateMany(trigger.id, { bindings: [] });
  await auth0.actions.delete(action.id);
  await assert.rejects(auth0.actions.get(action.id), ({ statusCode }) => statusCode === 404);
  await auth0.actions.modules.delete(module.module_id);
});
