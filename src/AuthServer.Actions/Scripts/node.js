// Buffer, URL, TextEncoder, and the modules of Node.js that need no machine.
(function (core) {
  const { host, define, modules, inspect, format, parse } = core;
  const toBytes = (binary) => {
    const bytes = new Buffer(binary.length);
    for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
    return bytes;
  };
  const toBinary = (bytes) => {
    let binary = '';
    for (let i = 0; i < bytes.length; i++) binary += String.fromCharCode(bytes[i]);
    return binary;
  };
  const asBinary = (value, encoding = 'utf8') => {
    if (typeof value === 'string') return host('decode', value, encoding);
    if (value instanceof ArrayBuffer) return toBinary(new Uint8Array(value));
    if (ArrayBuffer.isView(value)) return toBinary(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
    throw new TypeError('The argument must be a string, a Buffer or a typed array');
  };

  Object.assign(core, { toBytes, asBinary });

  class Buffer extends Uint8Array {
    static from(value, encoding) {
      if (typeof value === 'string' || value instanceof ArrayBuffer) return toBytes(asBinary(value, encoding));
      return new Buffer(value?.type === 'Buffer' ? value.data : value);
    }
    static alloc(size, fill = 0) { return new Buffer(size).fill(fill); }
    static allocUnsafe(size) { return new Buffer(size); }
    static isBuffer(value) { return value instanceof Buffer; }
    static isEncoding(name) { return /^(utf-?8|hex|base64(url)?|latin1|binary|ascii|utf-?16le|ucs-?2)$/i.test(name); }
    static byteLength(value, encoding) {
      return typeof value === 'string' ? asBinary(value, encoding).length : value.byteLength;
    }
    static concat(list) { return toBytes(list.map((part) => asBinary(part)).join('')); }
    static compare(left, right) { return left.compare(right); }
    toString(encoding = 'utf8', start = 0, end = this.length) {
      return host('encode', toBinary(start === 0 && end === this.length ? this : this.subarray(start, end)), encoding);
    }
    toJSON() { return { type: 'Buffer', data: Array.from(this) }; }
    equals(other) { return toBinary(this) === asBinary(other); }
    compare(other) {
      const [left, right] = [toBinary(this), asBinary(other)];
      return left < right ? -1 : left > right ? 1 : 0;
    }
    write(text, offset = 0, length = this.length - offset, encoding = 'utf8') {
      const bytes = Buffer.from(text, encoding).subarray(0, length);
      this.set(bytes, offset);
      return bytes.length;
    }
    readUInt8(offset = 0) { return this[offset]; }
    readUInt16BE(offset = 0) { return this[offset] * 256 + this[offset + 1]; }
    readUInt32BE(offset = 0) { return this.readUInt16BE(offset) * 65536 + this.readUInt16BE(offset + 2); }
  }
  define('Buffer', Buffer);
  define('atob', (text) => host('decode', String(text), 'base64'));
  define('btoa', (text) => host('encode', String(text), 'base64'));
  define('TextEncoder', class TextEncoder {
    get encoding() { return 'utf-8'; }
    encode(text = '') { return new Uint8Array(Buffer.from(String(text))); }
  });
  define('TextDecoder', class TextDecoder {
    get encoding() { return 'utf-8'; }
    decode(bytes) { return bytes === undefined ? '' : host('encode', asBinary(bytes), 'utf8'); }
  });

  const decodePart = (text) => {
    const spaced = text.replace(/\+/g, ' ');
    try { return decodeURIComponent(spaced); } catch { return spaced; }
  };
  const encodePart = (text) => encodeURIComponent(text).replace(/%20/g, '+')
    .replace(/[!'()~]/g, (c) => '%' + c.charCodeAt(0).toString(16).toUpperCase());
  const pairsOf = (text) => text.replace(/^\?/, '').split('&').filter(Boolean).map((pair) => {
    const at = pair.indexOf('=');
    return at < 0 ? [decodePart(pair), ''] : [decodePart(pair.slice(0, at)), decodePart(pair.slice(at + 1))];
  });
  class URLSearchParams {
    #pairs;
    #changed;
    constructor(init = '', changed = () => {}) {
      this.#changed = changed;
      this.#pairs = typeof init === 'string' ? pairsOf(init)
        : [...(init[Symbol.iterator] ? init : Object.entries(init))].map(([k, v]) => [String(k), String(v)]);
    }
    get size() { return this.#pairs.length; }
    get(name) { return this.#pairs.find(([k]) => k === name)?.[1] ?? null; }
    getAll(name) { return this.#pairs.filter(([k]) => k === name).map(([, v]) => v); }
    has(name) { return this.#pairs.some(([k]) => k === name); }
    append(name, value) { this.#pairs.push([String(name), String(value)]); this.#changed(); }
    delete(name) { this.#pairs = this.#pairs.filter(([k]) => k !== name); this.#changed(); }
    set(name, value) {
      const at = this.#pairs.findIndex(([k]) => k === name);
      this.#pairs = this.#pairs.filter(([k], i) => k !== name || i === at);
      if (at < 0) this.#pairs.push([String(name), String(value)]);
      else this.#pairs[at] = [String(name), String(value)];
      this.#changed();
    }
    sort() { this.#pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)); this.#changed(); }
    forEach(callback) { this.#pairs.forEach(([k, v]) => callback(v, k, this)); }
    entries() { return this.#pairs.values(); }
    keys() { return this.#pairs.map(([k]) => k).values(); }
    values() { return this.#pairs.map(([, v]) => v).values(); }
    [Symbol.iterator]() { return this.entries(); }
    toString() { return this.#pairs.map(([k, v]) => `${encodePart(k)}=${encodePart(v)}`).join('&'); }
  }
  define('URLSearchParams', URLSearchParams);
  class URL {
    constructor(url, base) {
      const parts = host('url', String(url), base === undefined ? null : String(base));
      if (parts === null) throw Object.assign(new TypeError('Invalid URL'), { code: 'ERR_INVALID_URL' });
      Object.assign(this, parse(parts));
      Object.defineProperty(this, 'searchParams', { value: new URLSearchParams(this.search, () => {
        const query = this.searchParams.toString();
        this.search = query ? '?' + query : '';
      }) });
    }
    static canParse(url, base) { return host('url', String(url), base === undefined ? null : String(base)) !== null; }
    get href() {
      const user = this.username ? this.username + (this.password ? ':' + this.password : '') + '@' : '';
      return `${this.protocol}//${user}${this.host}${this.pathname}${this.search}${this.hash}`;
    }
    toString() { return this.href; }
    toJSON() { return this.href; }
  }
  define('URL', URL);

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
  define('crypto', crypto);

  const querystring = {
    escape: (text) => encodeURIComponent(text),
    unescape: decodePart,
    stringify: (object = {}, separator = '&', equals = '=') => Object.entries(object)
      .flatMap(([k, v]) => (Array.isArray(v) ? v : [v])
        .map((one) => encodeURIComponent(k) + equals + encodeURIComponent(one ?? '')))
      .join(separator),
    parse: (text = '') => {
      const object = Object.create(null);
      for (const [k, v] of pairsOf(text)) object[k] = k in object ? [].concat(object[k], v) : v;
      return object;
    },
  };
  querystring.encode = querystring.stringify;
  querystring.decode = querystring.parse;
  const isUuid = (text) => typeof text === 'string' && /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(text);
  const util = {
    inspect, format,
    promisify: (call) => (...values) => new Promise((resolve, reject) =>
      call(...values, (error, result) => (error ? reject(error) : resolve(result)))),
    types: { isPromise: (value) => value instanceof Promise, isDate: (value) => value instanceof Date },
    TextEncoder, TextDecoder,
  };
  const url = { URL, URLSearchParams, parse: (text) => new URL(text), format: (value) => String(value) };
  const named = { crypto, url, util, querystring, buffer: { Buffer, atob, btoa } };
  for (const [name, value] of Object.entries(named)) modules[name] = modules['node:' + name] = value;
  modules.uuid = { v4: () => host('uuid'), validate: isUuid, version: (text) => parseInt(text[14], 16),
    NIL: '00000000-0000-0000-0000-000000000000' };
})
