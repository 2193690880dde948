// axios, over the requests of fetch.
(function ({ parse, use, frames, withFrames }) {
  const { Buffer } = use('bytes');
  const { URLSearchParams } = use('url');
  const { Headers, AbortSignal, AbortController } = use('web');
  const { Blob, FormData, bytesOf } = use('body');
  const { send } = use('http');
  const { flatten } = use('qs');
  const methods = ['get', 'delete', 'head', 'options', 'post', 'put', 'patch'];

  class AxiosError extends Error {
    constructor(message, code, config, request, response) {
      super(message);
      Object.assign(this, { name: 'AxiosError', code, config, request, response, status: response?.status,
        isAxiosError: true });
    }
    toJSON() { return { name: this.name, message: this.message, code: this.code, status: this.status }; }
  }
  class CanceledError extends AxiosError {
    constructor(message, config) {
      super(message ?? 'canceled', 'ERR_CANCELED', config);
      Object.assign(this, { name: 'CanceledError', __CANCEL__: true });
    }
  }
  const isCancel = (value) => value?.__CANCEL__ === true;
  class CancelToken {
    #controller = new AbortController();
    constructor(executor) {
      this.promise = new Promise((resolve) => executor((message) => {
        if (this.reason) return;
        this.reason = new CanceledError(message);
        this.#controller.abort(this.reason);
        resolve(this.reason);
      }));
    }
    get signal() { return this.#controller.signal; }
    throwIfRequested() { if (this.reason) throw this.reason; }
    static source() {
      let cancel;
      return { token: new CancelToken((one) => { cancel = one; }), cancel };
    }
  }

  const pairsOf = (data) => flatten(data).filter(([, value]) => value !== null);
  const targetOf = ({ url = '', baseURL, params, paramsSerializer }) => {
    const target = baseURL && !/^[a-z]+:\/\//i.test(url)
      ? baseURL.replace(/\/+$/, '') + (url ? '/' + url.replace(/^\/+/, '') : '') : url;
    if (!params) return target;
    const serialize = paramsSerializer?.serialize ?? paramsSerializer;
    const query = typeof serialize === 'function' ? serialize(params)
      : String(params instanceof URLSearchParams ? params
        : new URLSearchParams(pairsOf(params)));
    return query ? target + (target.includes('?') ? '&' : '?') + query : target;
  };
  const headersOf = ({ headers = {}, method, auth }) => {
    const common = { accept: 'application/json, text/plain, */*', ...headers.common };
    const own = Object.entries(headers).filter(([name]) => name !== 'common' && !methods.includes(name));
    const all = new Headers(common);
    for (const [name, value] of [...Object.entries(headers[method] ?? {}), ...own]) {
      if (value === undefined || value === null || value === false) all.delete(name);
      else all.set(name, value);
    }
    if (auth) {
      const pair = Buffer.from(`${auth.username}:${auth.password}`).toString('base64');
      all.set('authorization', `Basic ${pair}`);
    }
    return all;
  };
  const isBody = (data) => data instanceof URLSearchParams || data instanceof FormData || data instanceof Blob
    || data instanceof ArrayBuffer || ArrayBuffer.isView(data);
  const formOf = (data) => {
    const form = new FormData();
    for (const [name, value] of pairsOf(data)) form.append(name, value);
    return form;
  };
  const bytesOfData = (data, headers) => {
    const type = headers.get('content-type') ?? '';
    let body = data;
    if (typeof data === 'object' && data !== null && !isBody(data)) {
      if (/^multipart\/form-data/i.test(type)) body = formOf(data);
      else if (/urlencoded/i.test(type)) body = new URLSearchParams(pairsOf(data));
      else body = JSON.stringify(data);
      if (!type) headers.set('content-type', 'application/json');
    } else if (typeof data === 'string' && !type) {
      headers.set('content-type', 'application/x-www-form-urlencoded');
    }
    // The boundary is in the type that the form sets.
    if (body instanceof FormData) headers.delete('content-type');
    return bytesOf(body, headers);
  };
  const errorOf = (error, config) => {
    if (error === config.cancelToken?.reason) return error;
    if (error?.name === 'AbortError' || config.signal?.aborted) return new CanceledError(undefined, config);
    if (error?.name === 'TimeoutError')
      return new AxiosError(`timeout of ${config.timeout}ms exceeded`, 'ECONNABORTED', config, {});
    const { code = 'ERR_NETWORK', message = error.message } = error.cause ?? {};
    return Object.assign(new AxiosError(message, code, config, {}), { cause: error });
  };
  const dispatch = async (config, from) => {
    const { method, data, timeout, signal, cancelToken, responseType,
      validateStatus = (status) => status >= 200 && status < 300 } = config;
    const [target, headers] = [targetOf(config), headersOf(config)];
    const bytes = bytesOfData(data, headers);
    const ends = [signal, cancelToken?.signal, timeout ? AbortSignal.timeout(timeout) : null].filter(Boolean);
    let answer;
    try {
      answer = await send(target, method.toUpperCase(), headers, bytes, ends.length ? AbortSignal.any(ends) : null);
    } catch (error) {
      throw withFrames(errorOf(error, config), from);
    }
    let content = responseType === 'arraybuffer' ? answer.body : answer.body.toString();
    if (typeof content === 'string' && responseType !== 'text')
      try { content = parse(content); } catch { /* It is text. */ }
    const { status, statusText } = answer;
    const response = { status, statusText, config, data: content, headers: Object.fromEntries(answer.headers),
      request: {} };
    if (validateStatus && !validateStatus(status)) {
      throw withFrames(new AxiosError(`Request failed with status code ${status}`,
        status < 500 ? 'ERR_BAD_REQUEST' : 'ERR_BAD_RESPONSE', config, response.request, response), from);
    }
    return response;
  };

  class Interceptors {
    #pairs = [];
    use(done, failed) { return this.#pairs.push([done, failed]) - 1; }
    eject(id) { this.#pairs[id] = null; }
    clear() { this.#pairs = []; }
    static of(interceptors) { return interceptors.#pairs.filter(Boolean); }
  }
  const merged = (headers, more) => {
    const result = { ...headers };
    for (const [name, value] of more instanceof Headers ? more : Object.entries(more ?? {})) {
      const isGroup = typeof value === 'object' && value !== null && !Array.isArray(value);
      result[name] = isGroup ? { ...result[name], ...value } : value;
    }
    return result;
  };
  const merge = (defaults, config = {}) =>
    ({ ...defaults, ...config, headers: merged(merged({}, defaults.headers), config.headers) });
  const create = (given) => {
    const defaults = merge({ headers: Object.fromEntries(['common', ...methods].map((name) => [name, {}])) }, given);
    const interceptors = { request: new Interceptors(), response: new Interceptors() };
    const request = (config, from) => {
      const full = merge(instance.defaults, config);
      full.method = String(full.method ?? 'get').toLowerCase();
      const before = Interceptors.of(interceptors.request).reverse(), after = Interceptors.of(interceptors.response);
      let running = before.length
        ? before.reduce((chain, pair) => chain.then(...pair), Promise.resolve(full)).then((one) => dispatch(one, from))
        : dispatch(full, from);
      for (const pair of after) running = running.then(...pair);
      return running;
    };
    const instance = (first, config) =>
      request(typeof first === 'string' ? { ...config, url: first } : first, frames());
    for (const method of ['get', 'delete', 'head', 'options'])
      instance[method] = (url, config) => request({ ...config, url, method }, frames());
    for (const method of ['post', 'put', 'patch']) {
      instance[method] = (url, data, config) => request({ ...config, url, data, method }, frames());
      instance[method + 'Form'] = (url, data, config) => request({ ...config, url, data, method,
        headers: { ...config?.headers, 'content-type': 'multipart/form-data' } }, frames());
    }
    return Object.assign(instance, { defaults, interceptors, request: (config) => request(config, frames()),
      create: (more) => create(merge(instance.defaults, more)),
      getUri: (config) => targetOf(merge(instance.defaults, config)) });
  };
  const axios = Object.assign(create({}), {
    AxiosError, CanceledError, CancelToken, isCancel, toFormData: formOf,
    isAxiosError: (error) => error?.isAxiosError === true,
    all: (promises) => Promise.all(promises),
    spread: (callback) => (values) => callback(...values),
  });
  axios.default = axios;
  return { axios };
})
