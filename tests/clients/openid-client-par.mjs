import assert from 'node:assert/strict';
import { fact, refused, world } from './lib/journey.mjs';
import { authorize, oidc, relyingParty } from './lib/relying-party.mjs';
import { Browser } from './lib/browser.mjs';

const { basic, keyed, post, spa } = world.clients;
const redeem = async (config, { url, checks }) => oidc.authorizationCodeGrant(config, url, checks);

await fact('the metadata names the endpoint', async () => {
  const metadata = (await relyingParty(post)).serverMetadata();
  assert.equal(metadata.pushed_authorization_request_endpoint, `${world.issuer}oauth/par`);
  assert.equal(metadata.require_pushed_authorization_requests, false);
});

for (const [client, how] of [[post, 'post'], [basic, 'basic'], [keyed, 'key'], [spa, 'none']]) {
  await fact(`a request is pushed and answered: ${how}`, async () => {
    const config = await relyingParty(client, how);
    const end = await authorize(config, { pushed: {} });
    assert.equal((await redeem(config, end)).claims().sub, world.user.id);
    const first = end.browser.seen[0].searchParams;
    assert.deepEqual([...first.keys()].sort(), ['client_id', 'request_uri'], 'nothing else goes through the browser');
  });
}

await fact('what does not fit into a URL is pushed', async () => {
  const config = await relyingParty(post);
  const claims = JSON.stringify({ userinfo: Object.fromEntries(Array.from({ length: 800 }, (_, n) => [`claim_${n}`, { essential: false }])) });
  await redeem(config, await authorize(config, { pushed: {}, claims }));
});

await refused('a wrong secret pushes nothing', 'invalid_client', async () => authorize(await relyingParty({ ...post, secret: 'wrong' }), { pushed: {} }));
await refused('nor does a wrong redirect URI', 'invalid_request', async () => authorize(await relyingParty(post), { pushed: {}, redirect_uri: 'https://evil.example.test/' }));

await fact('a reference is answered once', async () => {
  const config = await relyingParty(post);
  const url = await oidc.buildAuthorizationUrlWithPAR(config, { redirect_uri: world.redirectUri, scope: 'openid' });
  const browser = new Browser();
  assert.ok((await browser.authorize(url)).url.searchParams.get('code'));
  assert.equal((await browser.visit(url)).status, 400);
});
