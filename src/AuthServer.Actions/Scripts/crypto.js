// Random values, hashes and shared secrets of Node.js's crypto.
(function ({ host, use }) {
  const { toBytes, asBinary } = use('bytes');
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
  const crypto = {
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
