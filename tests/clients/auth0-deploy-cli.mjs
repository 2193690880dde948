import assert from 'node:assert/strict';
import { mkdtemp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deploy, dump } from 'auth0-deploy-cli';
import log from 'auth0-deploy-cli/lib/logger.js';
import schema from 'auth0-deploy-cli/lib/tools/auth0/schema.js';
import yaml from 'js-yaml';
import { claimsOf, fact, issuer, world } from './lib/journey.mjs';

const { management: { id, secret } } = world.clients;
const unique = Date.now().toString(36);
const audience = `https://orders-${unique}.example.test`;
const worker = `Worker ${unique}`;
log.default.silent = true;
const folder = await mkdtemp(join(tmpdir(), 'deploy-cli-'));
process.on('exit', () => rm(folder, { recursive: true, force: true }));

// What this server has of deploy-cli's kinds; without the list it asks for all of Auth0's.
const config = {
  AUTH0_DOMAIN: issuer.host,
  AUTH0_CLIENT_ID: id,
  AUTH0_CLIENT_SECRET: secret,
  AUTH0_INCLUDED_ONLY: [
    'tenant', 'branding', 'resourceServers', 'clients', 'clientGrants', 'databases', 'connections', 'roles',
    'organizations', 'actions', 'triggers',
  ],
};

// Each import compiles the schemas, which takes seconds for the kinds that are not imported.
const needed = [...config.AUTH0_INCLUDED_ONLY, 'exclude', 'include'];
for (const kind of Object.keys(schema.default.properties)) {
  if (!needed.includes(kind)) delete schema.default.properties[kind];
}

// The members are those that an export of a tenant at Auth0 has.
const tenant = {
  tenant: {
    friendly_name: 'Shop', support_email: 'help@example.test', session_lifetime: 100, idle_session_lifetime: 48,
    session_cookie: { mode: 'non-persistent' }, sandbox_version: '22',
    oidc_logout: { rp_logout_end_session_endpoint_discovery: true },
    flags: { enable_pipeline2: false, revoke_refresh_token_grant: false, disable_clickjack_protection_headers: false },
  },
  branding: { colors: { primary: '#0059d6', page_background: '#fafafa' }, logo_url: 'https://example.test/logo.png' },
  resourceServers: [{
    name: `Orders ${unique}`, identifier: audience, signing_alg: 'RS256', token_dialect: 'access_token_authz',
    enforce_policies: true, allow_offline_access: true, token_lifetime: 7200,
    scopes: [{ value: 'read:orders', description: 'Read orders' }],
    subject_type_authorization: { user: { policy: 'allow_all' }, client: { policy: 'require_client_grant' } },
  }],
  clients: [{
    name: worker, app_type: 'non_interactive', grant_types: ['client_credentials'], client_metadata: { team: 'shop' },
    token_endpoint_auth_method: 'client_secret_post', oidc_conformant: true, sso_disabled: false,
    custom_login_page_on: true, cross_origin_authentication: false, is_token_endpoint_ip_header_trusted: false,
    native_social_login: { apple: { enabled: false }, facebook: { enabled: false } },
    jwt_configuration: { alg: 'RS256', lifetime_in_seconds: 36000, secret_encoded: false, scopes: {} },
    session_transfer: { can_create_session_transfer_token: false, enforce_cascade_revocation: true },
    oidc_logout: {
      backchannel_logout_urls: ['https://shop.example.test/logout'], backchannel_logout_initiators: { mode: 'all' },
    },
    refresh_token: {
      rotation_type: 'rotating', expiration_type: 'expiring', leeway: 0, token_lifetime: 2592000,
      idle_token_lifetime: 1296000, infinite_token_lifetime: false, infinite_idle_token_lifetime: false,
    },
  }],
  clientGrants: [{ client_id: worker, audience, scope: ['read:orders'] }],
  databases: [{
    name: `users-${unique}`, strategy: 'auth0', enabled_clients: [worker], is_domain_connection: false,
    options: {
      mfa: { active: true, return_enroll_settings: true }, import_mode: false, configuration: {}, customScripts: {},
      passwordPolicy: 'good', strategy_version: 2, requires_username: false, brute_force_protection: true,
      authentication_methods: { password: { enabled: true, api_behavior: 'required' }, passkey: { enabled: false } },
      password_history: { enable: false, size: 5 }, password_complexity_options: { min_length: 10 },
    },
  }],
  connections: [{
    name: `partner-${unique}`, strategy: 'oidc', display_name: 'Partner', show_as_button: true,
    options: {
      type: 'back_channel', issuer: 'https://partner.example.test/', jwks_uri: 'https://partner.example.test/jwks',
      authorization_endpoint: 'https://partner.example.test/authorize', client_id: 'abc', client_secret: 'def',
      token_endpoint: 'https://partner.example.test/token', scope: 'openid profile email', domain_aliases: [],
      schema_version: 'oidc-V4', attribute_map: { mapping_mode: 'bind_all' }, connection_settings: { pkce: 'auto' },
      icon_url: '', tenant_domain: '', set_user_root_attributes: 'on_each_login',
    },
  }],
  roles: [{
    name: `Clerk ${unique}`, description: 'Handles orders',
    permissions: [{ permission_name: 'read:orders', resource_server_identifier: audience }],
  }],
  organizations: [{
    name: `acme-${unique}`, display_name: 'Acme', metadata: { tier: 'gold' },
    branding: { colors: { page_background: '#ffffff', primary: '#000000' } },
    connections: [{ name: `users-${unique}`, assign_membership_on_login: true, show_as_button: true }],
  }],
  actions: [{
    name: `Mark ${unique}`, code: './mark.js', deployed: true, runtime: 'node22', dependencies: [], status: 'built',
    secrets: [{ name: 'KEY', value: 'k' }], supported_triggers: [{ id: 'credentials-exchange', version: 'v2' }],
  }],
  triggers: { 'credentials-exchange': [{ action_name: `Mark ${unique}`, display_name: 'Mark' }] },
};

const load = async (name) => yaml.load(await readFile(join(folder, name, 'tenant.yaml'), 'utf8'));
const exported = async (name) => {
  await dump({ output_folder: join(folder, name), format: 'yaml', config });
  return load(name);
};

await mkdir(join(folder, 'own'));
await writeFile(join(folder, 'own', 'tenant.yaml'), yaml.dump(tenant));
await writeFile(join(folder, 'own', 'mark.js'), `
exports.onExecuteCredentialsExchange = async (event, api) => {
  api.accessToken.setCustomClaim('https://example.test/mark', event.secrets.KEY);
};`);
await fact('imports what Auth0 exports', () =>
  deploy({ input_file: join(folder, 'own', 'tenant.yaml'), config }));
await fact('the Action is deployed and bound', async () => {
  const response = await fetch(new URL('/oauth/token', issuer), {
    method: 'POST', headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      grant_type: 'client_credentials', client_id: id, client_secret: secret,
      audience: new URL('/api/v2/', issuer).href,
    }),
  });
  assert.equal(claimsOf((await response.json()).access_token)['https://example.test/mark'], 'k');
});
const first = await fact('exports', () => exported('first'));
await fact('the export has every member that was imported', () => {
  const kinds = ['resourceServers', 'clients', 'databases', 'connections', 'roles', 'organizations', 'actions'];
  for (const kind of kinds) {
    const [{ name, ...sent }] = tenant[kind];
    const shown = first[kind].find((item) => item.name === name);
    assert.deepEqual(hidden(kind, lost(sent, shown)), [], `${kind}: ${name}`);
  }
  assert.deepEqual(lost(tenant.tenant, first.tenant), []);
  assert.deepEqual(lost(tenant.branding, first.branding), []);
});
await fact('imports its own export, which changes nothing', async () => {
  // Names have to be unique for an import; those of other journeys need not be.
  const own = Object.fromEntries(Object.entries(first).map(([kind, items]) =>
    [kind, Array.isArray(items) ? items.filter((item) => JSON.stringify(item).includes(unique)) : items]));
  await writeFile(join(folder, 'first', 'own.yaml'), yaml.dump(own));
  await deploy({ input_file: join(folder, 'first', 'own.yaml'), config });
  assert.deepEqual(await exported('second'), first);
});

/** Paths of members that were sent and are not shown as they were. */
function lost(sent, shown, path = '') {
  return Object.entries(sent).flatMap(([name, value]) => {
    const here = path ? `${path}.${name}` : name;
    if (value && typeof value === 'object' && !Array.isArray(value)) return lost(value, shown?.[name] ?? {}, here);
    if (Array.isArray(value) && shown?.[name]) {
      return value.flatMap((item, n) => typeof item === 'object'
        ? lost(item, shown[name][n] ?? {}, `${here}[${n}]`) : item === shown[name][n] ? [] : [`${here}[${n}]`]);
    }
    return JSON.stringify(value) === JSON.stringify(shown?.[name]) ? [] : [here];
  });
}

/** Without what is never shown, and what deploy-cli itself leaves out. */
function hidden(kind, paths) {
  const never = {
    resourceServers: [], connections: ['options.client_secret', 'options.icon_url', 'options.tenant_domain'],
    actions: ['code', 'secrets[0].value'],
  };
  return paths.filter((path) => !(never[kind] ?? []).includes(path));
}
