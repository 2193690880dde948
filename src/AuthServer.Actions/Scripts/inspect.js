// Values as text, as Node.js's util.inspect and console show them: on one line, bounded in depth and length.
(function ({ cut, stackOf }) {
  const maxDepth = 2, maxItems = 100, maxNodes = 1000, maxText = 10000;
  const custom = Symbol.for('nodejs.util.inspect.custom');
  const escapes = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\b': '\\b', '\f': '\\f', '\v': '\\v', '\\': '\\\\' };
  const quote = (text) => {
    const mark = ["'", '"', '`'].find((one) => !text.includes(one)) ?? "'";
    return mark + cut(text, maxText).replace(/[\n\r\t\b\f\v\\]/g, (c) => escapes[c])
      .replaceAll(mark, '\\' + mark) + mark;
  };
  const tagOf = (value) => Object.prototype.toString.call(value).slice(8, -1);
  const nameOf = (value) => {
    const prototype = Object.getPrototypeOf(value);
    return prototype === null ? '[Object: null prototype]' : prototype.constructor?.name || 'Object';
  };
  const around = (open, parts, close) => (parts.length ? `${open} ${parts.join(', ')} ${close}` : open + close);
  const some = (values, show) => {
    const parts = [], rest = values.length - maxItems;
    for (const value of values.slice(0, maxItems)) parts.push(show(value));
    if (rest > 0) parts.push(`... ${rest} more item${rest > 1 ? 's' : ''}`);
    return parts;
  };
  const membersOf = (value, inner) => some(Object.keys(value), (key) => {
    const { get, set, value: member } = Object.getOwnPropertyDescriptor(value, key);
    const shown = get ? (set ? '[Getter/Setter]' : '[Getter]') : set ? '[Setter]' : inner(member);
    return `${/^[a-z_$][\w$]*$/i.test(key) ? key : quote(key)}: ${shown}`;
  });
  const showError = (error, inner) => {
    const stack = stackOf(error);
    const members = membersOf(error, inner).filter((member) => !/^(name|message|stack): /.test(member));
    if (Object.hasOwn(error, 'cause')) members.push(`[cause]: ${inner(error.cause)}`);
    const text = stack.includes('\n') ? stack : `[${stack}]`;
    return members.length ? `${text} ${around('{', members, '}')}` : text;
  };
  const showObject = (value, inner, isDeep) => {
    if (value instanceof Error) return showError(value, inner);
    if (value instanceof Date) return Number.isNaN(+value) ? 'Invalid Date' : value.toISOString();
    if (value instanceof RegExp) return String(value);
    const name = nameOf(value);
    if (isDeep && (value.size || Object.keys(value).length)) return Array.isArray(value) ? '[Array]' : `[${name}]`;
    if (Array.isArray(value)) return around('[', some(value, inner), ']');
    if (value instanceof Map) {
      return `Map(${value.size}) ${around('{', some([...value], ([k, v]) => `${inner(k)} => ${inner(v)}`), '}')}`;
    }
    if (value instanceof Set) return `Set(${value.size}) ${around('{', some([...value], inner), '}')}`;
    if (name === 'Buffer') {
      const bytes = [...value.subarray(0, 50)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
      return `<Buffer ${bytes}${value.length > 50 ? ` ... ${value.length - 50} more bytes` : ''}>`;
    }
    if (ArrayBuffer.isView(value) && value.length !== undefined)
      return `${name}(${value.length}) ${around('[', some(value, inner), ']')}`;
    const members = around('{', membersOf(value, inner), '}');
    return name === 'Object' ? members : `${name} ${members}`;
  };
  const showPrimitive = (value) => {
    if (typeof value === 'string') return quote(value);
    if (typeof value === 'bigint') return `${value}n`;
    return Object.is(value, -0) ? '-0' : String(value);
  };
  const inspect = (value, { depth = maxDepth } = {}) => {
    const seen = [];
    let nodes = 0;
    const show = (one) => {
      if (++nodes > maxNodes) return '...';
      if (one === null || (typeof one !== 'object' && typeof one !== 'function')) return showPrimitive(one);
      if (seen.includes(one)) return '[Circular]';
      seen.push(one);
      try {
        if (typeof one === 'function') return `[${tagOf(one)}${one.name ? `: ${one.name}` : ' (anonymous)'}]`;
        if (typeof one[custom] === 'function') {
          const shown = one[custom]((depth ?? Infinity) - seen.length + 1, {}, inspect);
          return typeof shown === 'string' ? shown : show(shown);
        }
        return showObject(one, show, depth !== null && seen.length > depth + 1);
      } catch { return '[Object]'; } finally { seen.pop(); }
    };
    return cut(show(value), maxText);
  };

  const plain = (value) => (typeof value === 'string' ? value : inspect(value));
  const marks = {
    '%c': () => '',
    '%d': (value) => (typeof value === 'bigint' ? `${value}n` : String(Number(value))),
    '%i': (value) => String(parseInt(value, 10)),
    '%j': (value) => { try { return JSON.stringify(value) ?? 'undefined'; } catch { return '[Circular]'; } },
    '%o': inspect,
    '%O': inspect,
  };
  const format = (first, ...rest) => {
    let text = typeof first === 'string'
      ? first.replace(/%[sdifjoOc%]/g, (mark) => {
        if (mark === '%%') return rest.length ? '%' : mark;
        return rest.length ? (marks[mark] ?? plain)(rest.shift()) : mark;
      })
      : inspect(first);
    for (const value of rest) text += ' ' + plain(value);
    return text;
  };
  inspect.custom = custom;
  return { inspect, format };
})
