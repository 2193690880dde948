// The guide's own code: what a newcomer copies has to work as it stands.
import assert from 'node:assert/strict';
import * as cheerio from 'cheerio';
import { ManagementClient } from 'auth0';
import { AuthenticationClient } from 'auth0/legacy';
import * as client from 'openid-client';
import { auth } from 'express-openid-connect';
import { fact, issuer, world } from './lib/journey.mjs';

const page = cheerio.load(await (await fetch(new URL('guide', issuer))).text());
const { management: machine } = world.clients;
const names = { ManagementClient, AuthenticationClient, client, auth };
const AsyncFunction = (async () => {}).constructor;

/** Runs a snippet with a client's credentials; answers the variables that it declares. */
async function run(name, { id, secret }, more = {}) {
  const code = page(`[data-snippet="${name}"]`).text();
  assert.ok(code, `the guide has no snippet ${name}`);
  const body = code.replace(/^import .*$/gm, '').replaceAll('CLIENT_ID', id).replaceAll('CLIENT_SECRET', secret);
  const declared = [...body.matchAll(/^const (\w+) =/gm)].map(([, variable]) => variable);
  const scope = { ...names, ...more };
  const call = new AsyncFunction(...Object.keys(scope), `${body}\nreturn { ${declared.join(', ')} };`);
  return call(...Object.values(scope));
}

const made = await fact('creates the applications and the API', () => run('create', machine));
await fact('each answer is the created object, with its addresses', () => {
  const { app, spa, api } = made;
  assert.match(app.client_secret, /^[A-Za-z0-9]{64}$/);
  assert.ok(app.callbacks.includes('http://localhost:3000/callback'));
  assert.ok(app.allowed_logout_urls.includes('http://localhost:3000'));
  assert.deepEqual([spa.web_origins, spa.allowed_logout_urls, spa.callbacks], Array(3).fill(['http://localhost:3000']));
  assert.equal(api.identifier, 'https://api.example.com');
});

const own = { id: made.app.client_id, secret: made.app.client_secret };
await fact('auth0: both clients are made for the domain', async () => {
  const { management, authentication } = await run('auth0', machine);
  assert.equal((await management.clients.get(own.id)).name, 'My app');
  const { data } = await authentication.oauth.clientCredentialsGrant({ audience: new URL('api/v2/', issuer).href });
  assert.equal(data.token_type, 'Bearer');
});
await fact('openid-client: the discovered issuer is this server', async () => {
  const { config } = await run('openid-client', own);
  assert.equal(config.serverMetadata().issuer, issuer.href);
});
await fact('express-openid-connect: its settings make a handler', async () => {
  const used = [];
  await run('express', own, { app: { use: (handler) => used.push(handler) } });
  assert.equal(used.length, 1);
});
