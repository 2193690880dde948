import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import eoc from 'express-openid-connect';
import { ManagementClient } from 'auth0';
import { startApp } from './lib/app.mjs';
import { Browser } from './lib/browser.mjs';
import { fact, issuer, world } from './lib/journey.mjs';

const { auth } = eoc;
const { app: client, management } = world.clients;
const api = new ManagementClient({ domain: issuer.host, clientId: management.id, clientSecret: management.secret });

// What express-openid-connect asks of a store: that of express-session.
const kept = new Map();
const store = {
  get: (id, done) => done(null, kept.get(id)),
  set: (id, value, done) => { kept.set(id, value); done?.(null); },
  destroy: (id, done) => { kept.delete(id); done?.(null); },
};

const site = await startApp((app, baseURL) => {
  app.use(auth({
    issuerBaseURL: world.issuer, baseURL, clientID: client.id, clientSecret: client.secret, secret: 'a secret of the application alone, 32 or more',
    authRequired: false, authorizationParams: { response_type: 'code', scope: 'openid profile email' }, backchannelLogout: { store },
  }));
  app.get('/', (request, response) => response.json({ user: request.oidc.user ?? null }));
});
const home = async (browser) => JSON.parse((await browser.visit(`${site.origin}/`)).body).user;
const one = new Browser({ also: [site.origin] });
let sid;

await fact('the client says where it wants to learn of a logout', async () => {
  const { oidc_logout: said } = await api.clients.update(client.id, { oidc_logout: { backchannel_logout_urls: [`${site.origin}/backchannel-logout`] } });
  assert.deepEqual(said.backchannel_logout_urls, [`${site.origin}/backchannel-logout`]);
});

await fact('a person is signed in', async () => {
  await one.visit(`${site.origin}/login`);
  sid = (await home(one)).sid;
  assert.ok(sid);
});

await fact('an administrator ends the session, and the application learns of it by itself', async () => {
  await api.sessions.delete(sid);
  for (let i = 0; i < 100 && await home(one); i++) await pause(100);
  assert.equal(await home(one), null);
});

await fact('the person signs in again', async () => {
  await one.visit(`${site.origin}/login`);
  assert.equal((await home(one))?.sub, world.user.id);
});
await site.close();
