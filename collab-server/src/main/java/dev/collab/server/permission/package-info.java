/**
 * What one client may do: asked of the application, kept, asked again when it may have changed, and
 * looked at before each of its requests is handled.
 */
package dev.collab.server.permission;
