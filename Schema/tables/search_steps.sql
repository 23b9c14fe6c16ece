-- Full-text indexes, each over the texts of one table, which are stored only there. devin-sync adds the texts of new rows in large
-- steps, the last before a run ends; nothing else does: use `devin-sync search`, or MATCH on these tables. The table and its key stand
-- in double quotes, as Datasette and sqlite-utils look for them.
DROP TABLE search_sessions;
DROP TABLE search_session_messages;
DROP TABLE search_knowledge_notes;
DROP TABLE search_playbooks;
CREATE VIRTUAL TABLE search_sessions USING fts5(title, content="sessions", content_rowid="rowid", tokenize='porter unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE search_session_messages USING fts5(message, content="session_messages", content_rowid="rowid", tokenize='porter unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE search_knowledge_notes USING fts5(name, body, content="knowledge_notes", content_rowid="rowid", tokenize='porter unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE search_playbooks USING fts5(title, body, content="playbooks", content_rowid="rowid", tokenize='porter unicode61 remove_diacritics 2');
-- Messages have many words: fewer, larger merges.
INSERT INTO search_session_messages (search_session_messages, rank) VALUES ('automerge', 16);

CREATE TABLE sync_text_indexes (
  resource   TEXT PRIMARY KEY,        -- name of the table; its index is called search_ and this @kept
  is_on      INTEGER NOT NULL,        -- 0: texts are not indexed, and the index is empty @kept
  indexed_to INTEGER NOT NULL         -- rows with a rowid up to this are in the index; later ones follow before the run ends @kept
) STRICT, WITHOUT ROWID;
INSERT INTO sync_text_indexes
SELECT column1, is_current, 0 FROM (VALUES ('sessions'), ('session_messages'), ('knowledge_notes'), ('playbooks')), sync_search;
DROP TABLE sync_search;
