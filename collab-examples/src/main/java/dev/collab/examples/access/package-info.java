/** How a program says who may do what with its documents. */
package dev.collab.examples.access;
