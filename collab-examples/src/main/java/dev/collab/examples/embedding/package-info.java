/** How a program embeds the server and the client. */
package dev.collab.examples.embedding;
