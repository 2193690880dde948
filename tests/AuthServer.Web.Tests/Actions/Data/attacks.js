// One Action a section, which begins with "//# name". None of them may hang the server, see anything of it, or
// disturb the next execution.
//# infinite-loop
exports.onExecutePostLogin = async () => {
  while (true) {}
};
//# infinite-loop-swallowing
exports.onExecutePostLogin = async () => {
  for (;;) {
    try {
      for (;;) {}
    } catch (e) {
    } finally {
      continue;
    }
  }
};
//# empty-for-body
exports.onExecutePostLogin = async () => {
  for (;;);
};
//# microtask-loop
exports.onExecutePostLogin = async () => {
  const f = () => Promise.resolve().then(f);
  await f();
};
//# recursion
exports.onExecutePostLogin = async () => {
  const f = (n) => f(n + 1) + 1;
  f(0);
};
//# recursion-proxy
exports.onExecutePostLogin = async () => {
  let p = {};
  for (let i = 0; i < 200000; i++) p = new Proxy(p, {});
  p.x;
};
//# recursion-deep-source
exports.onExecutePostLogin = async () => {
  JSON.parse('['.repeat(200000));
};
//# memory-array
exports.onExecutePostLogin = async () => {
  const a = [];
  for (;;) a.push(new Array(1000).fill('x'.repeat(100)));
};
//# memory-repeat
exports.onExecutePostLogin = async () => {
  const a = [];
  for (let i = 0; i < 64; i++) a.push('x'.repeat(2 ** 28).toUpperCase());
};
//# memory-one-repeat
exports.onExecutePostLogin = async () => {
  const s = 'x'.repeat(2 ** 29 - 24).split('').length;
};
//# memory-arraybuffer
exports.onExecutePostLogin = async () => {
  const a = [];
  for (let i = 0; i < 64; i++) a.push(new Uint8Array(2 ** 28).fill(1));
};
//# memory-padstart-join
exports.onExecutePostLogin = async () => {
  new Array(2 ** 25).join('abcdefghij'.repeat(10)).length;
};
//# regex-bomb
exports.onExecutePostLogin = async () => {
  /^(a+)+$/.test('a'.repeat(40) + '!');
};
//# regex-bomb-2
exports.onExecutePostLogin = async () => {
  /(x+x+)+y/.exec('x'.repeat(50));
  'a'.repeat(30).match(/^(([a-z])+.)+[A-Z]([a-z])+$/);
};
//# bigint-pow-one-op
exports.onExecutePostLogin = async () => {
  String(7n ** 5000000n).length;
};
//# native-one-call-bigint
exports.onExecutePostLogin = async () => {
  String(7n ** 300000n).length;
};
//# sort-bomb
exports.onExecutePostLogin = async () => {
  const a = Array.from({ length: 900000 }, (_, i) => (i * 7919) % 900001);
  for (;;) a.sort((x, y) => x - y).reverse();
};
//# native-loop-indexOf
exports.onExecutePostLogin = async () => {
  const s = 'a'.repeat(4000000);
  for (let i = 0; i < 1e9; i++) s.indexOf('b');
};
//# native-one-call-includes
exports.onExecutePostLogin = async () => {
  Array.prototype.includes.call({ length: 2 ** 53 - 1 }, 1);
};
//# native-one-call-join
exports.onExecutePostLogin = async () => {
  Array.prototype.join.call({ length: 2 ** 31 }, '');
};
//# native-one-call-reverse
exports.onExecutePostLogin = async () => {
  Array.prototype.reverse.call({ length: 2 ** 53 - 2 });
};
//# unresolved-promise
exports.onExecutePostLogin = async () => {
  await new Promise(() => {});
};
//# long-sleep
exports.onExecutePostLogin = async () => {
  await new Promise((r) => setTimeout(r, 15000));
};
//# thenable-bomb
exports.onExecutePostLogin = async () => ({
  then(r) {
    r({ then: this.then });
  },
});
//# escape-function-constructor
exports.onExecutePostLogin = async (e, api) => {
  const g = (async () => {}).constructor(
    'return [typeof System, typeof importNamespace, typeof host, typeof process.binding, ' +
      'typeof require("crypto").constructor.constructor]',
  );
  api.access.deny(JSON.stringify(await g()));
};
//# escape-host-globals
exports.onExecutePostLogin = async (e, api) => {
  api.access.deny(
    JSON.stringify(
      Object.getOwnPropertyNames(globalThis).filter((n) =>
        /host|clr|system|import|__|later|engine|lib|dotnet/i.test(n),
      ),
    ),
  );
};
//# escape-clr-names
exports.onExecutePostLogin = async (e, api) => {
  const r = [];
  const names =
    'System importNamespace clr host lib xHost EngineInternal Deno os std WebAssembly gc SharedArrayBuffer';
  for (const n of names.split(' ')) {
    try {
      r.push(n + ':' + typeof globalThis[n]);
    } catch (x) {
      r.push(n + '!' + x);
    }
  }
  api.access.deny(r.join(' '));
};
//# escape-error-from-host
exports.onExecutePostLogin = async (e, api) => {
  let r;
  try {
    Buffer.from('!!!', 'hex');
  } catch (x) {
    r = [
      x.constructor.name,
      typeof x.GetType,
      typeof x.hostException,
      typeof x.InnerException,
      String(x.message).slice(0, 80),
      String(x.stack).slice(0, 300),
    ];
    try {
      r.push(x.constructor.constructor('return typeof System')());
    } catch (y) {
      r.push(y.message);
    }
  }
  api.access.deny(JSON.stringify(r));
};
//# escape-steal-host-by-patched-json
const parse = JSON.parse;
let seen = [];
JSON.stringify = new Proxy(JSON.stringify, {
  apply(t, th, a) {
    seen.push(typeof a[0]);
    return Reflect.apply(t, th, a);
  },
});
Function.prototype.call = function () {
  seen.push('call');
};
exports.onExecutePostLogin = async (e, api) => {
  crypto.randomUUID();
  api.access.deny(seen.join(',') + ' ' + typeof crypto.randomUUID.caller);
};
//# escape-modules-that-are-loaded-late
const found = new Set();
const has = Object.hasOwn;
const look = (value) => {
  if (typeof value === 'function' && /^(host|signature|later)$/.test(value.name)) found.add('host:' + value.name);
  if (typeof value !== 'object' || value === null || value === globalThis) return value;
  if (has(value, 'settle') || has(value, 'ask')) found.add('host:core');
  return value;
};
const spy = (owner, name) => {
  const original = owner[name];
  if (typeof original !== 'function') return;
  Object.defineProperty(owner, name, {
    value: new Proxy(original, {
      apply(target, self, values) {
        look(self);
        for (let i = 0; i < values.length; i++) look(values[i]);
        return look(Reflect.apply(target, self, values));
      },
      construct(target, values, type) {
        for (let i = 0; i < values.length; i++) look(values[i]);
        return Reflect.construct(target, values, type === undefined ? target : type);
      },
    }),
    writable: true, configurable: true,
  });
};
const traps = [];
for (const name of ['assign', 'entries', 'fromEntries', 'keys', 'create', 'freeze', 'hasOwn', 'defineProperty'])
  traps.push([Object, name]);
for (const name of ['map', 'filter', 'join', 'push', 'includes', 'forEach', 'find'])
  traps.push([Array.prototype, name]);
for (const name of ['parse', 'stringify']) traps.push([JSON, name]);
for (const name of ['get', 'set', 'has']) traps.push([Map.prototype, name], [WeakMap.prototype, name]);
for (const name of ['call', 'apply', 'bind']) traps.push([Function.prototype, name]);
for (const name of ['Promise', 'Map', 'WeakMap', 'Set', 'Uint8Array', 'Error']) traps.push([globalThis, name]);
const members = 'host signature later ask use core loaded scripts settle bytes keys jwt http url crypto buffer util';
for (const name of members.split(' ')) {
  Object.defineProperty(Object.prototype, name, {
    get() { look(this); },
    set(value) {
      look(value);
      Reflect.defineProperty(this, name, { __proto__: null, value, writable: true, configurable: true });
    },
    configurable: true,
  });
}
exports.onExecutePostLogin = async (e, api) => {
  for (const [owner, name] of traps) spy(owner, name);
  const r = [];
  try {
    const jwt = require('jsonwebtoken');
    const token = jwt.sign({ a: 1 }, 'k'.repeat(32));
    r.push('verified:' + jwt.verify(token, 'k'.repeat(32)).a);
    try {
      r.push('forged:' + jwt.verify(token, 'x'.repeat(32)).a);
    } catch (x) {
      r.push(x.message);
    }
  } catch (x) {
    r.push('error:' + x.message);
  }
  for (const name of ['auth0', 'axios', 'uuid', 'util', 'querystring', 'node-fetch']) {
    try {
      look(require(name));
    } catch (x) {
      r.push('error:' + x.message);
    }
  }
  try {
    await fetch('https://api.example/', { signal: AbortSignal.timeout(1000) });
  } catch (x) {
    r.push('error:' + x.message);
  }
  api.access.deny([...r, ...found].join(' '));
};
//# escape-caller-arguments
exports.onExecutePostLogin = async function f(e, api) {
  const r = [];
  for (const k of ['caller', 'callee', 'arguments']) {
    try {
      r.push(k + ':' + typeof f[k]);
    } catch (x) {
      r.push(k + '!');
    }
  }
  try {
    r.push('stack:' + new Error().stack.includes('/'));
  } catch {}
  try {
    Error.prepareStackTrace = (_, s) => s;
    r.push(typeof new Error().stack?.[0]?.getThis);
  } catch {}
  api.access.deny(r.join(' '));
};
//# too-many-commands
exports.onExecutePostLogin = async (e, api) => {
  for (;;) api.idToken.setCustomClaim('k', 'v');
};
//# huge-claim
exports.onExecutePostLogin = async (e, api) => {
  api.idToken.setCustomClaim('k', 'v'.repeat(5000000));
};
//# log-flood
exports.onExecutePostLogin = async (e, api) => {
  for (let i = 0; i < 100000; i++) console.log('x'.repeat(1000));
};
//# syntax-error
exports.onExecutePostLogin = async (e, api) => { const = 1; };
