/**
 * How far a copy of a document has come in the server's log, and what it has asked for to get
 * further.
 */
export class LogPosition {
  /** How many entries of the log the copy contains. */
  revision = 0;
  /** Every revision below this one is known to exist. */
  head = 0;
  /** The request for a subscription or fetch that is under way: {action, revision}. */
  request = null;
  isSubscribed = false;
  /** Our revision means nothing to the server any more; only a snapshot helps. */
  needsSnapshot = true;
  #link;
  #address;

  /**
   * @param {object} link  what the client offers to its documents
   * @param {{c: string, d: string}} address
   */
  constructor(link, address) {
    this.#link = link;
    this.#address = address;
  }

  /** The revision to resume from, or null when a snapshot is needed. */
  get resumeRevision() {
    return this.needsSnapshot ? null : this.revision;
  }

  /** Whether the copy is a subscribed one, and can be gone on from. */
  get isFollowing() {
    return this.isSubscribed && !this.needsSnapshot;
  }

  /** The connection is gone, and with it every answer that had not arrived. */
  disconnected() {
    this.request = null;
    this.isSubscribed = false;
  }

  /** The client has asked for a subscription from `resumeRevision` on. */
  subscribing() {
    this.request = { action: 's', revision: this.resumeRevision };
  }

  subscribe() {
    if (!this.#link.isConnected || this.request !== null || this.isFollowing) return;
    this.subscribing();
    this.#link.send({ a: 's', ...this.#address, v: this.request.revision });
  }

  /** Asks for what was committed since our revision, once. */
  catchUp() {
    if (!this.#link.isConnected || this.request !== null || this.needsSnapshot) return;
    this.request = { action: 'f', revision: this.revision };
    this.#link.send({ a: 'f', ...this.#address, v: this.revision });
  }
}
