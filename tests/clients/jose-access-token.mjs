import assert from 'node:assert/strict';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { fact, hasNames, issuer, world } from './lib/journey.mjs';
import { login, oidc, relyingParty } from './lib/relying-party.mjs';

// The API's side: it knows the issuer, its own audience and the key set's address, and nothing else.
const { audience, scope } = world.api;
const keys = createRemoteJWKSet(new URL('.well-known/jwks.json', issuer));
const verify = (token, wanted = audience) => jwtVerify(token, keys, { issuer: world.issuer, audience: wanted, algorithms: ['RS256'], typ: 'JWT' });

const { post, machine } = world.clients;

await fact('a user\'s access token verifies, and has exactly the claims of the contract', async () => {
  const { tokens } = await login(await relyingParty(post), { audience, scope: `openid profile ${scope}` });
  const { payload, protectedHeader } = await verify(tokens.access_token);
  hasNames(protectedHeader, ['alg', 'kid', 'typ']);
  hasNames(payload, ['iss', 'sub', 'aud', 'iat', 'exp', 'scope', 'azp']);
  assert.equal(payload.sub, world.user.id);
  assert.deepEqual(payload.aud, [audience, `${world.issuer}userinfo`]);
  assert.equal(payload.scope, `openid profile ${scope}`);
  assert.equal(payload.azp, post.id);
  assert.equal(payload.exp - payload.iat, 86_400);
});

await fact('without openid the audience is one string', async () => {
  const { tokens } = await login(await relyingParty(post), { audience, scope });
  assert.equal(tokens.id_token, undefined);
  assert.equal((await verify(tokens.access_token)).payload.aud, audience);
});

await fact('a machine\'s token has exactly the claims of the contract', async () => {
  const tokens = await oidc.clientCredentialsGrant(await relyingParty(machine), { audience });
  const { payload } = await verify(tokens.access_token);
  hasNames(payload, ['iss', 'sub', 'aud', 'iat', 'exp', 'scope', 'gty', 'azp']);
  assert.equal(payload.sub, `${machine.id}@clients`);
  assert.equal(payload.aud, audience);
  assert.equal(payload.gty, 'client-credentials');
  assert.equal(payload.azp, machine.id);
  assert.equal(payload.scope, scope);
});

await fact('an API that asks for ES256 gets it, from the same key set', async () => {
  const tokens = await oidc.clientCredentialsGrant(await relyingParty(machine), { audience: world.ellipticApi.audience });
  const { protectedHeader } = await jwtVerify(tokens.access_token, keys, { issuer: world.issuer, audience: world.ellipticApi.audience, algorithms: ['ES256'] });
  assert.equal(protectedHeader.alg, 'ES256');
});

await fact('another API refuses that token', async () => {
  const tokens = await oidc.clientCredentialsGrant(await relyingParty(machine), { audience });
  await assert.rejects(verify(tokens.access_token, world.otherApi.audience), { code: 'ERR_JWT_CLAIM_VALIDATION_FAILED' });
});

await fact('a changed token does not verify', async () => {
  const tokens = await oidc.clientCredentialsGrant(await relyingParty(machine), { audience });
  const [header, payload, signature] = tokens.access_token.split('.');
  const changed = Buffer.from(payload, 'base64url').toString().replace(scope, 'admin:all');
  await assert.rejects(verify([header, Buffer.from(changed).toString('base64url'), signature].join('.')), { code: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED' });
});

await fact('the key set says what each key is for, and keeps the private half', async () => {
  const set = await (await fetch(new URL('.well-known/jwks.json', issuer))).json();
  assert.ok(set.keys.length > 0);
  for (const key of set.keys) {
    assert.equal(key.use, 'sig');
    assert.equal(typeof key.kid, 'string');
    assert.equal(typeof key.alg, 'string');
    for (const secret of ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k']) assert.equal(secret in key, false, secret);
  }
});
