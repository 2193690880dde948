// Keys, signatures and derived keys of Node.js's crypto.
// signature(operation, scheme, key, data, signature) answers at once.
(function ({ signature, parse, use }) {
  const { Buffer, toBytes, asBinary } = use('bytes');
  const crypto = use('crypto');
  const content = new WeakMap();
  const labels = { spki: 'PUBLIC KEY', pkcs8: 'PRIVATE KEY', sec1: 'EC PRIVATE KEY' };
  const constants = { RSA_PKCS1_PADDING: 1, RSA_PKCS1_PSS_PADDING: 6, RSA_PSS_SALTLEN_DIGEST: -1,
    RSA_PSS_SALTLEN_MAX_SIGN: -2, RSA_PSS_SALTLEN_AUTO: -2 };

  class KeyObject {
    constructor(type, text, kind, details) {
      content.set(this, text);
      this.type = type;
      if (kind) Object.assign(this, { asymmetricKeyType: kind, asymmetricKeyDetails: details });
      else this.symmetricKeySize = text.length;
    }
    export({ type, format } = {}) {
      const text = content.get(this);
      if (this.type === 'secret') return toBytes(text);
      if (format !== 'pem' || type !== (this.type === 'private' ? 'pkcs8' : 'spki'))
        throw new TypeError('A key is exported as PEM, of the type spki or pkcs8');
      return text + '\n';
    }
    equals(other) { return this.type === other.type && content.get(this) === content.get(other); }
  }
  const textOf = (key) => (typeof key === 'string' ? key : asBinary(key));
  const describe = (kind, text) => {
    const found = parse(signature('key', kind, text));
    return new KeyObject(kind === 'private' ? 'private' : 'public', found.pem, found.kind, found.details);
  };
  const create = (input, wanted) => {
    if (input instanceof KeyObject) {
      if (input.type === wanted) return input;
      if (input.type !== 'private') throw new TypeError(`Invalid key object type ${input.type}, expected ${wanted}`);
      return describe(wanted, content.get(input));
    }
    if (typeof input === 'string' || ArrayBuffer.isView(input)) return describe(wanted, textOf(input));
    if (input?.format === 'jwk') {
      if (wanted === 'private') throw new TypeError('A private key must be in PEM or DER');
      return describe('jwk', JSON.stringify(input.key));
    }
    if (input?.format === 'der') {
      const label = labels[input.type] ?? (wanted === 'private' ? 'RSA PRIVATE KEY' : 'RSA PUBLIC KEY');
      const base64 = Buffer.from(input.key).toString('base64');
      return describe(wanted, `-----BEGIN ${label}-----\n${base64}\n-----END ${label}-----`);
    }
    if (input?.key === undefined) throw new TypeError('The key must be a string, a Buffer or a KeyObject');
    return create(input.key, wanted);
  };
  const schemeOf = (name, { padding = constants.RSA_PKCS1_PADDING, saltLength, dsaEncoding = 'der' }) => {
    const hash = String(name).toLowerCase().replace(/^rsa-/, '').replace('-', '');
    if (padding === constants.RSA_PKCS1_PSS_PADDING) {
      if (saltLength !== constants.RSA_PSS_SALTLEN_DIGEST && saltLength !== Number(hash.slice(3)) / 8)
        throw new RangeError('saltLength must be crypto.constants.RSA_PSS_SALTLEN_DIGEST');
      return `${hash}/pss/${dsaEncoding}`;
    }
    return `${hash}/${padding === constants.RSA_PKCS1_PADDING ? 'pkcs1' : 'none'}/${dsaEncoding}`;
  };
  const optionsOf = (key) => (typeof key === 'object' && key !== null && !ArrayBuffer.isView(key) ? key : {});
  const sign = (name, data, key) => toBytes(signature(
    'sign', schemeOf(name, optionsOf(key)), content.get(create(key, 'private')), asBinary(data)));
  const verify = (name, data, key, sent) => signature('verify', schemeOf(name, optionsOf(key)),
    content.get(create(key, 'public')), asBinary(data), asBinary(sent)) !== null;
  const gather = (end) => (name) => {
    let data = '';
    return {
      update(value, encoding) { data += asBinary(value, encoding); return this; },
      ...end(name, () => toBytes(data)),
    };
  };

  const pbkdf2Sync = (password, salt, iterations, length, name = 'sha1') => toBytes(signature(
    'pbkdf2', `${name}/${iterations}/${length}`, asBinary(password), asBinary(salt)));
  const scryptSync = (password, salt, length, options) => {
    const { N, cost = N, r, blockSize = r, p, parallelization = p, maxmem } = options ?? {};
    const [n, size, lanes] = [cost || 16384, blockSize || 8, parallelization || 1];
    if (128 * size * (n + lanes + 2) > (maxmem || 32 << 20)) {
      throw Object.assign(new RangeError('Invalid scrypt params: memory limit exceeded'),
        { code: 'ERR_CRYPTO_INVALID_SCRYPT_PARAMS' });
    }
    return toBytes(signature('scrypt', `${n}/${size}/${lanes}/${length}`, asBinary(password), asBinary(salt)));
  };
  const withCallback = (derive) => (...values) => {
    const done = values.pop();
    let result;
    try { result = [null, derive(...values)]; } catch (error) { result = [error]; }
    Promise.resolve().then(() => done(...result));
  };

  const { createHmac } = crypto;
  Object.assign(crypto, {
    pbkdf2Sync, pbkdf2: withCallback(pbkdf2Sync),
    scryptSync, scrypt: withCallback(scryptSync),
    KeyObject, constants, sign, verify,
    createPrivateKey: (key) => create(key, 'private'),
    createPublicKey: (key) => create(key, 'public'),
    createSecretKey: (key, encoding) => new KeyObject('secret', asBinary(key, encoding)),
    createSign: gather((name, data) => ({
      sign(key, encoding) {
        const signed = sign(name, data(), key);
        return encoding ? signed.toString(encoding) : signed;
      },
    })),
    createVerify: gather((name, data) => ({
      verify: (key, sent, encoding) =>
        verify(name, data(), key, typeof sent === 'string' ? Buffer.from(sent, encoding) : sent),
    })),
    createHmac: (name, key) => {
      if (!(key instanceof KeyObject)) return createHmac(name, key);
      if (key.type !== 'secret') throw new TypeError(`Invalid key object type ${key.type}, expected secret`);
      return createHmac(name, key.export());
    },
  });
  return { crypto };
})
