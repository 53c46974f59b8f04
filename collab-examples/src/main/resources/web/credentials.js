/**
 * Who the person at this client is to the server: how they would like to be shown, and the token
 * that proves it.
 *
 * A token is a string, or a function that returns one or the promise of one. A function is asked
 * for each connection, and again before the token runs out.
 */

/** A token is renewed when this part of its time is over. */
const RENEWAL = 0.8;
/** What a timer can wait. */
const LONGEST_MILLIS = 2 ** 31 - 1;

export class Credentials {
  /** How the person would like to be shown: {name, color}; null to leave it to the server. */
  user;
  #token;
  #timers;
  #timer = null;

  /**
   * @param {{name: string, color?: string} | null} user
   * @param {string | (() => string | Promise<string>) | null} token
   * @param {{set: Function, clear: Function}} timers
   */
  constructor(user, token, timers) {
    this.user = user;
    this.#token = token;
    this.#timers = timers;
  }

  /** Whether another token can be had than the one that was refused. */
  get canRenew() {
    return typeof this.#token === 'function';
  }

  /** @param {string | (() => string | Promise<string>) | null} token  from now on */
  set token(token) {
    this.#token = token;
  }

  /**
   * Gets what a handshake says, at once where it can be had at once.
   *
   * @param {(members: {token?: string, user?: object}) => void} action
   * @param {(error: Error) => void} onFailure  the token's function failed
   */
  withMembers(action, onFailure) {
    const user = this.user === null ? {} : { user: this.user };
    this.#withToken((token) => action(token ? { token, ...user } : user), onFailure);
  }

  /**
   * The server says how long the token lasts.
   *
   * @param {number | undefined} millis
   * @param {(token: string) => void} renew  called with a new token in time
   */
  expiresIn(millis, renew) {
    this.forget();
    if (!Number.isFinite(millis) || !this.canRenew) return;
    this.#timer = this.#timers.set(
      () => this.#withToken(renew, () => {}),
      Math.min(millis * RENEWAL, LONGEST_MILLIS),
    );
  }

  /** The connection ended, and with it the renewal. */
  forget() {
    if (this.#timer !== null) this.#timers.clear(this.#timer);
    this.#timer = null;
  }

  #withToken(action, onFailure) {
    let token;
    try {
      token = this.canRenew ? this.#token() : this.#token;
    } catch (error) {
      return onFailure(error);
    }
    if (typeof token?.then === 'function') token.then(action, onFailure);
    else action(token);
  }
}
