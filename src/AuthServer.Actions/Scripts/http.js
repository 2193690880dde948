// fetch and node-fetch: one request each, which the parent process makes.
(function ({ ask, use }) {
  const { Buffer } = use('bytes');
  const { Headers, AbortController } = use('web');
  const { Blob, FormData, Request, Response, bodyOf } = use('body');
  // Everything up to the first await executes in the caller's stack, which the place of an error comes from.
  const send = async (url, method, headers, bytes, signal) => {
    signal?.throwIfAborted();
    const request = ask('fetch', url, method, [...headers], bytes?.toString('base64') ?? null);
    const answer = await (signal ? Promise.race([request, new Promise((_, reject) =>
      signal.addEventListener('abort', () => reject(signal.reason)))]) : request);
    return { status: answer.status, statusText: answer.statusText ?? '', headers: new Headers(answer.headers),
      body: Buffer.from(answer.body, 'base64') };
  };
  const fetch = async (input, init) => {
    const request = new Request(input, init);
    const { url, method, headers, signal } = request;
    const answer = await send(url, method, headers, bodyOf(request), signal);
    return new Response(answer.body, { ...answer, url });
  };
  const nodeFetch = Object.assign(fetch.bind(null),
    { default: fetch, Headers, Request, Response, FormData, Blob, AbortController });
  return { fetch, send, 'node-fetch': nodeFetch };
})
