// Requests, responses, and what they contain. Bodies are bytes, not streams.
(function ({ host, parse, use }) {
  const { Buffer, toBytes, asBinary } = use('bytes');
  const { URL, URLSearchParams, inspectPairs } = use('url');
  const { Headers } = use('web');
  const inspected = Symbol.for('nodejs.util.inspect.custom');

  const content = new WeakMap();
  const binaryOf = (part) => content.get(part) ?? asBinary(
    ArrayBuffer.isView(part) || part instanceof ArrayBuffer ? part : String(part));
  class Blob {
    constructor(parts = [], { type = '' } = {}) {
      content.set(this, [...parts].map(binaryOf).join(''));
      this.type = String(type).toLowerCase();
    }
    get size() { return content.get(this).length; }
    slice(start, end, type) { return new Blob([toBytes(content.get(this).slice(start, end))], { type }); }
    async text() { return toBytes(content.get(this)).toString(); }
    async bytes() { return new Uint8Array(toBytes(content.get(this))); }
    async arrayBuffer() { return (await this.bytes()).buffer; }
  }

  class FormData {
    #parts = [];
    static #partOf(name, value, file) {
      return value instanceof Blob ? [String(name), value, String(file ?? value.name ?? 'blob')]
        : [String(name), String(value)];
    }
    append(...part) { this.#parts.push(FormData.#partOf(...part)); }
    set(...part) {
      const [made, at] = [FormData.#partOf(...part), this.#parts.findIndex(([name]) => name === String(part[0]))];
      this.#parts = this.#parts.filter(([name], i) => name !== made[0] || i === at);
      if (at < 0) this.#parts.push(made);
      else this.#parts[at] = made;
    }
    delete(name) { this.#parts = this.#parts.filter(([one]) => one !== name); }
    get(name) { return this.getAll(name)[0] ?? null; }
    getAll(name) { return this.#parts.filter(([one]) => one === name).map(([, value]) => value); }
    has(name) { return this.#parts.some(([one]) => one === name); }
    forEach(callback) { this.#parts.forEach(([name, value]) => callback(value, name, this)); }
    entries() { return this.#parts.map(([name, value]) => [name, value]).values(); }
    keys() { return this.#parts.map(([name]) => name).values(); }
    values() { return this.#parts.map(([, value]) => value).values(); }
    [Symbol.iterator]() { return this.entries(); }
    [inspected](depth, options, inspect) { return inspectPairs('FormData', this, inspect); }

    // RFC 7578.
    static toBinary(form, boundary) {
      const name = (text) => asBinary(text).replace(/["\r\n]/g, (c) => ({ '"': '%22', '\r': '%0D', '\n': '%0A' })[c]);
      return form.#parts.map(([field, value, file]) => `--${boundary}\r\nContent-Disposition: form-data; `
        + `name="${name(field)}"` + (file === undefined ? '' : `; filename="${name(file)}"\r\n`
          + `Content-Type: ${value.type || 'application/octet-stream'}`)
        + `\r\n\r\n${binaryOf(value)}\r\n`).join('') + `--${boundary}--\r\n`;
    }
  }

  // The bytes of a body; its type is set where the caller has set none.
  const bytesOf = (body, headers) => {
    if (body === undefined || body === null) return null;
    const typed = (type) => { if (type && !headers.has('content-type')) headers.set('content-type', type); };
    if (body instanceof FormData) {
      const boundary = `form-${host('uuid')}`;
      typed(`multipart/form-data; boundary=${boundary}`);
      return toBytes(FormData.toBinary(body, boundary));
    }
    if (body instanceof Blob) typed(body.type);
    else if (body instanceof URLSearchParams) typed('application/x-www-form-urlencoded;charset=UTF-8');
    else if (!ArrayBuffer.isView(body) && !(body instanceof ArrayBuffer)) typed('text/plain;charset=UTF-8');
    return toBytes(binaryOf(body));
  };

  class Body {
    #bytes = null;
    bodyUsed = false;
    static bytesOf(message) {
      if (message.bodyUsed) throw new TypeError('Body is unusable: Body has already been read');
      return message.#bytes;
    }
    static fill(message, body) { message.#bytes = bytesOf(body, message.headers); }
    async buffer() {
      const bytes = Body.bytesOf(this);
      this.bodyUsed = bytes !== null;
      return bytes ?? Buffer.alloc(0);
    }
    async text() { return (await this.buffer()).toString(); }
    async json() { return parse(await this.text()); }
    async bytes() { return new Uint8Array(await this.buffer()); }
    async arrayBuffer() { return (await this.bytes()).buffer; }
    async blob() { return new Blob([await this.buffer()], { type: this.headers.get('content-type') ?? '' }); }
  }
  class Response extends Body {
    constructor(body = null, { status = 200, statusText = '', headers, url = '' } = {}) {
      super();
      Object.assign(this, { status, statusText, url, ok: status >= 200 && status < 300, redirected: false,
        type: 'default', headers: new Headers(headers) });
      Body.fill(this, body);
    }
    static json(data, init = {}) {
      const headers = new Headers(init.headers);
      if (!headers.has('content-type')) headers.set('content-type', 'application/json');
      return new Response(JSON.stringify(data), { ...init, headers });
    }
    clone() { return new Response(Body.bytesOf(this), this); }
  }
  class Request extends Body {
    constructor(input, init = {}) {
      super();
      const from = input instanceof Request ? input : {};
      const url = from.url ?? String(input);
      if (!URL.canParse(url)) throw new TypeError(`Failed to parse URL from ${url}`);
      Object.assign(this, { url: new URL(url).href, method: String(init.method ?? from.method ?? 'GET').toUpperCase(),
        headers: new Headers(init.headers ?? from.headers), signal: init.signal ?? from.signal });
      const body = init.body ?? (from.method ? Body.bytesOf(from) : null);
      if (body !== null && ['GET', 'HEAD'].includes(this.method))
        throw new TypeError('Request with GET/HEAD method cannot have body.');
      Body.fill(this, body);
    }
    clone() { return new Request(this); }
  }
  return { Blob, FormData, Request, Response, bytesOf, bodyOf: Body.bytesOf };
})
