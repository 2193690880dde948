// As its readme begins: nothing said of the response type, so that it is id_token by form_post.
import assert from 'node:assert/strict';
import eoc from 'express-openid-connect';
import { startApp } from './lib/app.mjs';
import { Browser } from './lib/browser.mjs';
import { fact, world } from './lib/journey.mjs';

const { implicit: client } = world.clients;
const site = await startApp((app, baseURL) => {
  app.use(eoc.auth({ issuerBaseURL: world.issuer, baseURL, clientID: client.id, secret: 'a secret of the application alone, 32 or more', authRequired: false }));
  app.get('/', (request, response) => response.json({ user: request.oidc.user ?? null }));
});
const browser = new Browser({ also: [site.origin] });

await fact('an ID token is posted to the application, and somebody is signed in', async () => {
  const end = await browser.visit(`${site.origin}/login`);
  assert.equal(end.status, 200, `stayed at ${end.url.origin}${end.url.pathname}: ${end.text}`);
  const { user } = JSON.parse(end.body);
  assert.equal(user?.sub, world.user.id);
  assert.equal(user.name, world.user.name);
  const asked = browser.seen.find((url) => url.pathname === '/authorize');
  assert.equal(asked.searchParams.get('response_type'), 'id_token');
  assert.equal(asked.searchParams.get('response_mode'), 'form_post');
});
await site.close();
