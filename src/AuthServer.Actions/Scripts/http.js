// fetch, axios and node-fetch: one request each, which the parent process makes.
(function ({ ask, parse, use }) {
  const { Buffer } = use('bytes');
  const { URLSearchParams } = use('url');
  class Headers {
    #values = new Map();
    constructor(init = {}) {
      for (const [name, value] of init[Symbol.iterator] ? init : Object.entries(init)) this.append(name, value);
    }
    get(name) { return this.#values.get(String(name).toLowerCase()) ?? null; }
    has(name) { return this.#values.has(String(name).toLowerCase()); }
    set(name, value) { this.#values.set(String(name).toLowerCase(), String(value)); }
    append(name, value) { this.set(name, this.has(name) ? `${this.get(name)}, ${value}` : value); }
    delete(name) { this.#values.delete(String(name).toLowerCase()); }
    forEach(callback) { this.#values.forEach((value, name) => callback(value, name, this)); }
    keys() { return this.#values.keys(); }
    values() { return this.#values.values(); }
    entries() { return this.#values.entries(); }
    [Symbol.iterator]() { return this.entries(); }
  }

  class AbortSignal {
    aborted = false;
    reason = undefined;
    #listeners = [];
    static timeout(delay) {
      const controller = new AbortController();
      setTimeout(() => controller.abort(failure('TimeoutError', 'The operation timed out.')), delay);
      return controller.signal;
    }
    static abort(signal, reason) {
      if (signal.aborted) return;
      Object.assign(signal, { aborted: true, reason });
      signal.#listeners.forEach((listener) => listener({ type: 'abort' }));
    }
    addEventListener(type, listener) { if (type === 'abort') this.#listeners.push(listener); }
    removeEventListener(type, listener) { this.#listeners = this.#listeners.filter((one) => one !== listener); }
    throwIfAborted() { if (this.aborted) throw this.reason; }
  }
  class AbortController {
    signal = new AbortSignal();
    abort(reason = failure('AbortError', 'This operation was aborted')) { AbortSignal.abort(this.signal, reason); }
  }
  const failure = (name, message) => Object.assign(new Error(message), { name });

  const bodyOf = (body, headers) => {
    if (body === undefined || body === null) return null;
    if (body instanceof URLSearchParams && !headers.has('content-type'))
      headers.set('content-type', 'application/x-www-form-urlencoded;charset=UTF-8');
    else if (!headers.has('content-type')) headers.set('content-type', 'text/plain;charset=UTF-8');
    return Buffer.from(ArrayBuffer.isView(body) ? body : String(body)).toString('base64');
  };
  const send = async (url, method, headers, body, signal) => {
    signal?.throwIfAborted();
    const request = ask('fetch', String(url), method.toUpperCase(), [...headers], body);
    const answer = await (signal ? Promise.race([request, new Promise((_, reject) =>
      signal.addEventListener('abort', () => reject(signal.reason)))]) : request);
    return { status: answer.status, headers: new Headers(answer.headers), body: Buffer.from(answer.body, 'base64') };
  };

  const fetch = async (url, { method = 'GET', headers = {}, body, signal } = {}) => {
    const sent = new Headers(headers);
    const answer = await send(url?.href ?? url, method, sent, bodyOf(body, sent), signal);
    const text = () => answer.body.toString();
    const response = {
      ok: answer.status >= 200 && answer.status < 300, status: answer.status, statusText: '', url: String(url),
      redirected: false, headers: answer.headers, bodyUsed: false,
      text: async () => text(),
      json: async () => parse(text()),
      arrayBuffer: async () => new Uint8Array(answer.body).buffer,
      buffer: async () => answer.body,
      clone: () => ({ ...response }),
    };
    return response;
  };
  const nodeFetch = Object.assign((...values) => fetch(...values), { default: fetch, Headers });

  class AxiosError extends Error {
    constructor(message, code, config, response) {
      super(message);
      Object.assign(this, { name: 'AxiosError', code, config, response, status: response?.status, isAxiosError: true });
    }
    toJSON() { return { name: this.name, message: this.message, code: this.code, status: this.status }; }
  }
  const withParams = (url, params) => {
    if (!params) return url;
    const pairs = params instanceof URLSearchParams ? params : new URLSearchParams(
      Object.entries(params).filter(([, v]) => v !== undefined && v !== null)
        .flatMap(([k, v]) => (Array.isArray(v) ? v.map((one) => [k + '[]', one]) : [[k, v]])));
    const query = pairs.toString();
    return query ? url + (url.includes('?') ? '&' : '?') + query : url;
  };
  const request = async (config) => {
    const { url = '', baseURL, method = 'get', params, data, auth, timeout, signal, responseType,
      validateStatus = (status) => status >= 200 && status < 300 } = config;
    const { common, get, post, put, patch, delete: remove, head, ...own } = config.headers ?? {};
    const headers = new Headers({ accept: 'application/json, text/plain, */*', ...common, ...own });
    let body = data;
    if (data !== undefined && data !== null && typeof data === 'object'
      && !(data instanceof URLSearchParams) && !ArrayBuffer.isView(data)) {
      const isForm = /urlencoded/i.test(headers.get('content-type') ?? '');
      if (!headers.has('content-type')) headers.set('content-type', 'application/json');
      body = isForm ? new URLSearchParams(data).toString() : JSON.stringify(data);
    } else if (typeof data === 'string' && !headers.has('content-type')) {
      headers.set('content-type', 'application/x-www-form-urlencoded');
    }
    if (auth) {
      const pair = Buffer.from(`${auth.username}:${auth.password}`).toString('base64');
      headers.set('authorization', `Basic ${pair}`);
    }
    const target = withParams(baseURL && !/^[a-z]+:\/\//i.test(url)
      ? baseURL.replace(/\/+$/, '') + (url ? '/' + url.replace(/^\/+/, '') : '') : url, params);
    let answer;
    try {
      const end = timeout ? AbortSignal.timeout(timeout) : signal;
      answer = await send(target, method, headers, bodyOf(body, headers), end);
    } catch (error) {
      throw new AxiosError(error.name === 'TimeoutError' ? `timeout of ${timeout}ms exceeded` : error.message,
        error.name === 'TimeoutError' ? 'ECONNABORTED' : 'ERR_NETWORK', config);
    }
    let content = responseType === 'arraybuffer' ? answer.body : answer.body.toString();
    if (typeof content === 'string' && responseType !== 'text') try { content = parse(content); } catch { /* text */ }
    const response = { status: answer.status, statusText: '', config, data: content,
      headers: Object.fromEntries(answer.headers) };
    if (validateStatus && !validateStatus(response.status)) {
      throw new AxiosError(`Request failed with status code ${response.status}`,
        response.status < 500 ? 'ERR_BAD_REQUEST' : 'ERR_BAD_RESPONSE', config, response);
    }
    return response;
  };
  const create = (defaults = {}) => {
    const merge = (config) => ({ ...defaults, ...config, headers: { ...defaults.headers, ...config?.headers } });
    const instance = (first, config) => request(merge(typeof first === 'string' ? { ...config, url: first } : first));
    for (const method of ['get', 'delete', 'head', 'options'])
      instance[method] = (url, config) => request(merge({ ...config, url, method }));
    for (const method of ['post', 'put', 'patch'])
      instance[method] = (url, data, config) => request(merge({ ...config, url, data, method }));
    instance.request = (config) => request(merge(config));
    instance.create = (more) => create(merge(more ?? {}));
    instance.defaults = defaults;
    return instance;
  };
  const axios = Object.assign(create(), { AxiosError, isAxiosError: (error) => error?.isAxiosError === true });
  axios.default = axios;
  return { fetch, Headers, AbortSignal, AbortController, axios, 'node-fetch': nodeFetch };
})
