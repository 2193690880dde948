import assert from 'node:assert/strict';
import eoc from 'express-openid-connect';
import { startApp } from './lib/app.mjs';
import { Browser } from './lib/browser.mjs';
import { fact, world } from './lib/journey.mjs';

const { auth, requiresAuth } = eoc;
const { app: client } = world.clients;

for (const [name, logout, through] of [
  ['auth0Logout', { auth0Logout: true, idpLogout: true }, '/v2/logout'],
  ['idpLogout', { auth0Logout: false, idpLogout: true }, '/oidc/logout'],
]) {
  const site = await startApp((app, baseURL) => {
    app.use(auth({
      issuerBaseURL: world.issuer, baseURL, clientID: client.id, clientSecret: client.secret, secret: 'a secret of the application alone, 32 or more',
      authRequired: false, authorizationParams: { response_type: 'code', scope: 'openid profile email' }, ...logout,
    }));
    app.get('/', (request, response) => response.json({ user: request.oidc.user ?? null }));
    app.get('/userinfo', requiresAuth(), async (request, response) => response.json(await request.oidc.fetchUserInfo()));
  });
  const browser = new Browser({ also: [site.origin] });
  const home = async () => JSON.parse((await browser.visit(`${site.origin}/`)).body);

  await fact(`${name}: nobody is signed in at first`, async () => assert.equal((await home()).user, null));

  await fact(`${name}: login comes back to the application, with the user's claims`, async () => {
    const end = await browser.visit(`${site.origin}/login`);
    assert.equal(end.status, 200, `stayed at ${end.url.origin}${end.url.pathname}: ${end.text}`);
    const { user } = JSON.parse(end.body);
    assert.equal(user?.sub, world.user.id);
    assert.equal(user.email, world.user.email);
    assert.equal(user.name, world.user.name);
    assert.ok(browser.pressed.includes('login-submit'));
  });

  await fact(`${name}: a page that requires a login asks userinfo`, async () => {
    const end = await browser.visit(`${site.origin}/userinfo`);
    assert.equal(end.status, 200, end.text);
    assert.equal(JSON.parse(end.body).sub, world.user.id);
  });

  await fact(`${name}: logout goes through ${through}, and comes back`, async () => {
    const end = await browser.visit(`${site.origin}/logout`);
    assert.equal(end.url.origin, site.origin, `stayed at ${end.url.origin}${end.url.pathname}: ${end.text}`);
    assert.ok(browser.seen.some((url) => url.pathname === through), `went through ${browser.seen.map((url) => url.pathname).join(' ')}`);
    assert.equal((await home()).user, null);
  });

  await fact(`${name}: the session at the server ended too, and the password is asked again`, async () => {
    const before = browser.pressed.length;
    await browser.visit(`${site.origin}/login`);
    assert.equal(browser.pressed[before], 'login-submit');
  });
  await site.close();
}
