import type { Server } from 'node:https';
import type { AddressInfo } from 'node:net';

/** Listens on 127.0.0.1 alone and tells the port; 0: a free one. Rejects when it is taken. */
export function listen(server: Server, port: number): Promise<number> {
  // A client that sends on a connection just as it is closed for idleness loses its request; so none is closed.
  server.keepAliveTimeout = 0;
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  server.once('error', reject);
  server.listen(port, '127.0.0.1', () => {
    server.off('error', reject);
    resolve((server.address() as AddressInfo).port);
  });
  return promise;
}

/** Closes a server at once, with every connection that is open. */
export function closeServer(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  server.closeAllConnections();
  return promise;
}
