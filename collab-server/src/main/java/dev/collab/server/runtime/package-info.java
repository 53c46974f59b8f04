/**
 * What the parts of one server share: {@link dev.collab.server.runtime.ServerContext}, serial
 * executors and retries. Thread rules are each class's own.
 */
package dev.collab.server.runtime;
