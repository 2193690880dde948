// The guide's own code: what a newcomer copies has to work as it stands.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createServer } from 'node:http';
import { Auth } from '@auth/core';
import Auth0 from '@auth/core/providers/auth0';
import * as cheerio from 'cheerio';
import express from 'express';
import { ManagementClient } from 'auth0';
import { AuthenticationClient } from 'auth0/legacy';
import * as client from 'openid-client';
import { auth } from 'express-openid-connect';
import { Browser } from './lib/browser.mjs';
import { fact, issuer, world } from './lib/journey.mjs';

/** The address of the snippets' applications. They listen on a free port, where the browser finds them. */
const address = 'http://localhost:3000';

const page = cheerio.load(await (await fetch(new URL('guide', issuer))).text());
const { management: machine } = world.clients;
const names = { ManagementClient, AuthenticationClient, client, auth };
const AsyncFunction = (async () => {}).constructor;

/** Runs a snippet with a client's credentials; answers the variables that it declares. */
async function run(name, { id, secret }, more = {}) {
  const code = page(`[data-snippet="${name}"]`).text();
  assert.ok(code, `the guide has no snippet ${name}`);
  const body = code.replace(/^import .*$/gm, '').replace(/^export /gm, '').replaceAll('CLIENT_ID', id).replaceAll('CLIENT_SECRET', secret);
  const declared = [...body.matchAll(/^const (\w+) =/gm)].map(([, variable]) => variable);
  const scope = { ...names, ...more };
  const call = new AsyncFunction(...Object.keys(scope), `{ ${body}\nreturn { ${declared.join(', ')} }; }`);
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
/** Listens with an application; answers a browser that knows it, and how to end it. */
async function serve(application) {
  const server = createServer(application);
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    browser: new Browser({ also: [address], ports: { [address]: server.address().port } }),
    close: () => { server.closeAllConnections(); server.close(); },
  };
}

await fact('express-openid-connect: its code signs in and out', async () => {
  const app = express();
  await run('express', own, { app });
  app.get('/', (request, response) => response.json(request.oidc.user));
  const { browser, close } = await serve(app);
  assert.equal(JSON.parse((await browser.visit(address)).body).email, world.user.email);
  const presses = browser.pressed.length;
  await browser.visit(`${address}/logout`);
  assert.ok(browser.seen.some((url) => url.pathname === '/oidc/logout'));
  // Back at the application, which requires a login.
  assert.equal(browser.pressed[presses], 'login-submit', 'the session at the server went on');
  close();
});

await fact('Auth.js: its code signs in', async () => {
  // What next-auth adds to @auth/core is where requests come from and answers go to.
  let config;
  await run('auth-js', own, { Auth0, NextAuth: (given) => { config = { ...given, secret: 'A_LONG_RANDOM_STRING', trustHost: true, basePath: '/api/auth' }; return {}; } });
  const { browser, close } = await serve(async (request, response) => {
    const chunks = await request.toArray();
    const answer = await Auth(
      new Request(address + request.url, { method: request.method, headers: request.headers, ...(chunks.length && { body: Buffer.concat(chunks) }) }), config);
    response.statusCode = answer.status;
    for (const [name, value] of answer.headers) response.appendHeader(name, value);
    response.end(await answer.text());
  });
  const { csrfToken } = JSON.parse((await browser.visit(`${address}/api/auth/csrf`)).body);
  await browser.visit(`${address}/api/auth/signin/auth0`, { csrfToken, callbackUrl: `${address}/api/auth/session` });
  const { user } = JSON.parse((await browser.visit(`${address}/api/auth/session`)).body);
  assert.equal(user.email, world.user.email);
  close();
});

await fact('curl: its commands are answered', async () => {
  const commands = page('#curl ~ pre code').first().text().replaceAll('CLIENT_ID', machine.id).replaceAll('CLIENT_SECRET', machine.secret);
  const answers = execFileSync('sh', ['-c', commands], { encoding: 'utf8' });
  assert.ok(answers.includes(`"issuer":"${issuer.href}"`), answers);
  assert.ok(answers.includes('"token_type":"Bearer"'), answers);
});
