// The package qs: nested objects in a query. axios writes its parameters and forms with flatten.
(function ({ use }) {
  const { URLSearchParams, querystring } = use('url');
  const { Blob } = use('body');
  const inBrackets = (name) => `${name}[]`;
  const flatten = (value, nameOf = inBrackets, name = '') => {
    if (value === undefined) return [];
    if (value instanceof Date) return [[name, value.toISOString()]];
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || value instanceof Blob)
      return [[name, value]];
    return Array.isArray(value) ? value.flatMap((one, i) => flatten(one, nameOf, nameOf(name, i)))
      : Object.entries(value).flatMap(([key, one]) => flatten(one, nameOf, name ? `${name}[${key}]` : key));
  };
  const formats = { __proto__: null, indices: (name, i) => `${name}[${i}]`, brackets: inBrackets,
    repeat: (name) => name };
  const known = (options, ...names) => {
    const other = Object.keys(options).find((name) => !names.includes(name));
    if (other) throw new TypeError(`qs: the option ${other} is not available`);
  };
  const stringify = (object, options = {}) => {
    known(options, 'arrayFormat', 'encode', 'skipNulls', 'addQueryPrefix');
    const { arrayFormat = 'indices', encode = true, skipNulls = false, addQueryPrefix = false } = options;
    if (!formats[arrayFormat]) throw new TypeError(`qs: the arrayFormat ${arrayFormat} is not available`);
    const part = encode ? querystring.escape : String;
    const text = flatten(object, formats[arrayFormat]).filter(([, value]) => !skipNulls || value !== null)
      .map(([name, value]) => `${part(name)}=${part(value ?? '')}`).join('&');
    return addQueryPrefix && text ? '?' + text : text;
  };
  // Names that every object has are left out.
  const parse = (text, options = {}) => {
    known(options, 'ignoreQueryPrefix');
    const { ignoreQueryPrefix = false } = options;
    const result = {};
    for (const [name, value] of new URLSearchParams(ignoreQueryPrefix ? text : text.replace(/^\?/, '%3F'))) {
      const keys = [name.replace(/\[.*$/s, ''), ...[...name.matchAll(/\[([^[\]]*)\]/g)].map(([, key]) => key)];
      if (keys.length > 6 || keys.some((key) => key in Object.prototype)) continue;
      keys.reduce((at, key, i) => {
        const own = key === '' ? at.length ?? Object.keys(at).length : key;
        if (i < keys.length - 1) return at[own] = typeof at[own] === 'object' ? at[own]
          : /^\d{0,2}$/.test(keys[i + 1]) ? [] : {};
        at[own] = Object.hasOwn(at, own) ? [].concat(at[own], value) : value;
        return at;
      }, result);
    }
    return result;
  };
  return { qs: { stringify, parse }, flatten };
})
