// Buffer, and the encodings of text.
(function ({ host }) {
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
  const atob = (text) => host('decode', String(text), 'base64');
  const btoa = (text) => host('encode', String(text), 'base64');
  class TextEncoder {
    get encoding() { return 'utf-8'; }
    encode(text = '') { return new Uint8Array(Buffer.from(String(text))); }
  }
  class TextDecoder {
    get encoding() { return 'utf-8'; }
    decode(bytes) { return bytes === undefined ? '' : host('encode', asBinary(bytes), 'utf8'); }
  }

  return { Buffer, atob, btoa, TextEncoder, TextDecoder, buffer: { Buffer, atob, btoa }, toBytes, asBinary };
})
