// One Action a section, which begins with "//# name". idioms.json has what Node.js makes of each.
//# optional-chaining-and-nullish
exports.onExecutePostLogin = async (event, api) => {
  const ns = 'https://x.example';
  if (event.authorization?.roles?.length) api.idToken.setCustomClaim(`${ns}/roles`, event.authorization.roles);
  api.accessToken.setCustomClaim(`${ns}/plan`, event.user.app_metadata?.plan ?? 'free');
};
//# classes-private-fields-static-block
class Claims {
  static #ns;
  static {
    this.#ns = 'https://x';
  }
  #all = {};
  set(k, v) {
    this.#all[`${Claims.#ns}/${k}`] = v;
    return this;
  }
  *[Symbol.iterator]() {
    yield* Object.entries(this.#all);
  }
}
exports.onExecutePostLogin = async (event, api) => {
  for (const [k, v] of new Claims().set('a', 1).set('b', [2])) api.accessToken.setCustomClaim(k, v);
};
//# intl-currency-and-time-zone
exports.onExecutePostLogin = async (event, api) => {
  api.idToken.setCustomClaim(
    'price',
    new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' }).format(1234.5),
  );
  const day = new Intl.DateTimeFormat('en-US', {
    timeZone: 'Asia/Tokyo',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  api.idToken.setCustomClaim('day', day.format(new Date(0)));
};
//# url-and-searchparams
exports.onExecutePostLogin = async (event, api) => {
  const u = new URL('/terms?x=1', 'https://app.example:8443/a');
  u.searchParams.set('session', 'a b&c');
  api.idToken.setCustomClaim('url', [u.href, u.host, u.port, u.origin, u.pathname, URL.canParse('nonsense')]);
  api.idToken.setCustomClaim('query', new URLSearchParams({ a: '1', b: 'ü' }).toString());
};
//# crypto-hash-hmac
const crypto = require('crypto');
exports.onExecutePostLogin = async (event, api) => {
  api.idToken.setCustomClaim('sha', crypto.createHash('sha256').update(event.user.email.toLowerCase()).digest('hex'));
  api.idToken.setCustomClaim('mac', crypto.createHmac('sha256', event.secrets.KEY).update('x').digest('base64'));
  api.idToken.setCustomClaim('uuid', crypto.randomUUID().length);
};
//# buffer-base64-jwt-decode
exports.onExecutePostLogin = async (event, api) => {
  const t = 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.';
  const p = JSON.parse(Buffer.from(t.split('.')[1], 'base64').toString('utf8'));
  api.idToken.setCustomClaim('decoded', p.sub);
  api.idToken.setCustomClaim('b', Buffer.from('héé').toString('base64'));
  api.idToken.setCustomClaim('hex', Buffer.concat([Buffer.from('ab'), Buffer.from([255])]).toString('hex'));
  api.idToken.setCustomClaim('a', atob(btoa('xy')));
};
//# promise-all-settled-race-timeout
exports.onExecutePostLogin = async (event, api) => {
  const sleep = (ms) => new Promise((r) => setTimeout(r, ms));
  const r = await Promise.allSettled([
    fetch('https://api.example/a').then((x) => x.json()),
    Promise.reject(new Error('no')),
  ]);
  const first = await Promise.race([sleep(5).then(() => 'late'), Promise.resolve('soon')]);
  api.idToken.setCustomClaim('r', [...r.map((x) => x.status), first, await Promise.any([Promise.reject(1), 2])]);
};
//# try-catch-finally-error-cause
exports.onExecutePostLogin = async (event, api) => {
  try {
    try {
      null.x;
    } catch (e) {
      throw new Error('outer', { cause: e });
    }
  } catch (e) {
    api.idToken.setCustomClaim('e', [e.message, e.cause instanceof TypeError, e.cause.name]);
  } finally {
    api.idToken.setCustomClaim('f', true);
  }
};
//# metadata-and-scopes
exports.onExecutePostLogin = async (event, api) => {
  const { app_metadata: { logins = 0, ...rest } = {} } = event.user;
  api.user.setAppMetadata('logins', logins + 1);
  api.accessToken.addScope('read:x');
  for (const s of event.transaction.requested_scopes) if (s.startsWith('admin')) api.accessToken.removeScope(s);
  api.idToken.setCustomClaim('rest', rest);
};
//# module-exports-style-sync
module.exports = {
  onExecutePostLogin(event, api) {
    api.idToken.setCustomClaim('sync', event.client.name);
  },
};
//# array-es2023-grouping
exports.onExecutePostLogin = async (event, api) => {
  const r = ['b', 'a', 'c'];
  api.idToken.setCustomClaim('s', [
    r.toSorted(),
    r.at(-1),
    r.findLast((x) => x < 'c'),
    [1, [2, [3]]].flat(Infinity),
    r.with(0, 'z'),
    Object.fromEntries(new Map([['k', 1]])),
    structuredClone({ at: new Date(0), list: [1] }),
  ]);
};
//# template-tag-logical-assign-bigint
exports.onExecutePostLogin = async (event, api) => {
  let a = null;
  a ??= 1;
  a &&= 5;
  const o = { x: 0 };
  o.x ||= 7;
  const tag = (s, ...v) => s.raw.join('|') + v;
  api.idToken.setCustomClaim('t', [a, o.x, tag`a${1}b\n`, String(2n ** 70n), 1_000_000]);
};
//# string-normalize-locale-compare
exports.onExecutePostLogin = async (event, api) => {
  api.idToken.setCustomClaim('s', [
    'é'.normalize('NFD').length,
    ['ä', 'a', 'z'].sort((x, y) => x.localeCompare(y, 'de')),
    'x'.padStart(3, '0'),
    'a-b-c'.replaceAll('-', '_'),
    '😀'.codePointAt(0),
    'abc'.isWellFormed(),
  ]);
};
//# regex-named-groups-lookbehind-matchall
exports.onExecutePostLogin = async (event, api) => {
  const { groups } = /(?<user>[^@]+)@(?<domain>.+)/.exec(event.user.email);
  const found = [...'a1b22'.matchAll(/(?<=[a-z])\d+/g)].map((m) => m[0]);
  api.idToken.setCustomClaim('g', [groups.user, groups.domain, found, /^\p{Lu}/u.test('Ä')]);
};
//# async-generators-and-for-await
exports.onExecutePostLogin = async (event, api) => {
  async function* count() {
    for (let i = 0; i < 3; i++) yield i;
  }
  const seen = [];
  for await (const i of count()) seen.push(i);
  api.idToken.setCustomClaim('seen', seen);
};
//# risk-and-geo-lookups
const ALLOWED = new Set(['JP', 'US']);
exports.onExecutePostLogin = async (event, api) => {
  const { countryCode } = event.request.geoip ?? {};
  if (countryCode && !ALLOWED.has(countryCode)) api.access.deny(`Not from ${countryCode}`);
  api.accessToken.setCustomClaim('https://x/mobile', /iphone|android/i.test(event.request.user_agent));
};
//# json-web-token
const jwt = require('jsonwebtoken');
exports.onExecutePostLogin = async (event, api) => {
  const token = jwt.sign({ sub: 'x', iat: 1700000000 }, 'secret', { expiresIn: '100y', audience: 'a' });
  const claims = jwt.verify(token, 'secret', { audience: 'a' });
  let refused;
  try {
    jwt.verify(token, 'other');
  } catch (e) {
    refused = e.name;
  }
  const { header } = jwt.decode(token, { complete: true });
  api.idToken.setCustomClaim('jwt', [token.split('.'), claims, refused, header]);
};
//# querystring-util-uuid
const querystring = require('node:querystring');
const util = require('util');
const uuid = require('uuid');
exports.onExecutePostLogin = async (event, api) => {
  const read = util.promisify((value, done) => done(null, value + 1));
  api.idToken.setCustomClaim('q', [
    querystring.stringify({ a: [1, 2], b: 'x y' }),
    querystring.parse('a=1&a=2&b=x%20y'),
    await read(1),
    util.format('%s is %d', 'a', 1),
    uuid.validate(uuid.v4()),
  ]);
};
//# web-crypto-timers-performance
const { setTimeout: sleep } = require('timers/promises');
const { promisify } = require('node:util');
exports.onExecutePostLogin = async (event, api) => {
  const started = performance.now();
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(event.user.email));
  api.idToken.setCustomClaim('hash', Buffer.from(hash).toString('base64url'));
  api.idToken.setCustomClaim('waited', [await sleep(2, 'a'), await promisify(setTimeout)(2, 'b')]);
  api.idToken.setCustomClaim('positive', performance.now() >= started);
};
//# retry-with-backoff
const { promisify } = require('util');
exports.onExecutePostLogin = async (event, api) => {
  let attempts = 0;
  const flaky = (value, done) => (++attempts < 3 ? done(new Error('again')) : done(null, value));
  const retry = async (work, left = 3, delay = 1) => {
    try {
      return await work();
    } catch (error) {
      if (left === 0) throw error;
      await new Promise((resolve) => setTimeout(resolve, delay));
      return retry(work, left - 1, delay * 2);
    }
  };
  api.accessToken.setCustomClaim('tried', [await retry(() => promisify(flaky)('ok')), attempts]);
};
//# module-with-several-exports
const roles = new Set(['admin', 'editor']);
const isStaff = ({ authorization: { roles: given = [] } = {} }) => given.some((role) => roles.has(role));
const onExecutePostLogin = async (event, api) => {
  const { user, client, connection, request: { query = {}, geoip: { countryCode = 'ZZ' } = {} } } = event;
  api.idToken.setCustomClaim('staff', isStaff(event));
  api.idToken.setCustomClaim('facts', [user.user_id, client.name, connection?.strategy ?? null, countryCode]);
  api.idToken.setCustomClaim('query', Object.keys(query).sort());
};
module.exports = { onExecutePostLogin, onContinuePostLogin: async () => {} };
