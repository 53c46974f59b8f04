/** A server played by a test, frame by frame. */
import { connect } from '../../main/resources/web/collab.js';
import { TEXT_TYPE } from '../../main/resources/web/text-operation.js';
import { Clock } from './simulation/network.js';

/** A client, its newest socket, and all frames that it sent. */
export class Stage {
  clock = new Clock();
  sent = [];
  events = [];
  sockets = 0;
  /** The codes with which the client closed sockets. */
  closed = [];

  constructor(options = {}) {
    const stage = this;
    function StagedSocket() {
      stage.socket = this;
      stage.sockets++;
      this.send = (frame) => stage.sent.push(JSON.parse(frame));
      this.close = (code) => stage.closed.push(code);
    }
    this.client = connect('ws://stage', {
      WebSocket: StagedSocket,
      timers: this.clock.timers,
      random: () => 0,
      now: () => this.clock.now,
      defer: (action) => action(),
      ...options,
    });
    this.client.on('error', (event) => this.events.push(['client error', event]));
  }

  open(id, options) {
    const text = this.client.open('c', id, options);
    for (const type of [
      'load',
      'change',
      'saved',
      'rejected',
      'deleted',
      'absent',
      'resync',
      'error',
    ]) {
      text.on(type, (event) => this.events.push([type, event]));
    }
    return text;
  }

  receive(...frames) {
    for (const frame of frames) this.socket.onmessage({ data: JSON.stringify(frame) });
  }

  /** Opens the socket and answers the handshake. */
  accept(terms = {}) {
    this.socket.onopen();
    this.receive({ a: 'hs', protocol: 1, protocolMinor: 2, id: 'me', type: 'json0', ...terms });
  }

  lose(event) {
    this.socket.onclose(event);
    this.clock.runUntil(this.clock.now + 60_000);
  }

  takeSent() {
    return this.sent.splice(0);
  }

  takeEvents() {
    return this.events.splice(0);
  }
}

export const snapshot = (d, v, data) => ({ a: 's', c: 'c', d, data: { v, type: TEXT_TYPE, data } });

/** A stage with document `d` open at revision 1. */
export function opened(content = 'abc', terms) {
  const stage = new Stage();
  const text = stage.open('d');
  stage.accept(terms);
  stage.receive(snapshot('d', 1, content));
  stage.takeSent();
  stage.takeEvents();
  return { stage, text };
}
