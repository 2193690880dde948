// The module auth0: clients of the Management API and the Authentication API, with the results of its versions 3, 4 and
// 5. A method is found in a table when it is called.
(function ({ parse, use, versions }) {
  const { methods, requests } = use('routes');
  const { fetch, AbortSignal } = use('http');
  const { URLSearchParams } = use('url');

  const errorClass = (name) => class extends Error {
    constructor(message, members) {
      super(message);
      Object.assign(this, { name, ...members });
    }
  };
  const ManagementApiError = errorClass('ManagementApiError'), AuthApiError = errorClass('AuthApiError');
  const FetchError = errorClass('FetchError'), TimeoutError = errorClass('TimeoutError');
  const RequiredError = errorClass('RequiredError');

  const major = /\d+/.exec(versions.auth0 ?? '');
  const declared = major ? Math.min(5, Math.max(3, Number(major[0]))) : null;
  const originOf = (domain) => {
    if (!domain) throw new Error('Must provide a domain');
    return (/^https?:\/\//i.test(domain) ? domain : `https://${domain}`).replace(/\/+$/, '');
  };
  const isObject = (value) => typeof value === 'object' && value !== null;
  const valuesOf = (object) => Object.entries(object).filter(([, value]) => value !== undefined && value !== null);
  const queryOf = (object) =>
    new URLSearchParams(valuesOf(object).map(([key, value]) => [key, String(value)])).toString();

  const send = async (options, method, url, headers, body) => {
    const timeout = options.timeoutDuration ?? options.timeoutInSeconds * 1000;
    try {
      const answer = await fetch(url, { method, body, headers: { ...options.headers, ...headers },
        signal: timeout ? AbortSignal.timeout(timeout) : undefined });
      const text = await answer.text();
      let data = text === '' ? undefined : text;
      try { data = parse(text); } catch { /* text */ }
      return { ok: answer.ok, text,
        response: { data, status: answer.status, statusText: answer.statusText, headers: answer.headers } };
    } catch (error) {
      if (error.name === 'TimeoutError') throw new TimeoutError('The request was timed out.');
      throw new FetchError(error.message, { cause: error });
    }
  };

  // A path of members, which throws with its name when it is called and is not in the table. A client is given out by
  // async functions, so that it must not look like a promise.
  const chain = (target, path, invoke) => new Proxy(target, {
    get: (_, key) => (typeof key === 'symbol' || key === 'then' || key === 'toJSON' || key in target
      ? target[key] : chain(() => {}, path ? `${path}.${key}` : key, invoke)),
    apply: (_, self, values) => invoke(path, values),
  });

  const unavailable = (name) => { throw new Error(`${name} is not available on this server`); };
  const find = (name) => {
    const [resource, ...rest] = name.split('.');
    const member = rest.join('.');
    for (const owner of member ? [resource] : Object.keys(methods)) {
      for (const line of (methods[owner] ?? '').split('\n')) {
        if (!line.includes(member || name)) continue;
        const [method, path, v4, v5, paging, v3] = line.trim().split(/ +/);
        if (member ? v4 !== member && v5 !== member : v3 !== name) continue;
        const root = owner.replace(/[A-Z]/g, (letter) => '-' + letter.toLowerCase());
        const [below, wrapper] = path.split('#');
        return { method, wrapper, paging, version: !member || v5 === '-' ? 3 : v4 === member ? null : 5,
          path: below.startsWith('../') ? below.slice(3) : below.startsWith('.') ? root + below.slice(1)
            : `${root}/${below}` };
      }
    }
    return unavailable(name);
  };

  // What the caller gave: version 5 has the parts of the path one by one, the versions before have them in an object.
  const read = ({ method, path, wrapper }, values) => {
    const names = (path.match(/{\w+}/g) ?? []).map((name) => name.slice(1, -1));
    const isPositional = names.length > 0 && !isObject(values[0]);
    const given = isPositional ? Object.fromEntries(names.map((name) => [name, values.shift()]))
      : names.length || method === 'GET' ? { ...values.shift() } : {};
    const url = path.replace(/{(\w+)}/g, (_, name) => {
      const value = given[name];
      delete given[name];
      if (value === undefined || value === null) {
        const message = `Required parameter requestParameters.${name} was null or undefined.`;
        throw new RequiredError(message, { field: name });
      }
      return encodeURIComponent(value);
    });
    const query = isPositional && method === 'GET' ? { ...values.shift() } : given;
    const body = method === 'GET' ? undefined : values.shift();
    return { url, query, body: wrapper ? { [wrapper]: body } : body };
  };

  const pageOf = (response, query, paging, load) => {
    const { data: body } = response;
    const data = Array.isArray(body) ? body : Object.values(body ?? {}).find(Array.isArray) ?? [];
    const next = body?.next ? { ...query, from: body.next }
      : paging === 'page' && data.length > 0 && data.length >= query.per_page ? { ...query, page: query.page + 1 }
        : null;
    const page = {
      data, response: body, rawResponse: response,
      hasNextPage: () => next !== null,
      getNextPage: async () => (next ? load(next) : pageOf({ ...response, data: [] }, {}, null, load)),
      async *[Symbol.asyncIterator]() {
        for (let current = page; ; current = await current.getNextPage()) {
          yield* current.data;
          if (!current.hasNextPage()) return;
        }
      },
    };
    return page;
  };

  // Version 3 gives the data, version 4 the response, and version 5 the data or a page. Without a version among the
  // dependencies of the Action, the name and the arguments say which is meant.
  const finish = (promise, version, callback) => {
    const result = promise.then((answer) => (version === 4 ? answer.response : answer.page ?? answer.response.data));
    if (callback) result.then((data) => callback(null, data), callback);
    return Object.assign(result, { withRawResponse: () => promise.then(({ response, page }) =>
      ({ data: page ?? response.data, rawResponse: response })) });
  };
  const callbackOf = (values) => (typeof values.at(-1) === 'function' ? values.pop() : null);

  class AuthenticationClient {
    constructor(options) { return chain(this, '', (name, values) => authenticate(options, name, values)); }
  }
  const authenticate = (options, name, values) => {
    const callback = callbackOf(values);
    const request = requests.find((names) => names.slice(0, 2).includes(name)) ?? unavailable(name);
    const [, ofVersion3, path, grantType] = request;
    const { domain, clientId, clientSecret } = options;
    const post = async () => {
      const body = { client_id: clientId, ...values[0] };
      if (path.startsWith('oauth/') && !(body.client_secret ??= clientSecret))
        throw new Error('The client_secret is required.');
      if (grantType) body.grant_type = grantType;
      if (grantType === 'password' && body.realm) body.grant_type = 'http://auth0.com/oauth/grant-type/password-realm';
      const isForm = Boolean(grantType);
      const answer = await send(options, 'POST', `${originOf(domain)}/${path}`,
        { 'content-type': isForm ? 'application/x-www-form-urlencoded' : 'application/json' },
        isForm ? queryOf(body) : JSON.stringify(body));
      if (answer.ok) return answer;
      const { text, response: { data, status, headers } } = answer;
      const error = data?.error ?? data?.code, description = data?.error_description ?? data?.description;
      throw new AuthApiError(description ?? error ?? 'Response returned an error code',
        { error, error_description: description, statusCode: status, body: text, headers });
    };
    return finish(post(), name === ofVersion3 || declared === 3 ? 3 : 4, callback);
  };

  const tokenSource = (options) => {
    if (options.token) return async () => (typeof options.token === 'function' ? options.token() : options.token);
    const { audience = `${originOf(options.domain)}/api/v2/`, scope } = options;
    let kept = null, end = 0;
    return async () => {
      if (kept && Date.now() < end) return kept;
      kept = authenticate(options, 'clientCredentialsGrant', [{ audience, scope }]).then((answer) => {
        end = Date.now() + (answer.expires_in - 10) * 1000;
        return answer.access_token;
      }, (error) => {
        end = 0;
        throw error;
      });
      end = Infinity;
      return kept;
    };
  };

  const failureOf = ({ text, response: { data, status, headers } }, version) => {
    const message = data?.message ?? 'Response returned an error code';
    return new ManagementApiError(message, { msg: message, errorCode: data?.errorCode, error: data?.error,
      statusCode: data?.statusCode ?? status, body: version === 5 ? data : text, headers });
  };
  const manage = (options, accessToken, name, values) => {
    const callback = callbackOf(values);
    const method = find(name);
    const version = method.version ?? declared ?? (method.path.includes('{') && !isObject(values[0]) ? 5 : 4);
    const isPage = version === 5 && /^(page|take)$/.test(method.paging);
    const load = async ({ url, query, body }) => {
      if (isPage && query.from === undefined && query.take === undefined)
        query = method.paging === 'take' ? { take: 50, ...query } : { page: 0, per_page: 50, ...query };
      const search = queryOf(query);
      const target = `${originOf(options.domain)}/api/v2/${url}${search && (url.includes('?') ? '&' : '?') + search}`;
      const headers = { authorization: `Bearer ${await accessToken()}` };
      if (body !== undefined) headers['content-type'] = 'application/json';
      const answer = await send(options, method.method, target, headers, body && JSON.stringify(body));
      if (!answer.ok) throw failureOf(answer, version);
      const { response } = answer;
      return isPage ? { response, page: pageOf(response, query, method.paging,
        async (next) => (await load({ url, query: next })).page) } : answer;
    };
    const start = async () => load(read(method, values));
    return finish(start(), version, callback);
  };
  class ManagementClient {
    constructor(options) {
      const accessToken = tokenSource(options);
      return chain(Object.assign(this, { getAccessToken: accessToken }), '',
        (name, values) => manage(options, accessToken, name, values));
    }
  }

  return { auth0: { ManagementClient, AuthenticationClient, ManagementApiError, ManagementError: ManagementApiError,
    AuthApiError, FetchError, TimeoutError, RequiredError } };
})
