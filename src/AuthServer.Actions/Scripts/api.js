// event and api of each trigger. What an Action decides becomes a list of commands, which the parent process validates.
(function ({ define, parse, stringify, cut, inspect, stackOf, use }) {
  const maxCommands = 200, maxText = 128 * 1024;
  const commands = [];
  let size = 0, result = null;

  const record = (path, ...values) => {
    const command = JSON.stringify([path, ...values]);
    size += command.length;
    if (commands.length === maxCommands) throw new Error(`An Action may issue ${maxCommands} commands`);
    if (size > maxText) throw new Error(`The commands of an Action may have ${maxText} characters`);
    commands.push(command);
  };
  const textOf = (value, name) => {
    if (typeof value !== 'string' || value === '') throw new TypeError(`${name} must be a string that is not empty`);
    return value;
  };
  const reasonOf = (reason) => String(reason ?? 'The Action denied access.');
  const scopeOf = (value) => {
    const scope = textOf(value, 'The scope').trim();
    if (scope === '' || scope.length > 280 || /\s/.test(scope)) throw new TypeError('The scope is not valid');
    return scope;
  };
  const unavailable = (group, ...names) => Object.fromEntries(names.map((name) => [name, () => {
    throw new Error(`api.${group}.${name} is not available on this server`);
  }]));

  // Groups that most Actions do without are made when they are used.
  const claims = (api, path, refused) => (name, value) => {
    if (textOf(name, 'The name of a claim') === refused)
      throw new Error('The claim scope is changed by addScope and removeScope');
    record(`${path}.setCustomClaim`, name, ...(value === undefined ? [] : [value]));
    return api();
  };
  const metadata = (api) => {
    const set = (path) => (key, value) => {
      if (value !== undefined) record(path, textOf(key, 'The key'), value);
      return api();
    };
    return { setAppMetadata: set('user.setAppMetadata'), setUserMetadata: set('user.setUserMetadata') };
  };
  const validation = (api) => ({
    error(code, message) {
      for (const text of [code, message])
        if (textOf(text, 'code and message').length > 100)
          throw new TypeError('code and message may have 100 characters');
      record('validation.error', code, message);
      return api();
    },
  });

  const cacheOf = (entries) => {
    const kept = new Map(Object.entries(entries));
    const failed = (code) => ({ type: 'error', code });
    return {
      get(key) {
        const entry = kept.get(key);
        return entry && entry.expires_at > Date.now() ? { ...entry } : undefined;
      },
      set(key, value, { ttl = 15 * 60 * 1000, expires_at = Infinity } = {}) {
        if (typeof key !== 'string' || typeof value !== 'string')
          throw new TypeError('Key and value of the cache must be strings');
        if (key.length > 64) return failed('CacheKeySizeExceeded');
        if (value.length > 4096) return failed('CacheValueSizeExceeded');
        const end = Math.min(Date.now() + ttl, expires_at, Date.now() + 24 * 60 * 60 * 1000);
        if (Number.isNaN(end)) return failed('InvalidExpiry');
        if (end <= Date.now()) return failed('ItemAlreadyExpired');
        if (!kept.has(key) && kept.size >= 20) return failed('CacheSizeExceeded');
        kept.set(key, { value, expires_at: end });
        record('cache.set', key, value, end);
        return { type: 'success', record: { key, value, expires_at: end } };
      },
      delete(key) {
        if (!kept.delete(key)) return failed('CacheKeyDoesNotExist');
        record('cache.delete', key);
        return { type: 'success', record: { key } };
      },
    };
  };

  // The application that the user is sent to signs its answer with the same secret, and names the user and the state.
  const redirect = (event) => {
    const jwt = () => use('jwt').jsonwebtoken, algorithms = ['HS256', 'HS384', 'HS512'];
    const isBrowser = !['oauth2-refresh-token', 'oauth2-password'].includes(event.transaction?.protocol);
    const sent = (name) => event.request.body?.[name] ?? event.request.query?.[name];
    return {
      canRedirect: () => isBrowser && !event.transaction?.prompt?.includes('none'),
      sendUserTo(url, { query = {} } = {}) {
        if (!isBrowser) throw new Error('api.redirect.sendUserTo needs the browser of the user');
        const target = new (use('url').URL)(url);
        if (!['https:', 'http:'].includes(target.protocol))
          throw new TypeError('The URL of api.redirect.sendUserTo must begin with https:// or http://');
        for (const [name, value] of Object.entries(query)) target.searchParams.set(name, value);
        record('redirect.sendUserTo', target.href);
      },
      encodeToken: ({ secret, payload = {}, expiresInSeconds = 900 }) => jwt().sign(
        { iss: event.request.hostname, sub: event.user.user_id, ip: event.request.ip, ...payload },
        secret, payload.exp === undefined ? { expiresIn: expiresInSeconds } : {}),
      validateToken({ secret, tokenParameterName = 'session_token' }) {
        const token = sent(tokenParameterName);
        if (!token) {
          throw new Error(`There is no parameter called '${tokenParameterName}' available in either the POST body`
            + ' or query string.');
        }
        let claims;
        try { claims = jwt().verify(token, secret, { subject: event.user.user_id, algorithms }); } catch (error) {
          throw new Error(`The session token is invalid: ${error.message}`);
        }
        if (claims.exp === undefined) throw new Error('The session token is invalid: jwt has no exp');
        if (claims.state !== sent('state'))
          throw new Error('The session token is invalid: its state is not the state of the request');
        return claims;
      },
    };
  };

  const transaction = (event) => ({
    setMetadata(key, value) {
      if (textOf(key, 'The key').length > 64) throw new TypeError('The key may have 64 characters');
      if (value !== null && !['string', 'number', 'boolean'].includes(typeof value))
        throw new TypeError('The value must be a string, a number, a boolean or null');
      const kept = (event.transaction ??= {}).metadata ??= {};
      if (value === null) delete kept[key];
      else kept[key] = value;
      record('transaction.setMetadata', key, value);
    },
  });
  const session = () => ({
    revoke(reason) { record('session.revoke', textOf(reason, 'The reason')); },
    ...unavailable('session', 'setExpiresAt', 'setIdleExpiresAt', 'setCookieMode', 'setMetadata', 'deleteMetadata',
      'evictMetadata'),
  });
  const refreshToken = (event) => ({
    revoke(reason) {
      if (!event.refresh_token) throw new Error('api.refreshToken.revoke needs a refresh token exchange');
      record('refreshToken.revoke', textOf(reason, 'The reason'));
    },
    ...unavailable('refreshToken', 'setExpiresAt', 'setIdleExpiresAt', 'setMetadata', 'deleteMetadata',
      'evictMetadata'),
  });
  const postLogin = (event) => {
    const self = () => api;
    const api = {
      access: { deny(reason) { record('access.deny', reasonOf(reason)); return api; } },
      accessToken: {
        setCustomClaim: claims(self, 'accessToken', 'scope'),
        addScope(scope) { record('accessToken.addScope', scopeOf(scope)); },
        removeScope(scope) { record('accessToken.removeScope', scopeOf(scope)); },
      },
      idToken: { setCustomClaim: claims(self, 'idToken', 'scope') },
      user: metadata(self),
      rules: { wasExecuted: () => false },
      get validation() { return validation(self); },
      get transaction() { return transaction(event); },
      get session() { return session(); },
      get refreshToken() { return refreshToken(event); },
      get redirect() { return redirect(event); },
      get multifactor() { return unavailable('multifactor', 'enable'); },
      get authentication() {
        return unavailable('authentication', 'challengeWith', 'challengeWithAny', 'enrollWith', 'enrollWithAny',
          'recordMethod', 'setPrimaryUser');
      },
      get prompt() { return unavailable('prompt', 'render'); },
      get groups() { return unavailable('groups', 'getUserGroups', 'hasGroupMembership'); },
      get roles() {
        return unavailable('roles', 'getUserEffectiveRoles', 'getUserEffectiveRolesByIds',
          'getUserEffectiveRolesByNames');
      },
      get samlResponse() {
        return unavailable('samlResponse', 'setAttribute', 'setAudience', 'setRecipient', 'setDestination',
          'setIssuer', 'setRelayState', 'setLifetimeInSeconds', 'setSignResponse', 'setSignatureAlgorithm',
          'setDigestAlgorithm', 'setNameIdentifierFormat', 'setNameIdentifierProbes', 'setAuthnContextClassRef',
          'setCreateUpnClaim', 'setPassthroughClaimsWithNoMapping', 'setMapUnknownClaimsAsIs', 'setMapIdentities',
          'setTypedAttributes', 'setIncludeAttributeNameFormat', 'setSigningCert', 'setCert', 'setKey',
          'setEncryptionCert', 'setEncryptionPublicKey', 'setEncryptionAlgorithm');
      },
    };
    return api;
  };
  const credentialsExchange = () => {
    const self = () => api;
    const api = {
      access: {
        deny(code, reason) {
          record('access.deny', reasonOf(code), reasonOf(reason ?? code));
          return api;
        },
      },
      accessToken: { setCustomClaim: claims(self, 'accessToken') },
      get transaction() {
        return unavailable('transaction', 'addTargetScope', 'removeTargetScope', 'setTargetScopes',
          'clearTargetScopes');
      },
    };
    return api;
  };
  const preUserRegistration = () => {
    const self = () => api;
    const api = {
      access: {
        deny(reason, userMessage) {
          record('access.deny', reasonOf(reason), String(userMessage ?? ''));
          return api;
        },
      },
      user: { ...metadata(self), ...unavailable('user', 'setUserId') },
      validation: validation(self),
    };
    return api;
  };
  const apis = {
    onExecutePostLogin: postLogin,
    onContinuePostLogin: postLogin,
    onExecuteCredentialsExchange: credentialsExchange,
    onExecutePreUserRegistration: preUserRegistration,
    onExecutePostUserRegistration: () => ({}),
    onExecutePostChangePassword: () => ({}),
  };

  define('exports', {});
  define('module', { exports: globalThis.exports });

  const placeOf = (error) => /action(s:[^\n]+)?:\d+:\d+/.exec(stackOf(error))?.[0] ?? null;
  const describe = (error) => {
    if (typeof error === 'string') return { id: 'Error', message: error };
    if (error instanceof Error || typeof error?.message === 'string')
      return { id: String(error.name ?? 'Error'), message: String(error.message), place: placeOf(error) };
    return { id: 'Error', message: inspect(error) };
  };
  const settleWith = (failure) => {
    result = `{"error":${stringify(failure)},"commands":[${commands.join(',')}]}`;
  };
  const fail = (error) => {
    const { id, message, place = null } = describe(error);
    settleWith({ id: cut(id, 64), message: cut(message, 1024), place });
  };
  // A generator is not executed by calling it.
  const tagOf = Object.prototype.toString;
  const isGenerator = (value) => /Generator(Function)?\]$/.test(tagOf.call(value));
  const run = (handler, eventJson, secretsJson, cacheJson) => {
    const event = parse(eventJson);
    // Not enumerable, so that an Action that logs its event does not log its secrets.
    Object.defineProperty(event, 'secrets', { __proto__: null, value: parse(secretsJson), enumerable: false });
    event.configuration = {};
    const api = apis[handler](event);
    api.cache = cacheOf(parse(cacheJson));
    (async () => {
      const call = globalThis.module.exports?.[handler] ?? globalThis.exports?.[handler];
      if (typeof call !== 'function') throw new Error(`The Action does not export the function ${handler}`);
      const running = isGenerator(call) ? call : call(event, api);
      if (isGenerator(running)) throw new TypeError(`Invalid function signature for the handler ${handler}`);
      await running;
    })().then(() => settleWith(null), fail);
  };
  return { run, fail, result: () => result };
})
