// jsonwebtoken: sign, verify and decode with a shared secret, an RSA key or an elliptic-curve key.
(function ({ parse, use }) {
  const { Buffer, asBinary } = use('bytes');
  const { crypto } = use('keys');
  const algorithms = {
    HS256: { kind: 'secret', hash: 'sha256' },
    RS256: { kind: 'rsa', hash: 'sha256', padding: 1 },
    PS256: { kind: 'rsa', hash: 'sha256', padding: 6 },
    ES256: { kind: 'ec', hash: 'sha256', curve: 'prime256v1' },
    HS384: { kind: 'secret', hash: 'sha384' },
    RS384: { kind: 'rsa', hash: 'sha384', padding: 1 },
    PS384: { kind: 'rsa', hash: 'sha384', padding: 6 },
    ES384: { kind: 'ec', hash: 'sha384', curve: 'secp384r1' },
    HS512: { kind: 'secret', hash: 'sha512' },
    RS512: { kind: 'rsa', hash: 'sha512', padding: 1 },
    PS512: { kind: 'rsa', hash: 'sha512', padding: 6 },
    ES512: { kind: 'ec', hash: 'sha512', curve: 'secp521r1' },
  };
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

  const now = () => Math.floor(Date.now() / 1000);
  const seconds = (value) => {
    if (typeof value === 'number') return value;
    const [, count, unit] = /^(-?[\d.]+) ?(ms|s|m|h|d|w|y)?[a-z]*$/i.exec(value)
      ?? (() => { throw new Error('"expiresIn" should be a number of seconds or string representing a timespan'); })();
    return Math.floor(Number(count) * (unit ? units[unit.toLowerCase()] : 0.001));
  };
  const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const isPem = (key) => asBinary(key).includes('-----BEGIN ');

  // A key in PEM is never a shared secret: CVE-2015-9235.
  const keyOf = (value, create, name, ErrorType) => {
    if (value instanceof crypto.KeyObject) return value;
    const isText = typeof value === 'string' || ArrayBuffer.isView(value);
    if (isText && !isPem(value)) return crypto.createSecretKey(value);
    try { return create(value); } catch (error) {
      throw new ErrorType(`${name} is not valid key material: ${error.message}`);
    }
  };
  const check = (algorithm, key, type, name, ErrorType) => {
    const known = Object.hasOwn(algorithms, algorithm) ? algorithms[algorithm] : null;
    if (!known) throw new ErrorType(`jsonwebtoken: the algorithm ${algorithm} is not available`);
    if (known.kind === 'secret' && key.type !== 'secret')
      throw new ErrorType(`${name} must be a symmetric key when using ${algorithm}`);
    if (known.kind !== 'secret' && key.type !== type)
      throw new ErrorType(`${name} must be an asymmetric key when using ${algorithm}`);
    if (known.kind !== (key.asymmetricKeyType ?? 'secret')) {
      throw new ErrorType(`"alg" parameter for "${key.asymmetricKeyType}" key type must be one of: `
        + namesOf(key).join(', ') + '.');
    }
    if (known.curve && known.curve !== key.asymmetricKeyDetails.namedCurve)
      throw new ErrorType(`"alg" parameter "${algorithm}" requires curve "${known.curve}".`);
    return known;
  };
  const namesOf = (key) =>
    Object.keys(algorithms).filter((name) => algorithms[name].kind === (key.asymmetricKeyType ?? 'secret'));
  const withForm = ({ padding }, key) =>
    ({ key, padding, saltLength: crypto.constants.RSA_PSS_SALTLEN_DIGEST, dsaEncoding: 'ieee-p1363' });
  const signatureOf = (known, input, key) => (known.kind === 'secret'
    ? crypto.createHmac(known.hash, key).update(input).digest()
    : crypto.sign(known.hash, input, withForm(known, key)));
  const isSigned = (known, input, key, sent) => {
    if (known.kind !== 'secret') return crypto.verify(known.hash, input, withForm(known, key), sent);
    const mac = signatureOf(known, input, key);
    return sent.length === mac.length && crypto.timingSafeEqual(sent, mac);
  };
  const sign = (payload, secret, { algorithm = 'HS256', expiresIn, notBefore, audience, issuer, subject, jwtid, keyid,
    noTimestamp, header = {} } = {}) => {
    if (!secret) throw new Error('secretOrPrivateKey must have a value');
    const key = keyOf(secret, crypto.createPrivateKey, 'secretOrPrivateKey', Error);
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
    const head = { alg: algorithm, typ: 'JWT', ...(keyid === undefined ? {} : { kid: keyid }), ...header };
    const known = check(head.alg, key, 'private', 'secretOrPrivateKey', Error);
    const body = typeof claims === 'string' ? Buffer.from(claims).toString('base64url') : encode(claims);
    const input = `${encode(head)}.${body}`;
    return `${input}.${signatureOf(known, input, key).toString('base64url')}`;
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
    const cut = token.lastIndexOf('.');
    if (cut === token.length - 1) throw new JsonWebTokenError('jwt signature is required');
    if (!secret) throw new JsonWebTokenError('secret or public key must be provided');
    const key = keyOf(secret, crypto.createPublicKey, 'secretOrPublicKey', JsonWebTokenError);
    if (!(options.algorithms ?? namesOf(key)).includes(header.alg)) throw new JsonWebTokenError('invalid algorithm');
    const known = check(header.alg, key, 'public', 'secretOrPublicKey', JsonWebTokenError);
    if (!isSigned(known, token.slice(0, cut), key, Buffer.from(token.slice(cut + 1), 'base64url')))
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
  const jsonwebtoken = { sign: withCallback(sign), verify: withCallback(verify), decode,
    JsonWebTokenError, TokenExpiredError, NotBeforeError };
  jsonwebtoken.default = jsonwebtoken;
  return { jsonwebtoken };
})
