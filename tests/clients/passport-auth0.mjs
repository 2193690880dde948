import assert from 'node:assert/strict';
import session from 'express-session';
import passport from 'passport';
import Auth0Strategy from 'passport-auth0';
import { ManagementClient } from 'auth0';
import { startApp } from './lib/app.mjs';
import { Browser } from './lib/browser.mjs';
import { fact, issuer, world } from './lib/journey.mjs';

const { app: client, management } = world.clients;
const auth0 = new ManagementClient({ domain: issuer.host, clientId: management.id, clientSecret: management.secret, maxRetries: 0 });
const allow = async (on) => {
  const { flags } = await auth0.tenants.settings.update({ flags: { allow_access_token_in_query: on } });
  assert.equal(flags.allow_access_token_in_query, on);
};

passport.serializeUser((user, done) => done(null, user));
passport.deserializeUser((user, done) => done(null, user));
const site = await startApp((app, origin) => {
  passport.use(new Auth0Strategy(
    { domain: issuer.host, clientID: client.id, clientSecret: client.secret, callbackURL: `${origin}/callback` },
    (accessToken, refreshToken, extra, profile, done) => done(null, { profile, idToken: extra.id_token })));
  app.use(session({ secret: 'a secret of the application alone', resave: false, saveUninitialized: false }), passport.initialize(), passport.session());
  app.get('/login', passport.authenticate('auth0', { scope: 'openid profile email' }));
  app.get('/callback', passport.authenticate('auth0', { failureRedirect: '/failed' }), (request, response) => response.redirect('/'));
  app.get('/failed', (request, response) => response.status(401).type('text').send('the strategy refused the answer'));
  app.get('/', (request, response) => response.json(request.user ?? null));
});
const login = () => new Browser({ also: [site.origin] }).visit(`${site.origin}/login`);

await fact('the tenant forbids an access token in the query of /userinfo, which is the default', () => allow(false));
await fact('so the strategy, which sends it there, gets no profile', async () => {
  const end = await login();
  assert.equal(end.url.pathname, '/callback', end.text);
  assert.notEqual(end.status, 200);
});

await fact('the tenant allows it', () => allow(true));
await fact('login, with the profile', async () => {
  const end = await login();
  assert.equal(end.status, 200, `${end.url.pathname}: ${end.text}`);
  const { profile, idToken } = JSON.parse(end.body);
  assert.equal(profile.user_id ?? profile.id, world.user.id);
  assert.equal(profile.displayName, world.user.name);
  assert.deepEqual(profile.emails, [{ value: world.user.email }]);
  assert.ok(idToken);
});
await site.close();
