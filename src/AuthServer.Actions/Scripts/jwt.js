// jsonwebtoken: sign, verify and decode with a shared secret (HS256, HS384, HS512).
(function ({ modules, parse }) {
  const hashes = { HS256: 'sha256', HS384: 'sha384', HS512: 'sha512' };
  const units = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86400, w: 604800, y: 31557600 };

  class JsonWebTokenError extends Error {
    constructor(message) { super(message); this.name = 'JsonWebTokenError'; }
  }
  class TokenExpiredError extends JsonWebTokenError {
    constructor(message, expiredAt) { super(message); Object.assign(this, { name: 'TokenExpiredError', expiredAt }); }
  }
  class NotBeforeError extends JsonWebTokenError {
    constructor(message, date) { super(message); Object.assign(this, { name: 'NotBeforeError', date }); }
  }

  const crypto = modules.crypto;
  const now = () => Math.floor(Date.now() / 1000);
  const seconds = (value) => {
    if (typeof value === 'number') return value;
    const [, count, unit] = /^(-?[\d.]+) ?(ms|s|m|h|d|w|y)?[a-z]*$/i.exec(value)
      ?? (() => { throw new Error('"expiresIn" should be a number of seconds or string representing a timespan'); })();
    return Math.floor(Number(count) * (unit ? units[unit.toLowerCase()] : 0.001));
  };
  const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const macOf = (algorithm, input, secret) => {
    if (!Object.hasOwn(hashes, algorithm))
      throw new JsonWebTokenError(`jsonwebtoken: the algorithm ${algorithm} is not available`);
    if (secret === undefined || secret === null || secret === '')
      throw new JsonWebTokenError('secretOrPrivateKey must have a value');
    return crypto.createHmac(hashes[algorithm], secret).update(input).digest();
  };
  const sign = (payload, secret, { algorithm = 'HS256', expiresIn, notBefore, audience, issuer, subject, jwtid, keyid,
    noTimestamp, header = {} } = {}) => {
    const claims = typeof payload === 'string' ? payload : { ...payload };
    if (typeof claims === 'object') {
      const at = claims.iat ?? now();
      if (noTimestamp) delete claims.iat;
      else claims.iat = at;
      if (expiresIn !== undefined) claims.exp = at + seconds(expiresIn);
      if (notBefore !== undefined) claims.nbf = at + seconds(notBefore);
      const named = { aud: audience, iss: issuer, sub: subject, jti: jwtid };
      for (const [name, value] of Object.entries(named)) if (value !== undefined) claims[name] = value;
    }
    const head = { alg: algorithm, typ: 'JWT', ...header, ...(keyid === undefined ? {} : { kid: keyid }) };
    const body = typeof claims === 'string' ? Buffer.from(claims).toString('base64url') : encode(claims);
    const input = `${encode(head)}.${body}`;
    return `${input}.${macOf(algorithm, input, secret).toString('base64url')}`;
  };
  const decode = (token, { complete } = {}) => {
    const parts = String(token).split('.');
    if (parts.length !== 3) return null;
    const [header, payload] = parts.slice(0, 2).map((part) => {
      const text = Buffer.from(part, 'base64url').toString();
      try { return parse(text); } catch { return text; }
    });
    return complete ? { header, payload, signature: parts[2] } : payload;
  };
  const matches = (expected, actual) => [].concat(expected).some((one) =>
    [].concat(actual).some((value) => (one instanceof RegExp ? one.test(value) : one === value)));
  const verify = (token, secret, options = {}) => {
    if (typeof token !== 'string' || token === '') throw new JsonWebTokenError('jwt must be provided');
    const decoded = decode(token, { complete: true });
    if (!decoded || typeof decoded.header !== 'object') throw new JsonWebTokenError('jwt malformed');
    const { header, payload } = decoded;
    if (!(options.algorithms ?? Object.keys(hashes)).includes(header.alg))
      throw new JsonWebTokenError('invalid algorithm');
    const cut = token.lastIndexOf('.');
    const mac = macOf(header.alg, token.slice(0, cut), secret);
    const sent = Buffer.from(token.slice(cut + 1), 'base64url');
    if (sent.length !== mac.length || !crypto.timingSafeEqual(sent, mac))
      throw new JsonWebTokenError('invalid signature');
    const [at, leeway] = [options.clockTimestamp ?? now(), options.clockTolerance ?? 0];
    if (payload.nbf !== undefined && !options.ignoreNotBefore && payload.nbf > at + leeway)
      throw new NotBeforeError('jwt not active', new Date(payload.nbf * 1000));
    if (payload.exp !== undefined && !options.ignoreExpiration && at >= payload.exp + leeway)
      throw new TokenExpiredError('jwt expired', new Date(payload.exp * 1000));
    if (options.maxAge !== undefined && at >= payload.iat + seconds(options.maxAge) + leeway)
      throw new TokenExpiredError('maxAge exceeded', new Date((payload.iat + seconds(options.maxAge)) * 1000));
    const checks = [['audience', 'aud'], ['issuer', 'iss'], ['subject', 'sub'], ['jwtid', 'jti']];
    for (const [option, claim] of checks) {
      if (options[option] !== undefined && !matches(options[option], payload[claim]))
        throw new JsonWebTokenError(`jwt ${option} invalid. expected: ${options[option]}`);
    }
    return options.complete ? decoded : payload;
  };
  const withCallback = (call) => (first, secret, options, callback) => {
    const done = typeof options === 'function' ? options : callback;
    const given = typeof options === 'function' ? {} : options;
    if (!done) return call(first, secret, given);
    let answer;
    try { answer = [null, call(first, secret, given)]; } catch (error) { answer = [error]; }
    Promise.resolve().then(() => done(...answer));
    return undefined;
  };
  modules.jsonwebtoken = { sign: withCallback(sign), verify: withCallback(verify), decode,
    JsonWebTokenError, TokenExpiredError, NotBeforeError };
  modules.jsonwebtoken.default = modules.jsonwebtoken;
})
