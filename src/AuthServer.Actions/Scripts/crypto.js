// Random values, hashes, shared secrets and symmetric ciphers of Node.js's crypto.
(function ({ host, stringify, use }) {
  const { Buffer, toBytes, asBinary } = use('bytes');
  const digest = (operation, ...head) => {
    let data = '';
    return {
      update(value, encoding) { data += asBinary(value, encoding); return this; },
      digest(encoding) {
        const result = toBytes(host(operation, ...head, data));
        return encoding ? result.toString(encoding) : result;
      },
    };
  };
  // What was written is encrypted or decrypted at its end: update returns nothing, and final everything.
  const ciphers = ['aes-128-cbc', 'aes-192-cbc', 'aes-256-cbc', 'aes-128-gcm', 'aes-192-gcm', 'aes-256-gcm'];
  const withEncoding = (bytes, encoding) => (encoding ? bytes.toString(encoding) : bytes);
  const cipher = (isEncryption) => (given, key, iv, options) => {
    const name = String(given).toLowerCase(), isGcm = name.endsWith('gcm');
    if (!ciphers.includes(name)) throw new Error(`Unknown cipher: ${given}`);
    if (isGcm && (options?.authTagLength ?? 16) !== 16) throw new Error('The authTagLength must be 16');
    const secret = asBinary(key?.type === 'secret' ? key.export() : key), nonce = asBinary(iv);
    let data = '', associated = '', tag = null, isPadded = true;
    return {
      update(value, inputEncoding, outputEncoding) {
        data += asBinary(value, inputEncoding);
        return withEncoding(Buffer.alloc(0), outputEncoding);
      },
      final(encoding) {
        const result = host('cipher', stringify({ name, isEncryption, isPadded, key: secret, iv: nonce, data,
          associated, tag }));
        const isTagged = isEncryption && isGcm;
        if (isTagged) tag = result.slice(-16);
        return withEncoding(toBytes(isTagged ? result.slice(0, -16) : result), encoding);
      },
      setAutoPadding(value = true) { isPadded = value; return this; },
      setAAD(value) { associated = asBinary(value); return this; },
      setAuthTag(value, encoding) { tag = asBinary(value, encoding); return this; },
      getAuthTag() {
        if (tag === null) throw new Error('Invalid state for operation getAuthTag');
        return toBytes(tag);
      },
    };
  };
  const crypto = {
    getHashes: () => ['md5', 'sha1', 'sha256', 'sha384', 'sha512'],
    getCiphers: () => [...ciphers],
    createCipheriv: cipher(true),
    createDecipheriv: cipher(false),
    randomUUID: () => host('uuid'),
    randomBytes: (size) => toBytes(host('random', String(size))),
    randomInt: (low, high) => {
      const [from, to] = high === undefined ? [0, low] : [low, high];
      return from + (crypto.randomBytes(6).reduce((sum, byte) => sum * 256 + byte, 0) % (to - from));
    },
    getRandomValues: (array) => {
      new Uint8Array(array.buffer, array.byteOffset, array.byteLength).set(crypto.randomBytes(array.byteLength));
      return array;
    },
    createHash: (name) => digest('hash', String(name)),
    createHmac: (name, key) => digest('hmac', String(name), asBinary(key)),
    timingSafeEqual: (left, right) => {
      if (left.byteLength !== right.byteLength) throw new RangeError('Input buffers must have the same byte length');
      return host('equal', asBinary(left), asBinary(right)) !== null;
    },
  };
  crypto.subtle = {
    digest: async (algorithm, data) =>
      new Uint8Array(crypto.createHash(algorithm.name ?? algorithm).update(data).digest()).buffer,
  };
  crypto.webcrypto = crypto;
  return crypto;
})
