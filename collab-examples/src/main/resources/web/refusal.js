/** What a server means when it refuses an operation or a read. */

/** Not committed as it stands; after catching up it may go out under a new number. */
const VOID = ['ERR_NO_OP', 'ERR_SUBMIT_TRANSFORM_OPS_NOT_FOUND', 'ERR_OP_SEQUENCE_SUPERSEDED'];
/** The server's history is not the one we know, or it does not know us. */
const FORKED = ['ERR_OP_VERSION_NEWER_THAN_CURRENT_SNAPSHOT', 'ERR_SOURCE_NOT_OWNED'];
const DELETED = ['ERR_DOC_WAS_DELETED', 'ERR_DOC_DOES_NOT_EXIST'];
/** Nothing is wrong with the request, it can be repeated. */
const BUSY = ['ERR_MAX_SUBMIT_RETRIES_EXCEEDED', 'ERR_UNAVAILABLE', 'ERR_RATE_EXCEEDED'];
/** Nothing is wrong with our revision, but we may not read. */
const BARRED = [
  'ERR_FORBIDDEN',
  'ERR_TOO_MANY_SUBSCRIPTIONS',
  'ERR_SNAPSHOT_READ_SILENT_REJECTION',
];

/**
 * @param {{code?: string}} error  the answer to an operation
 * @param {boolean} isCreate  whether the operation was to create the document
 * @returns {'void' | 'forked' | 'deleted' | 'busy' | 'exists' | 'rejected'}
 */
export function meaningOfRefusal({ code }, isCreate) {
  if (VOID.includes(code)) return 'void';
  if (FORKED.includes(code)) return 'forked';
  if (DELETED.includes(code)) return 'deleted';
  if (BUSY.includes(code)) return 'busy';
  return isCreate && code === 'ERR_DOC_ALREADY_CREATED' ? 'exists' : 'rejected';
}

/**
 * @param {{code?: string}} error  the answer to a request for what follows our revision
 * @returns {boolean} whether that revision is still good to ask again with
 */
export function keepsRevision({ code }) {
  return BUSY.includes(code) || BARRED.includes(code);
}
