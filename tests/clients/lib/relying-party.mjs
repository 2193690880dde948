// openid-client 6 with one of the world's clients, as an application's author would set it up.
import * as oidc from 'openid-client';
import { importJWK } from 'jose';
import { issuer, world } from './journey.mjs';
import { Browser } from './browser.mjs';

export { oidc };

/** How a client proves who it is; openid-client's own classes. */
export const authentication = {
  post: (client) => oidc.ClientSecretPost(client.secret),
  basic: (client) => oidc.ClientSecretBasic(client.secret),
  key: async (client) => oidc.PrivateKeyJwt({ key: await importJWK(client.privateJwk, client.privateJwk.alg), kid: client.privateJwk.kid }),
  none: () => oidc.None(),
};

/** A configuration from the server's own metadata, with ID token signatures checked against its keys. */
export async function relyingParty(client, how = client.secret ? 'post' : 'none') {
  const config = await oidc.discovery(issuer, client.id, undefined, await authentication[how](client));
  oidc.enableNonRepudiationChecks(config);
  return config;
}

/**
 * Logs in with a browser. Answers where the browser was sent back to, and what to check it with.
 * @param pushed the options of a pushed request; without, everything goes through the browser.
 * @param extra more request parameters.
 */
export async function authorize(config, { browser = new Browser(), pkce = true, nonce = true, scope = 'openid profile email', pushed, ...extra } = {}) {
  const idTokenExpected = scope.split(' ').includes('openid');
  const checks = { expectedState: oidc.randomState(), idTokenExpected };
  const parameters = { redirect_uri: world.redirectUri, scope, state: checks.expectedState };
  if (nonce && idTokenExpected) parameters.nonce = checks.expectedNonce = oidc.randomNonce();
  if (pkce) {
    checks.pkceCodeVerifier = oidc.randomPKCECodeVerifier();
    parameters.code_challenge = await oidc.calculatePKCECodeChallenge(checks.pkceCodeVerifier);
    parameters.code_challenge_method = 'S256';
  }
  const request = { ...parameters, ...extra };
  const end = await browser.authorize(pushed ? await oidc.buildAuthorizationUrlWithPAR(config, request, pushed) : oidc.buildAuthorizationUrl(config, request));
  return { ...end, checks, browser };
}

/** Logs in and redeems the code. */
export async function login(config, options) {
  const { url, checks, browser } = await authorize(config, options);
  const tokens = await oidc.authorizationCodeGrant(config, url, checks);
  return { tokens, browser };
}

/** The scope and audience with which a refresh token is asked for. */
export const offline = { scope: `openid offline_access ${world.api.scope}`, audience: world.api.audience };
