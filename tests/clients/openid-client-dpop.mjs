import assert from 'node:assert/strict';
import { calculateJwkThumbprint, exportJWK } from 'jose';
import { claimsOf, fact, refused, world } from './lib/journey.mjs';
import { authorize, offline, oidc, relyingParty } from './lib/relying-party.mjs';

const { keyed, machine, spa } = world.clients;

/** A key, its handle for a client, and what its tokens are bound to. */
async function keyFor(config, algorithm = 'ES256') {
  const pair = await oidc.randomDPoPKeyPair(algorithm, { extractable: true });
  return { DPoP: oidc.getDPoPHandle(config, pair), thumbprint: await calculateJwkThumbprint(await exportJWK(pair.publicKey)) };
}

async function login(config, key, options) {
  const { url, checks } = await authorize(config, options);
  return oidc.authorizationCodeGrant(config, url, checks, undefined, key);
}

const browserApp = await relyingParty(spa);
const key = await keyFor(browserApp);
const thief = await keyFor(browserApp);

await fact('the metadata names the algorithms of proofs', () => {
  assert.deepEqual(browserApp.serverMetadata().dpop_signing_alg_values_supported, ['ES256', 'PS256', 'RS256']);
});

const tokens = await fact('a public client is asked for a nonce, comes again by itself, and gets a bound token', async () => {
  const result = await login(browserApp, key, offline);
  assert.equal(result.token_type, 'dpop');
  assert.equal(claimsOf(result.access_token).cnf.jkt, key.thumbprint);
  return result;
});

await fact('userinfo answers to token and proof', async () => {
  assert.equal((await oidc.fetchUserInfo(browserApp, tokens.access_token, world.user.id, key)).sub, world.user.id);
});
await refused('and to nobody without the key', 'invalid_token', () => oidc.fetchUserInfo(browserApp, tokens.access_token, world.user.id, thief));
await refused('nor to the token as a bearer token', 'invalid_token', () => oidc.fetchUserInfo(browserApp, tokens.access_token, world.user.id));

await refused('its refresh token is refused with another key', 'invalid_grant', () => oidc.refreshTokenGrant(browserApp, tokens.refresh_token, undefined, thief));
await refused('and without one', 'invalid_grant', () => oidc.refreshTokenGrant(browserApp, tokens.refresh_token));
await fact('and is good with its own, bound again', async () => {
  const fresh = await oidc.refreshTokenGrant(browserApp, tokens.refresh_token, undefined, key);
  assert.equal(claimsOf(fresh.access_token).cnf.jkt, key.thumbprint);
});

await fact('an opaque token is bound as well', async () => {
  const opaque = await login(browserApp, key);
  assert.equal(opaque.token_type, 'dpop');
  await oidc.fetchUserInfo(browserApp, opaque.access_token, world.user.id, key);
});

await refused('a code with dpop_jkt is refused with another key', 'invalid_grant', () => login(browserApp, thief, { dpop_jkt: key.thumbprint }));
await fact('and taken with the right one', () => login(browserApp, key, { dpop_jkt: key.thumbprint }));

await fact('a machine gets a bound token', async () => {
  const config = await relyingParty(machine);
  const own = await keyFor(config, 'PS256');
  const { access_token } = await oidc.clientCredentialsGrant(config, { audience: world.api.audience }, own);
  assert.equal(claimsOf(access_token).cnf.jkt, own.thumbprint);
});

await fact('pushed, with private_key_jwt and DPoP: the shape of FAPI 2.0', async () => {
  const config = await relyingParty(keyed, 'key');
  const own = await keyFor(config);
  const { url, checks } = await authorize(config, { ...offline, pushed: own });
  const first = await oidc.authorizationCodeGrant(config, url, checks, undefined, own);
  assert.equal(claimsOf(first.access_token).cnf.jkt, own.thumbprint);
  const next = await keyFor(config);
  const second = await oidc.refreshTokenGrant(config, first.refresh_token, undefined, next);
  assert.equal(claimsOf(second.access_token).cnf.jkt, next.thumbprint, 'a confidential client may change its key');
});

await refused('a code whose request was pushed with a proof is for that key', 'invalid_grant', async () => {
  const config = await relyingParty(keyed, 'key');
  const { url, checks } = await authorize(config, { pushed: await keyFor(config) });
  await oidc.authorizationCodeGrant(config, url, checks, undefined, await keyFor(config));
});
