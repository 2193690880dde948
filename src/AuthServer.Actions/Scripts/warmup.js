const crypto = require('crypto');
const jwt = require('jsonwebtoken');
class Claims {
  #all = new Map();
  set(key, value) { this.#all.set(key, value); return this; }
  *[Symbol.iterator]() { yield* this.#all; }
}
exports.onExecutePostLogin = async (event, api) => {
  const namespace = 'https://warm.example';
  const { favorite_color: color = 'none', ...rest } = event.user.user_metadata ?? {};
  if (event.authorization?.roles?.some((role) => /^ad(min)$/i.test(role))) console.log('roles', { rest, color });
  const groups = (event.user.app_metadata?.groups ?? [])
    .filter((group) => group.startsWith('app:')).map((group) => group.slice(4).toUpperCase());
  for (const [key, value] of new Claims().set('a', 1).set('b', groups))
    api.accessToken.setCustomClaim(`${namespace}/${key}`, value);
  const hash = crypto.createHash('sha256').update(event.user.email.toLowerCase()).digest('hex');
  const token = jwt.sign({ hash }, event.secrets.KEY, { expiresIn: '1h' });
  jwt.verify(token, event.secrets.KEY);
  const url = new URL('/path?x=1', 'https://warm.example');
  url.searchParams.set('when', new Date(0).toISOString());
  await Promise.all([new Promise((resolve) => setTimeout(resolve, 1)), Promise.resolve(url.href)]);
  try { JSON.parse('{'); } catch (error) { console.log(error.message); }
  const sorted = [3, 1, 2].toSorted((a, b) => a - b).reduce((sum, n) => sum + n, 0);
  api.idToken.setCustomClaim('text', `${sorted} ${encodeURIComponent('ü')} ${Buffer.from('ü').toString('base64')}`);
  const money = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });
  api.idToken.setCustomClaim('money', money.format(1.5));
  if (event.transaction.requested_scopes.includes('admin')) api.accessToken.removeScope('admin');
  api.accessToken.addScope('warm');
  api.user.setAppMetadata('last_ip', event.request.ip);
};
