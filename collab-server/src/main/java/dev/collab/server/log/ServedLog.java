package dev.collab.server.log;

import dev.collab.document.DocumentRules;

/**
 * What a host serves, and to whom.
 *
 * @param <A> who hears of its entries
 * @param key the key of the log
 * @param rules what its documents may hold
 * @param audience who hears of its entries, nobody at first
 * @param listener is told of the life of the host
 */
public record ServedLog<A extends Audience>(
    String key, DocumentRules rules, A audience, HostListener listener) {}
