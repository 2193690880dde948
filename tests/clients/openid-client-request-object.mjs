import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { importJWK } from 'jose';
import { fact, refused, world } from './lib/journey.mjs';
import { oidc, relyingParty } from './lib/relying-party.mjs';
import { Browser } from './lib/browser.mjs';

const { keyed, post } = world.clients;
const config = await relyingParty(keyed, 'key');
const key = { key: await importJWK(keyed.privateJwk, keyed.privateJwk.alg), kid: keyed.privateJwk.kid };
const state = oidc.randomState();
const parameters = { redirect_uri: world.redirectUri, scope: 'openid', state };
const redeem = (url) => oidc.authorizationCodeGrant(config, url, { expectedState: state, idTokenExpected: true });

await fact('the metadata says so', () => {
  const metadata = config.serverMetadata();
  assert.equal(metadata.request_parameter_supported, true);
  assert.ok(metadata.request_object_signing_alg_values_supported.includes('RS256'));
  assert.ok(!metadata.request_object_signing_alg_values_supported.includes('none'));
});

await fact('a signed request is answered, with nothing but client_id beside it', async () => {
  const url = await oidc.buildAuthorizationUrlWithJAR(config, parameters, key);
  assert.deepEqual([...url.searchParams.keys()].sort(), ['client_id', 'request']);
  const end = await new Browser().authorize(url);
  assert.equal((await redeem(end.url)).claims().sub, world.user.id);
});

await fact('max_age and claims come through as JSON', async () => {
  const url = await oidc.buildAuthorizationUrlWithJAR(config, { ...parameters, max_age: '600', claims: '{"id_token":{"email":null}}' }, key);
  const end = await new Browser().authorize(url);
  const claims = (await oidc.authorizationCodeGrant(config, end.url, { expectedState: state, maxAge: 600 })).claims();
  assert.equal(claims.email, world.user.email);
});

await fact('a signed request can be pushed', async () => {
  const { searchParams } = await oidc.buildAuthorizationUrlWithJAR(config, parameters, key);
  const end = await new Browser().authorize(await oidc.buildAuthorizationUrlWithPAR(config, searchParams));
  await redeem(end.url);
});

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const stranger = await importJWK(privateKey.export({ format: 'jwk' }), 'RS256');

await fact('a stranger\'s signature ends on our page', async () => {
  const end = await new Browser().visit(await oidc.buildAuthorizationUrlWithJAR(config, parameters, stranger));
  assert.equal(end.status, 400);
});

await refused('and is refused at once when pushed', 'invalid_request_object', async () => {
  const { searchParams } = await oidc.buildAuthorizationUrlWithJAR(config, parameters, stranger);
  await oidc.buildAuthorizationUrlWithPAR(config, searchParams);
});

await refused('a client without keys signs nothing', 'invalid_request_object', async () => {
  const other = await relyingParty(post);
  const { searchParams } = await oidc.buildAuthorizationUrlWithJAR(other, parameters, key);
  await oidc.buildAuthorizationUrlWithPAR(other, searchParams);
});
