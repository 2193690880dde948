// URL, URLSearchParams, and Node.js's modules url and querystring.
(function ({ host, parse }) {
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
  const inspected = Symbol.for('nodejs.util.inspect.custom');
  const inspectPairs = (name, pairs, inspect) => {
    const shown = [...pairs].map(([k, v]) => `${inspect(k)} => ${inspect(v)}`).join(', ');
    return shown ? `${name} { ${shown} }` : `${name} {}`;
  };
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
    [inspected](depth, options, inspect) { return inspectPairs('URLSearchParams', this, inspect); }
    toString() { return this.#pairs.map(([k, v]) => `${encodePart(k)}=${encodePart(v)}`).join('&'); }
  }
  class URL {
    constructor(url, base) {
      const parts = host('url', String(url), base === undefined ? null : String(base));
      if (parts === null) throw Object.assign(new TypeError('Invalid URL'), { code: 'ERR_INVALID_URL' });
      Object.assign(this, parse(parts));
      Object.defineProperty(this, 'searchParams', { __proto__: null, value: new URLSearchParams(this.search, () => {
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
  const url = { URL, URLSearchParams, parse: (text) => new URL(text), format: (value) => String(value) };
  return { URL, URLSearchParams, url, querystring, inspectPairs };
})
