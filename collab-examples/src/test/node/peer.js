// The unmodified ShareDB client on a socket that a test can cut.
import ShareDB from 'sharedb/lib/client/index.js';
import otText from 'ot-text';
import WebSocket from 'ws';

ShareDB.types.register(otText.type);

const url = process.env.COLLAB_URL;
if (!url) throw new Error('COLLAB_URL names the WebSocket endpoint of a running server');

let names = 0;

/** A document name that no other test uses. */
export const fresh = () => `doc-${process.pid}-${names++}`;

/** Makes a callback-taking method return a promise. */
export const done = (target, method, ...args) =>
  new Promise((resolve, reject) =>
    target[method](...args, (error, value) => (error ? reject(error) : resolve(value))),
  );

/** Resolves as soon as a condition holds; looks again whenever the event loop comes round. */
export async function until(condition, what, millis = 20_000) {
  const end = Date.now() + millis;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`timed out: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** One client: a ShareDB connection that outlives its sockets. */
export class Peer {
  constructor() {
    this.deaf = false;
    this.frames = [];
    this.socket = this.#open();
    this.connection = new ShareDB.Connection(this.socket);
    this.connection.on('error', (error) => (this.error = error));
  }

  /** A socket that hides from the client what comes in while the peer is deaf. */
  #open() {
    const inner = new WebSocket(url);
    const peer = this;
    const socket = {
      get readyState() {
        return inner.readyState;
      },
      send: (data) => {
        peer.frames.push(JSON.parse(data));
        inner.send(data);
      },
      close: () => inner.close(),
      terminate: () => inner.terminate(),
    };
    inner.onopen = () => socket.onopen?.({});
    inner.onmessage = ({ data }) => peer.deaf || socket.onmessage?.({ data });
    inner.onerror = (event) => socket.onerror?.(event);
    inner.onclose = () => socket.onclose?.({ code: 1006 });
    return socket;
  }

  async connected() {
    await until(() => this.connection.state === 'connected', 'the handshake');
    return this;
  }

  /** Breaks the connection without a close frame. */
  async cut() {
    this.socket.terminate();
    await until(() => this.connection.state === 'disconnected', 'the cut');
  }

  async reconnect() {
    this.deaf = false;
    this.frames = [];
    this.socket = this.#open();
    this.connection.bindToSocket(this.socket);
    return this.connected();
  }

  doc(name) {
    return this.connection.get('interop', name);
  }

  close() {
    this.connection.close();
  }
}

/** Sends one frame over a socket of its own and returns what comes back until a condition holds. */
export async function raw(frames, enough) {
  const socket = new WebSocket(url);
  const received = [];
  socket.onmessage = ({ data }) => received.push(JSON.parse(data));
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = reject;
  });
  frames.forEach((frame) => socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame)));
  await until(() => enough(received), 'the answers');
  socket.close();
  return received;
}
