import assert from 'node:assert/strict';
import { importJWK } from 'jose';
import { fact, refused, world } from './lib/journey.mjs';
import { login, oidc, relyingParty } from './lib/relying-party.mjs';

const { basic, keyed, post, spa } = world.clients;

await fact('the secret of the Basic client holds - and _, which openid-client form-encodes', () => assert.match(basic.secret, /-.*_|_.*-/));
await fact('client_secret_basic', async () => login(await relyingParty(basic, 'basic')));
await fact('client_secret_post', async () => login(await relyingParty(post, 'post')));
await fact('private_key_jwt', async () => login(await relyingParty(keyed, 'key')));
await fact('none', async () => login(await relyingParty(spa, 'none')));
await fact('a client registered for post may use Basic, and the other way round', async () => {
  await login(await relyingParty(post, 'basic'));
  await login(await relyingParty(basic, 'post'));
});

await refused('a wrong secret is invalid_client', 'invalid_client', async () => login(await relyingParty({ ...post, secret: 'wrong' }, 'post')));
await refused('no secret is invalid_client', 'invalid_client', async () => login(await relyingParty(post, 'none')));
await refused('a secret does not stand in for a key', 'invalid_client', async () => login(await relyingParty({ ...keyed, secret: post.secret }, 'post')));
await fact('a wrong Basic secret gets 401 with a challenge', async () => {
  const answer = await fetch(new URL('oauth/token', world.issuer), {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${basic.id}:wrong`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', audience: world.api.audience }),
  });
  assert.equal(answer.status, 401);
  assert.match(answer.headers.get('www-authenticate') ?? '', /^Basic/i);
  assert.equal((await answer.json()).error, 'invalid_client');
});
await fact('the secret as curl sends it, not form-encoded, works as well', async () => {
  const answer = await fetch(new URL('oauth/token', world.issuer), {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${basic.id}:${basic.secret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'authorization_code', code: 'unknown', redirect_uri: world.redirectUri }),
  });
  assert.equal((await answer.json()).error, 'invalid_grant');
});
await refused('an assertion for another audience is invalid_client', 'invalid_client', async () => {
  const config = await relyingParty(keyed, 'none');
  const elsewhere = oidc.PrivateKeyJwt(
    { key: await importJWK(keyed.privateJwk, keyed.privateJwk.alg), kid: keyed.privateJwk.kid },
    { [oidc.modifyAssertion]: (header, payload) => { payload.aud = 'https://elsewhere.example.test/'; } });
  await login(new oidc.Configuration(config.serverMetadata(), keyed.id, undefined, elsewhere));
});
