// An application of somebody's on this machine, at one of the addresses that the world's client `app` has registered.
import express from 'express';
import { world } from './journey.mjs';

/** Takes the first free address, and lets `build` put the routes in. Answers {origin, close}. */
export async function startApp(build) {
  for (const origin of world.appOrigins) {
    const app = express();
    const server = app.listen(Number(new URL(origin).port), '127.0.0.1');
    const taken = await new Promise((resolve, reject) => {
      server.once('listening', () => resolve(false));
      server.once('error', (error) => (error.code === 'EADDRINUSE' ? resolve(true) : reject(error)));
    });
    if (taken) continue;
    build(app, origin);
    app.use((error, request, response, next) => response.headersSent ? next(error) : response.status(error.statusCode ?? 500).type('text').send(String(error.stack)));
    return { origin, close: () => new Promise((resolve) => { server.closeAllConnections(); server.close(resolve); }) };
  }
  throw new Error(`every address is taken: ${world.appOrigins.join(' ')}`);
}
