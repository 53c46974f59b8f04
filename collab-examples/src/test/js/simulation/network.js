/** Virtual time: actions run in the order of their times, at once. */
export class Clock {
  now = 0;
  #events = [];
  #order = 0;

  /** The form in which a client takes its timers. */
  timers = {
    set: (action, millis) => this.after(millis, action),
    clear: (event) => (event.isCancelled = true),
  };

  after(millis, action) {
    const event = { time: this.now + millis, order: this.#order++, action, isCancelled: false };
    this.#events.push(event);
    this.#siftUp(this.#events.length - 1);
    return event;
  }

  /** Runs everything that is due before a time. */
  runUntil(time) {
    while (this.#events.length > 0 && this.#events[0].time <= time) {
      const event = this.#takeFirst();
      if (event.isCancelled) continue;
      this.now = event.time;
      event.action();
    }
    this.now = time;
  }

  #isBefore(a, b) {
    const [first, second] = [this.#events[a], this.#events[b]];
    return first.time < second.time || (first.time === second.time && first.order < second.order);
  }

  #swap(a, b) {
    [this.#events[a], this.#events[b]] = [this.#events[b], this.#events[a]];
  }

  #siftUp(index) {
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!this.#isBefore(index, parent)) return;
      this.#swap(index, parent);
      index = parent;
    }
  }

  #takeFirst() {
    const first = this.#events[0];
    const last = this.#events.pop();
    if (this.#events.length === 0) return first;
    this.#events[0] = last;
    for (let index = 0; ;) {
      const [left, right] = [2 * index + 1, 2 * index + 2];
      let least = index;
      if (left < this.#events.length && this.#isBefore(left, least)) least = left;
      if (right < this.#events.length && this.#isBefore(right, least)) least = right;
      if (least === index) return first;
      this.#swap(index, least);
      index = least;
    }
  }
}

/**
 * Connections between clients and a server. Frames of one connection arrive in order and late; a
 * cut loses what is under way to the client, and what is under way to the server arrives much
 * later or never.
 */
export class Network {
  isFaulty = true;
  #sockets = new Set();

  constructor(clock, chance, server) {
    this.clock = clock;
    this.chance = chance;
    this.server = server;
  }

  /** The constructor of sockets on this network, as a client wants it. */
  get WebSocket() {
    const network = this;
    return function SimulatedSocket() {
      return network.#open(this);
    };
  }

  /** Cuts some connections. Neither side is told at once. */
  cut(probability) {
    for (const socket of this.#sockets) {
      if (this.chance.happens(probability)) this.#cut(socket);
    }
  }

  get #delay() {
    return this.chance.happens(0.1) ? this.chance.below(2000) : this.chance.below(60);
  }

  #open(socket) {
    const toServer = { arrival: 0, isLost: false };
    const toClient = { arrival: 0, isLost: false };
    const link = { socket, toServer, toClient, peer: null };
    socket.send = (frame) => this.#carry(toServer, () => link.peer?.receive(frame));
    socket.close = () => {
      toClient.isLost = true;
      this.#carry(toServer, () => this.#close(link));
    };
    if (this.isFaulty && this.chance.happens(0.2)) {
      this.#carry(toClient, () => socket.onclose({}));
      return socket;
    }
    this.#sockets.add(link);
    this.#carry(toClient, () => {
      link.peer = this.server.accept((frame) =>
        this.#carry(toClient, () => socket.onmessage({ data: frame })),
      );
      socket.onopen({});
    });
    return socket;
  }

  #carry(way, action) {
    way.arrival = Math.max(way.arrival, this.clock.now + this.#delay);
    this.clock.after(way.arrival - this.clock.now, () => {
      if (!way.isLost) action();
    });
  }

  #cut(link) {
    if (link.toClient.isLost) return;
    link.toClient.isLost = true;
    if (this.chance.happens(0.5)) link.toServer.isLost = true;
    else link.toServer.arrival += this.chance.below(8000);
    this.clock.after(this.chance.below(500), () => link.socket.onclose({}));
    this.clock.after(10_000, () => this.#close(link));
  }

  #close(link) {
    this.#sockets.delete(link);
    link.peer?.closed();
    link.peer = null;
  }
}
