// Node.js's module util, and uuid.
(function ({ host, use }) {
  const { inspect, format } = use('inspect');
  const { TextEncoder, TextDecoder } = use('bytes');
  const isUuid = (text) => typeof text === 'string' && /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(text);
  const promisify = (call) => call[promisify.custom] ?? ((...values) => new Promise((resolve, reject) =>
    call(...values, (error, result) => (error ? reject(error) : resolve(result)))));
  promisify.custom = Symbol.for('nodejs.util.promisify.custom');
  const util = {
    inspect, format, promisify,
    types: { isPromise: (value) => value instanceof Promise, isDate: (value) => value instanceof Date },
    TextEncoder, TextDecoder,
  };
  const uuid = { v4: () => host('uuid'), validate: isUuid, version: (text) => parseInt(text[14], 16),
    NIL: '00000000-0000-0000-0000-000000000000' };
  const wait = promisify(setTimeout);
  return { util, uuid, 'timers/promises': { setTimeout: wait, scheduler: { wait } } };
})
