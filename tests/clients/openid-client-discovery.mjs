import assert from 'node:assert/strict';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { fact, issuer, world } from './lib/journey.mjs';
import { login, oidc, relyingParty } from './lib/relying-party.mjs';

const { post } = world.clients;
const config = await fact('openid-client finds the metadata, and the issuer is the one configured', () => relyingParty(post));
const metadata = config.serverMetadata();

await fact('the endpoints stand where Auth0 has them', () => {
  const at = (path) => new URL(path, issuer).href;
  assert.equal(metadata.issuer, world.issuer);
  assert.equal(metadata.authorization_endpoint, at('authorize'));
  assert.equal(metadata.token_endpoint, at('oauth/token'));
  assert.equal(metadata.userinfo_endpoint, at('userinfo'));
  assert.equal(metadata.jwks_uri, at('.well-known/jwks.json'));
  assert.equal(metadata.revocation_endpoint, at('oauth/revoke'));
  assert.equal(metadata.end_session_endpoint, at('oidc/logout'));
  assert.ok(metadata.introspection_endpoint?.startsWith(world.issuer), 'introspection_endpoint');
});

await fact('the metadata names what the journeys use', () => {
  const lists = (name, ...values) => values.forEach((value) => assert.ok(metadata[name]?.includes(value), `${name} lacks ${value}: ${metadata[name]}`));
  lists('response_types_supported', 'code');
  lists('response_modes_supported', 'query', 'fragment', 'form_post');
  lists('code_challenge_methods_supported', 'S256');
  lists('token_endpoint_auth_methods_supported', 'client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none');
  lists('scopes_supported', 'openid', 'profile', 'email', 'offline_access');
  assert.equal(metadata.authorization_response_iss_parameter_supported, true);
  assert.ok(!Object.values(metadata).includes(null), 'a member is null');
  assert.ok(!metadata.code_challenge_methods_supported.includes('plain'), 'plain is offered');
});

await fact('both well-known documents are the same', async () => {
  const read = async (path) => (await fetch(new URL(path, issuer))).json();
  assert.deepEqual(await read('.well-known/oauth-authorization-server'), await read('.well-known/openid-configuration'));
});

await fact('discovery by the OAuth document (RFC 8414) works too', () =>
  oidc.discovery(issuer, post.id, undefined, oidc.ClientSecretPost(post.secret), { algorithm: 'oauth2' }));

await fact('the ID token verifies with the published keys, and has Auth0\'s header', async () => {
  const { tokens } = await login(config);
  const { protectedHeader } = await jwtVerify(tokens.id_token, createRemoteJWKSet(new URL(metadata.jwks_uri)), { issuer: world.issuer, audience: post.id });
  assert.deepEqual(Object.keys(protectedHeader).sort(), ['alg', 'kid', 'typ']);
  assert.equal(protectedHeader.alg, 'RS256');
  assert.equal(protectedHeader.typ, 'JWT');
});
