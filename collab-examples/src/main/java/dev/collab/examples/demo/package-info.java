/** The demo: a page that several people edit together, and recorded sessions typed into it. */
package dev.collab.examples.demo;
