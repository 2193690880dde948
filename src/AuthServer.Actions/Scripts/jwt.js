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
  const seconds = (value, name = 'expiresIn') => {
    if (typeof value === 'number') return value;
    const [, count, unit] = /^(-?[\d.]+) ?(ms|s|m|h|d|w|y)?[a-z]*$/i.exec(value)
      ?? (() => { throw new Error(`"${name}" should be a number of seconds or string representing a timespan`); })();
    return Math.floor(Number(count) * (unit ? units[unit.toLowerCase()] : 0.001));
  };
  const encode = (text, encoding) => Buffer.from(text, encoding).toString('base64url');
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
  // What each option of sign has to be, and the claim that it sets.
  const isText = (value) => typeof value === 'string';
  const isTime = (value) => Number.isInteger(value) || (isText(value) && value !== '');
  const isFlag = (value) => typeof value === 'boolean';
  const isOff = (value) => value === false;
  const timespan = 'should be a number of seconds or string representing a timespan';
  const signOptions = {
    __proto__: null,
    expiresIn: [isTime, timespan, 'exp'],
    notBefore: [isTime, timespan, 'nbf'],
    audience: [(value) => isText(value) || Array.isArray(value), 'must be a string or array', 'aud'],
    issuer: [isText, 'must be a string', 'iss'],
    subject: [isText, 'must be a string', 'sub'],
    jwtid: [isText, 'must be a string', 'jti'],
    noTimestamp: [isFlag, 'must be a boolean', null],
    algorithm: [(value) => Object.hasOwn(algorithms, value), 'must be a valid string enum value'],
    header: [(value) => typeof value === 'object' && value !== null, 'must be an object'],
    encoding: [isText, 'must be a string'],
    keyid: [isText, 'must be a string'],
    mutatePayload: [isFlag, 'must be a boolean'],
    allowInsecureKeySizes: [isOff, 'must be false'],
    allowInvalidAsymmetricKeyTypes: [isOff, 'must be false'],
  };
  const checkOptions = (options, payload) => {
    const isObject = typeof payload === 'object';
    for (const [name, value] of Object.entries(options)) {
      if (!(name in signOptions)) throw new Error(`"${name}" is not allowed in "options"`);
      const [isValid, message, claim] = signOptions[name];
      if (!isValid(value)) throw new Error(`"${name}" ${message}`);
      if (!isObject && claim !== undefined)
        throw new Error(`invalid ${name} option for ${typeof payload} payload`);
      if (claim && payload[claim] !== undefined) {
        const the = claim === 'exp' || claim === 'nbf' ? 'the' : 'The', end = the === 'The' ? '.' : '';
        throw new Error(`Bad "options.${name}" option${end} ${the} payload already has an "${claim}" property.`);
      }
    }
  };
  const checkPayload = (payload) => {
    if (payload === undefined) throw new Error('payload is required');
    if (payload === null || Array.isArray(payload)) throw new Error('Expected "payload" to be a plain object.');
    for (const name of ['iat', 'exp', 'nbf']) {
      if (Object.hasOwn(payload, name) && typeof payload[name] !== 'number')
        throw new Error(`"${name}" should be a number of seconds`);
    }
  };
  const sign = (payload, secret, options = {}) => {
    if (!secret) throw new Error('secretOrPrivateKey must have a value');
    const key = keyOf(secret, crypto.createPrivateKey, 'secretOrPrivateKey', Error);
    const content = Buffer.isBuffer(payload) ? payload.toString() : payload;
    checkPayload(content);
    checkOptions(options, content);
    const isObject = typeof content === 'object';
    const claims = isObject && !options.mutatePayload ? { ...content } : content;
    if (isObject) {
      const at = claims.iat || now();
      if (options.noTimestamp) delete claims.iat;
      else claims.iat = at;
      for (const [name, value] of Object.entries(options)) {
        const claim = signOptions[name][2];
        if (claim)
          claims[claim] = claim === 'exp' || claim === 'nbf' ? at + seconds(value, name) : value;
      }
    }
    const head = { alg: options.algorithm ?? 'HS256', typ: isObject ? 'JWT' : undefined, kid: options.keyid,
      ...options.header };
    const known = check(head.alg, key, 'private', 'secretOrPrivateKey', Error);
    const body = isObject ? JSON.stringify(claims) : String(claims);
    const input = `${encode(JSON.stringify(head))}.${encode(body, options.encoding)}`;
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
  const isOf = (expected, actual) => [].concat(expected).some((one) =>
    [].concat(actual).some((value) => (one instanceof RegExp ? one.test(value) : one === value)));
  // How each option of verify is compared with its claim; one that is empty is not compared.
  const verifyOptions = {
    audience: ['aud', isOf],
    issuer: ['iss', (expected, actual) => (Array.isArray(expected) ? expected.includes(actual) : expected === actual)],
    subject: ['sub', (expected, actual) => expected === actual],
    jwtid: ['jti', (expected, actual) => expected === actual],
    nonce: ['nonce', (expected, actual) => expected === actual],
  };
  const checkTime = (payload, options) => {
    const [at, leeway] = [options.clockTimestamp || now(), options.clockTolerance || 0];
    for (const [name, isIgnored] of [['nbf', options.ignoreNotBefore], ['exp', options.ignoreExpiration]]) {
      if (payload[name] !== undefined && !isIgnored && typeof payload[name] !== 'number')
        throw new JsonWebTokenError(`invalid ${name} value`);
    }
    if (payload.nbf !== undefined && !options.ignoreNotBefore && payload.nbf > at + leeway)
      throw new NotBeforeError('jwt not active', new Date(payload.nbf * 1000));
    if (payload.exp !== undefined && !options.ignoreExpiration && at >= payload.exp + leeway)
      throw new TokenExpiredError('jwt expired', new Date(payload.exp * 1000));
    if (!options.maxAge) return;
    if (typeof payload.iat !== 'number') throw new JsonWebTokenError('iat required when maxAge is specified');
    const end = payload.iat + seconds(options.maxAge, 'maxAge');
    if (at >= end + leeway) throw new TokenExpiredError('maxAge exceeded', new Date(end * 1000));
  };
  const read = (token) => {
    if (!token) throw new JsonWebTokenError('jwt must be provided');
    if (typeof token !== 'string') throw new JsonWebTokenError('jwt must be a string');
    const decoded = decode(token, { complete: true });
    if (!decoded || typeof decoded.header !== 'object' || decoded.header === null)
      throw new JsonWebTokenError('jwt malformed');
    return decoded;
  };
  const verify = (token, secret, options = {}) => {
    if (typeof secret === 'function') {
      throw new JsonWebTokenError(
        'verify must be called asynchronous if secret or public key is provided as a callback');
    }
    const decoded = read(token);
    const { header, payload } = decoded;
    const cut = token.lastIndexOf('.');
    if (cut === token.length - 1) throw new JsonWebTokenError('jwt signature is required');
    if (!secret) throw new JsonWebTokenError('secret or public key must be provided');
    const key = keyOf(secret, crypto.createPublicKey, 'secretOrPublicKey', JsonWebTokenError);
    if (!(options.algorithms ?? namesOf(key)).includes(header.alg)) throw new JsonWebTokenError('invalid algorithm');
    const known = check(header.alg, key, 'public', 'secretOrPublicKey', JsonWebTokenError);
    if (!isSigned(known, token.slice(0, cut), key, Buffer.from(token.slice(cut + 1), 'base64url')))
      throw new JsonWebTokenError('invalid signature');
    checkTime(payload, options);
    for (const [option, [claim, isRight]] of Object.entries(verifyOptions)) {
      const expected = options[option];
      if (expected && !isRight(expected, payload[claim])) {
        throw new JsonWebTokenError(`jwt ${option} invalid. expected: ${
          option === 'audience' ? [].concat(expected).join(' or ') : expected}`);
      }
    }
    return options.complete ? decoded : payload;
  };
  const withCallback = (call) => (first, secret, options, callback) => {
    const done = typeof options === 'function' ? options : callback;
    const given = typeof options === 'function' ? {} : options ?? {};
    if (!done) return call(first, secret, given);
    const answer = (key) => {
      let values;
      try { values = [null, call(first, key, given)]; } catch (error) { values = [error]; }
      Promise.resolve().then(() => done(...values));
    };
    if (typeof secret !== 'function') return answer(secret);
    try {
      secret(read(first).header, (error, key) => (error
        ? done(new JsonWebTokenError(`error in secret or public key callback: ${error.message}`)) : answer(key)));
    } catch (error) { done(error); }
    return undefined;
  };
  const jsonwebtoken = { sign: withCallback(sign), verify: withCallback(verify), decode,
    JsonWebTokenError, TokenExpiredError, NotBeforeError };
  jsonwebtoken.default = jsonwebtoken;
  return { jsonwebtoken };
})
