// Functions that the other scripts share, and the globals of Node.js that ECMAScript does not have.
// host and signature answer at once; later(id, operation, json) is answered by settle; line(text) writes one to the
// console, and line(null) counts one that there is no room for.
// scripts are the functions of the other files: each is called when something of it is first used, with what this one
// returns; scripts.modules has the script of each module. An Action may have changed every built-in object by then, so
// that nothing here is handed to one.
(function (host, signature, later, line, scripts) {
  const parse = JSON.parse, stringify = JSON.stringify;
  const { create, defineProperty, hasOwn } = Object;
  const maxText = 1 << 20, maxNodes = 100000, maxLines = 100, maxLine = 256;
  const cut = (text, length) => text.slice(0, length).toWellFormed();
  const waiting = new Map();
  let next = 0;

  // The stack of an error as Node.js has it: its name and message, and the places in the code of the administrator.
  const builtInStack = Object.getOwnPropertyDescriptor(Error.prototype, 'stack').get;
  const headOf = (error) => {
    const [name, message] = [String(error.name ?? 'Error'), String(error.message ?? '')];
    return name && message ? `${name}: ${message}` : name || message;
  };
  const framesOf = (error) => (builtInStack.call(error) ?? '').split('\n')
    .filter((line) => line && !/\brealm:\d+:\d+\)?$/.test(line)).map((line) => '\n' + line).join('');
  const frames = () => framesOf(new Error());
  const withFrames = (error, text) => defineProperty(error, 'stack', {
    __proto__: null, value: headOf(error) + text, writable: true, configurable: true, enumerable: false });
  const stackOf = (error) => (typeof error.stack === 'string' && error.stack) || headOf(error);
  defineProperty(Error.prototype, 'stack', {
    __proto__: null,
    get() { return this instanceof Error ? headOf(this) + framesOf(this) : undefined; },
    set(value) {
      defineProperty(this, 'stack', { __proto__: null, value, writable: true, configurable: true, enumerable: false });
    },
    configurable: true, enumerable: false,
  });
  Error.captureStackTrace = (error) => { withFrames(error, frames()); };

  const define = (name, value) => defineProperty(
    globalThis, name, { __proto__: null, value, writable: true, configurable: true, enumerable: false });
  const ask = (operation, ...values) => new Promise((resolve, reject) => {
    const id = ++next;
    waiting.set(id, { resolve, reject, from: operation === 'sleep' ? '' : frames() });
    later(id, operation, stringify(values));
  });
  const settle = (id, succeeded, json) => {
    const pending = waiting.get(id);
    waiting.delete(id);
    if (!pending) return;
    if (succeeded) {
      pending.resolve(parse(json));
      return;
    }
    const { message, code, reason } = parse(json);
    const cause = code && withFrames(Object.assign(new Error(reason), { code }), '');
    pending.reject(withFrames(new TypeError(message, cause ? { cause } : undefined), pending.from));
  };

  // Built-in functions whose result can be large in one call, which no limit interrupts.
  const limit = (name) => {
    const builtIn = String.prototype[name];
    defineProperty(String.prototype, name, {
      value: { [name](count, ...rest) {
        const length = name === 'repeat' ? String(this).length * Number(count) : Number(count);
        if (length > maxText) throw new RangeError(`String.prototype.${name}: the result is too long`);
        return builtIn.call(this, count, ...rest);
      } }[name],
      writable: true, configurable: true, enumerable: false,
    });
  };
  ['repeat', 'padStart', 'padEnd'].forEach(limit);
  JSON.stringify = function (value, replacer, space) {
    let nodes = 0;
    const names = Array.isArray(replacer) ? new Set(replacer.map(String)) : null;
    const replace = typeof replacer === 'function' ? replacer : null;
    return stringify(value, function (key, member) {
      if (++nodes > maxNodes) throw new RangeError('JSON.stringify: the value is too large');
      if (names && key !== '' && !Array.isArray(this) && !names.has(key)) return undefined;
      return replace ? replace.call(this, key, member) : member;
    }, space);
  };

  const inspect = (...values) => use('inspect').inspect(...values);
  let written = 0;
  const write = (...values) => {
    const isShown = ++written <= maxLines;
    line(isShown ? cut(values.length ? use('inspect').format(...values) : '', maxLine) : null);
  };
  define('console', { log: write, info: write, warn: write, error: write, debug: write, trace: write, table: write,
    group: write, groupEnd() {}, dir: (value, options) => write(inspect(value, options)),
    assert: (condition, ...values) => { if (!condition) write('Assertion failed', ...values); } });

  const start = (repeats) => (callback, delay = 0, ...values) => {
    const timer = { active: true, ref() { return this; }, unref() { return this; } };
    const wait = () => ask('sleep', Math.max(repeats ? 1 : 0, Number(delay) || 0)).then(() => {
      if (!timer.active) return;
      callback(...values);
      if (repeats && timer.active) wait();
    });
    wait();
    return timer;
  };
  const stop = (timer) => { if (timer) timer.active = false; };
  const begin = Date.now();
  const wait = (delay, value) => ask('sleep', Math.max(0, Number(delay) || 0)).then(() => value);
  define('performance', { now: () => Date.now() - begin, timeOrigin: begin });
  define('setTimeout', Object.assign(start(false), { [Symbol.for('nodejs.util.promisify.custom')]: wait }));
  define('setInterval', start(true));
  define('setImmediate', (callback, ...values) => start(false)(callback, 0, ...values));
  define('clearTimeout', stop);
  define('clearInterval', stop);
  define('clearImmediate', stop);
  define('queueMicrotask', (callback) => { Promise.resolve().then(callback); });
  define('structuredClone', (value) => clone(value, new Map()));
  define('global', globalThis);
  define('__dirname', '/');
  define('__filename', '/action.js');
  define('process', { env: {}, version: 'v22.0.0', versions: { node: '22.0.0' }, platform: 'linux',
    nextTick: (callback, ...values) => { Promise.resolve().then(() => callback(...values)); } });

  const clone = (value, seen) => {
    if (typeof value === 'function' || typeof value === 'symbol')
      throw new Error(`DataCloneError: ${inspect(value)} could not be cloned.`);
    if (typeof value !== 'object' || value === null) return value;
    if (seen.has(value)) return seen.get(value);
    const keep = (copy) => { seen.set(value, copy); return copy; };
    if (value instanceof Date) return keep(new Date(value));
    if (value instanceof RegExp) return keep(new RegExp(value.source, value.flags));
    if (value instanceof Map) {
      const copy = keep(new Map());
      for (const [k, v] of value) copy.set(clone(k, seen), clone(v, seen));
      return copy;
    }
    if (value instanceof Set) {
      const copy = keep(new Set());
      for (const v of value) copy.add(clone(v, seen));
      return copy;
    }
    if (ArrayBuffer.isView(value)) return keep(value.slice());
    const copy = keep(Array.isArray(value) ? [] : {});
    for (const key of Object.keys(value)) copy[key] = clone(value[key], seen);
    return copy;
  };

  // Which script has a global.
  const globals = {
    Buffer: 'bytes', atob: 'bytes', btoa: 'bytes', TextEncoder: 'bytes', TextDecoder: 'bytes',
    URL: 'url', URLSearchParams: 'url',
    crypto: 'keys',
    fetch: 'http',
    Headers: 'web', AbortSignal: 'web', AbortController: 'web', Event: 'web', EventTarget: 'web', DOMException: 'web',
    Blob: 'body', FormData: 'body', Request: 'body', Response: 'body',
  };
  const loaded = create(null);
  const use = (script) => loaded[script] ??= scripts[script](core);
  const lazy = (name) => defineProperty(globalThis, name, {
    __proto__: null,
    get() {
      const value = use(globals[name])[name];
      define(name, value);
      return value;
    },
    set(value) { define(name, value); },
    configurable: true, enumerable: false,
  });
  for (const name in globals) lazy(name);
  const require = (name) => {
    if (!hasOwn(scripts.modules, name)) {
      throw Object.assign(new Error(`Cannot find module '${name}'`), { code: 'MODULE_NOT_FOUND' });
    }
    return use(scripts.modules[name])[name.startsWith('node:') ? name.slice(5) : name];
  };

  // By module, the version that the Action names in its dependencies.
  const versions = create(null);
  const setVersions = (json) => { Object.assign(versions, parse(json)); };

  // The modules of the administrator, which only an Action loads. Each has variables of its own.
  const own = create(null);
  const addModule = (name, factory, secretsJson) => { own[name] = { factory, secretsJson, module: null }; };
  const requireOwn = (entry) => {
    if (entry.module) return entry.module.exports;
    const { factory, secretsJson } = entry;
    const module = entry.module = { exports: {} };
    try { factory(module.exports, require, module, { secrets: parse(secretsJson) }); } catch (error) {
      entry.module = null;
      throw error;
    }
    return module.exports;
  };
  // A call in tail position would hide its caller from the stack.
  define('require', (name) => {
    const module = hasOwn(own, name) ? requireOwn(own[name]) : require(name);
    return module;
  });

  const core = { __proto__: null, host, signature, ask, use, define, settle, addModule, setVersions, versions, parse,
    stringify, cut, inspect, frames, withFrames, stackOf };
  return core;
})
