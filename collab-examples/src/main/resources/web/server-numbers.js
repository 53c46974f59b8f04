/**
 * What the panel shows of a server, made from two answers of its `/status`: what is so now, and
 * rates of the sums that have grown between the two.
 *
 * @typedef {object} Reading
 * @property {object} status  the members of an answer
 * @property {number} at  when it came, in milliseconds of any clock
 */

/**
 * @param {Reading} reading
 * @param {Reading | null} last  the one before; null if this is the first
 * @returns {{key: string, label: string, value: number | null, unit: string}[]} the value is null
 *     until there is one; what the server does not tell is left out
 */
export function numbersOf({ status, at }, last) {
  const numbers = [
    { key: 'connections', label: 'Connections', value: status.connections },
    { key: 'documents', label: 'Documents', value: status.documents },
    { key: 'rate', label: 'Edits / s', value: rate(status, at, last) },
    { key: 'latency', label: 'Commit time', value: latency(status, last), unit: 'ms' },
    { key: 'queued', label: 'Queued', value: status.queuedFrames },
    { key: 'memory', label: 'Memory', value: status.memory / 1024, unit: 'KiB' },
  ];
  return numbers
    .filter(({ value }) => value === null || Number.isFinite(value))
    .map((number) => ({ unit: '', ...number }));
}

/** A server that was restarted counts from zero again. */
const grown = (now, before) => (now >= before ? now - before : now);

function rate(status, at, last) {
  if (last === null) return status.commits === undefined ? undefined : null;
  return (grown(status.commits, last.status.commits) * 1000) / (at - last.at);
}

/** The mean of what was committed since the last answer, or of all before. */
function latency(status, last) {
  const before = last !== null && status.commits > last.status.commits ? last.status : null;
  const commits = status.commits - (before?.commits ?? 0);
  if (commits === 0) return null;
  return (status.commitMillis - (before?.commitMillis ?? 0)) / commits;
}
