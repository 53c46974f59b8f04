/** `docs/browser.md` lists members and files that there are. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import test from 'node:test';
import { connect } from '../../main/resources/web/collab.js';

const WEB = new URL('../../main/resources/web/', import.meta.url);
const page = readFileSync(new URL('../../../../docs/browser.md', import.meta.url), 'utf8');

class NoSocket {
  send() {}
  close() {}
}

const client = connect('ws://nowhere', { WebSocket: NoSocket });
client.disconnect();

/** The code in the first cells of a section's tables. */
function listed(section) {
  const [, text] = page.split(`\n## ${section}\n`);
  const rows = text.split('\n## ')[0].matchAll(/^\| (`.*?) \|/gm);
  return [...rows].flatMap(([, cell]) => [...cell.matchAll(/`([^`]+)`/g)].map(([, code]) => code));
}

const members = (section) => listed(section).flatMap((code) => code.match(/^\w+/) ?? []);

test('members_ofTheClient_areThere', () => {
  const names = members('The client');
  assert.ok(names.length > 8);
  for (const name of names) assert.ok(name in client, name);
});

test('membersAndEvents_ofTexts_areThere', () => {
  const text = client.open('notes', 'today');
  const sources = ['shared-text.js', 'document-session.js'].map((file) =>
    readFileSync(new URL(file, WEB), 'utf8'),
  );
  for (const name of members('Texts')) {
    const isEvent = sources.some((source) => source.includes(`- \`${name}\``));
    assert.ok(name in text || isEvent, name);
  }
});

test('members_ofRooms_areThere', () => {
  const room = client.room('team');
  for (const name of members('Chat')) assert.ok(name in room, name);
});

test('files_areThoseThatTheClientImports', () => {
  const imported = new Set();
  const visit = (file) => {
    if (imported.has(file)) return;
    imported.add(file);
    const source = readFileSync(new URL(file, WEB), 'utf8');
    for (const [, next] of source.matchAll(/from '\.\/([\w-]+\.js)'/g)) visit(next);
  };
  visit('collab.js');
  const files = listed('Which files');
  const forEditors = ['editor-binding.js', 'remote-cursors.js', 'colors.js', 'element.js'];
  assert.deepEqual(files.filter((file) => !forEditors.includes(file)).sort(), [...imported].sort());
  for (const file of files) assert.ok(existsSync(new URL(file, WEB)), file);
});
