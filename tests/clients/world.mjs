// Fills a running server with what the journeys need, through its Management API, and prints the world for AUTHSERVER_WORLD.
//   node world.mjs https://localhost:5001/ CLIENT_ID CLIENT_SECRET
import { generateKeyPairSync } from 'node:crypto';
import { ManagementClient } from 'auth0';

const [issuer, id, secret] = process.argv.slice(2);
if (!secret) {
  console.error('node world.mjs ISSUER CLIENT_ID CLIENT_SECRET');
  process.exit(2);
}

const auth0 = new ManagementClient({ domain: new URL(issuer).host, clientId: id, clientSecret: secret, maxRetries: 0 });
const unique = Date.now().toString(36);
const redirectUri = 'https://app.example.test/callback';
const loggedOutUri = 'https://app.example.test/goodbye';
const appOrigins = Array.from({ length: 12 }, (_, n) => `http://localhost:${21101 + n}`);
const api = { audience: `https://api-${unique}.example.test`, scope: 'read:items' };
const otherApi = { audience: `https://other-${unique}.example.test` };
const scopes = [{ value: 'read:items', description: 'Read your items' }, { value: 'write:items', description: 'Change your items' }];
await auth0.resourceServers.create({ identifier: api.audience, name: 'Items', scopes, allow_offline_access: true, skip_consent_for_verifiable_first_party_clients: true });
await auth0.resourceServers.create({ identifier: otherApi.audience, name: 'Others' });

const web = { app_type: 'regular_web', grant_types: ['authorization_code', 'refresh_token'], callbacks: [redirectUri], allowed_logout_urls: [loggedOutUri] };
const add = (name, more) => auth0.clients.create({ name: `${name} ${unique}`, token_endpoint_auth_method: 'client_secret_post', ...web, ...more });
const known = ({ client_id, client_secret }) => ({ id: client_id, secret: client_secret });

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = publicKey.export({ type: 'spki', format: 'pem' });
const keyed = await add('keyed', {
  token_endpoint_auth_method: undefined,
  client_authentication_methods: { private_key_jwt: { credentials: [{ credential_type: 'public_key', name: 'key', pem, alg: 'RS256' }] } },
});
const [{ kid }] = await auth0.clients.credentials.list(keyed.client_id);

const clients = {
  post: known(await add('post')),
  basic: known(await add('basic', { token_endpoint_auth_method: 'client_secret_basic', client_secret: `with-hyphens_and_underscores-${crypto.randomUUID()}` })),
  spa: known(await add('spa', {
    app_type: 'spa', token_endpoint_auth_method: 'none',
    refresh_token: { rotation_type: 'rotating', expiration_type: 'expiring', leeway: 0, token_lifetime: 2_592_000, idle_token_lifetime: 1_296_000 },
  })),
  app: known(await add('app', { callbacks: appOrigins.map((origin) => `${origin}/callback`), allowed_logout_urls: [...appOrigins, ...appOrigins.map((origin) => `${origin}/`)] })),
  hybrid: known(await add('hybrid', { grant_types: ['authorization_code', 'implicit'] })),
  implicit: known(await add('implicit', { token_endpoint_auth_method: 'none', grant_types: ['implicit'], callbacks: appOrigins.map((origin) => `${origin}/callback`) })),
  machine: known(await add('machine', { app_type: 'non_interactive', grant_types: ['client_credentials'] })),
  keyed: { id: keyed.client_id, privateJwk: { ...privateKey.export({ format: 'jwk' }), kid, alg: 'RS256' } },
};
await auth0.clientGrants.create({ client_id: clients.machine.id, audience: api.audience, scope: [api.scope] });

const database = 'Username-Password-Authentication';
const { data: [connection] } = await auth0.connections.list({ name: database });
await auth0.connections.clients.update(connection.id, Object.values(clients).map(({ id: client_id }) => ({ client_id, status: true })));

const password = `a long pass phrase ${unique}`;
const { user_id, email, name } = await auth0.users.create({ connection: database, email: `grace-${unique}@example.com`, name: 'Grace Hopper', email_verified: true, password });

console.log(JSON.stringify({
  issuer, user: { id: user_id, email, password, name }, api, otherApi, redirectUri, loggedOutUri, appOrigins,
  clients: { ...clients, management: { id, secret } },
}));
