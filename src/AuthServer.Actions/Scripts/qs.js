// The package qs: nested objects in a query. axios writes its parameters and forms with flatten.
(function ({ use }) {
  const { querystring } = use('url');
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
    const other = Object.keys(options ?? {}).find((name) => !names.includes(name));
    if (other) throw new TypeError(`qs: the option ${other} is not available`);
    return options ?? {};
  };
  const stringify = (object, options) => {
    const { arrayFormat = 'indices', encode = true, skipNulls = false, addQueryPrefix = false } =
      known(options, 'arrayFormat', 'encode', 'skipNulls', 'addQueryPrefix');
    if (!formats[arrayFormat]) throw new TypeError(`qs: the arrayFormat ${arrayFormat} is not available`);
    if (!isObject(object)) return '';
    const part = encode ? querystring.escape : String;
    const text = flatten({ ...object }, formats[arrayFormat]).filter(([, value]) => !skipNulls || value !== null)
      .map(([name, value]) => `${part(name)}=${part(value ?? '')}`).join('&');
    return addQueryPrefix && text ? '?' + text : text;
  };

  const maxParameters = 1000, maxDepth = 5, maxItems = 20;
  const isObject = (value) => typeof value === 'object' && value !== null;
  const decode = (text) => {
    const spaced = text.replaceAll('+', ' ');
    try { return decodeURIComponent(spaced); } catch { return spaced; }
  };
  // By their names, the values of the parameters.
  const parametersOf = (text) => {
    const found = new Map();
    for (const part of text.replace(/%5B/gi, '[').replace(/%5D/gi, ']').split('&').slice(0, maxParameters)) {
      const end = part.includes(']=') ? part.indexOf(']=') + 1 : part.indexOf('=');
      const name = decode(end < 0 ? part : part.slice(0, end)), value = end < 0 ? '' : decode(part.slice(end + 1));
      if (found.has(name)) found.get(name).push(value);
      else found.set(name, [value]);
    }
    return found;
  };
  const endOfBrackets = (name, start) => {
    let depth = 0;
    for (let i = start; i < name.length; i++) {
      if (name[i] === '[') depth++;
      else if (name[i] === ']' && --depth === 0) return i;
    }
    return -1;
  };
  // What is beyond the depth, or in brackets that are not closed, is one key.
  const keysOf = (name) => {
    const keys = [];
    let at = name.indexOf('[');
    if (at !== 0) keys.push({ key: at < 0 ? name : name.slice(0, at), isInBrackets: false });
    for (let depth = 0; at >= 0; depth++) {
      const end = depth < maxDepth ? endOfBrackets(name, at) : -1;
      keys.push({ key: end < 0 ? name.slice(at) : name.slice(at + 1, end), isInBrackets: true });
      at = end < 0 ? -1 : name.indexOf('[', end);
    }
    return keys;
  };
  // A list that has a high index, or many values of one name, is an object; no other may become as long.
  const longLists = new WeakSet();
  const longList = (entries) => {
    const list = Object.fromEntries(entries);
    longLists.add(list);
    return list;
  };
  const listOf = (items) => (items.length > maxItems ? longList(Object.entries(items)) : items);
  const ensureShort = (isShort) => {
    if (!isShort) throw new TypeError(`qs: a list of more than ${maxItems} items must be written in one way`);
  };
  const bounded = (items) => {
    ensureShort(Object.keys(items).length <= maxItems);
    return items;
  };
  const isIndex = (key) => /^(0|[1-9]\d*)$/.test(key);
  const nest = (value, { key, isInBrackets }) => {
    if (isInBrackets && key === '') return longLists.has(value) ? value : [].concat(value);
    if (!isInBrackets || !isIndex(key)) return { [key]: value };
    if (Number(key) >= maxItems) return longList([[key, value]]);
    const list = [];
    list[key] = value;
    return list;
  };
  const mergeLists = (list, other) => {
    other.forEach((item, i) => {
      if (!Object.hasOwn(list, i)) list[i] = item;
      else if (isObject(list[i]) && isObject(item)) list[i] = merge(list[i], item);
      else list.push(item);
    });
    return bounded(list);
  };
  const merge = (one, other) => {
    if (!other) return one;
    const isLong = longLists.has(one) || longLists.has(other);
    if (!isObject(one) || !isObject(other)) {
      ensureShort(!isLong);
      return bounded([].concat(one, other));
    }
    if (Array.isArray(one) && Array.isArray(other)) return mergeLists(one, other);
    const merged = Array.isArray(one) ? { ...one } : one;
    for (const [key, value] of Object.entries(other))
      merged[key] = Object.hasOwn(merged, key) ? merge(merged[key], value) : value;
    if (isLong) longLists.add(merged);
    return merged;
  };
  // Lists have no holes.
  const tidy = (value) => {
    if (!isObject(value)) return value;
    if (Array.isArray(value)) return Object.values(value).map(tidy);
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, tidy(one)]));
  };
  // Names that every object has are left out.
  const parse = (text, options) => {
    const { ignoreQueryPrefix = false } = known(options, 'ignoreQueryPrefix');
    if (text === undefined || text === null) return {};
    if (typeof text !== 'string') throw new TypeError('qs: the query must be a string');
    let result = {};
    for (const [name, values] of parametersOf(ignoreQueryPrefix ? text.replace(/^\?/, '') : text)) {
      const keys = keysOf(name);
      if (name && !keys.some(({ key }) => Object.hasOwn(Object.prototype, key)))
        result = merge(result, keys.reduceRight(nest, values.length > 1 ? listOf(values) : values[0]));
    }
    return tidy(result);
  };
  return { qs: { stringify, parse }, flatten };
})
