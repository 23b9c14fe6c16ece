-- Full-text indexes, each over the texts of one table, which are stored only there. Kept current by devin-sync with every
-- page that it commits, and by nothing else: use `devin-sync search`, or MATCH on these tables.
CREATE VIRTUAL TABLE search_sessions USING fts5(title, content = 'sessions', content_rowid = 'rowid', tokenize = 'porter unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE search_session_messages USING fts5(message, content = 'session_messages', content_rowid = 'rowid', tokenize = 'porter unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE search_knowledge_notes USING fts5(name, body, content = 'knowledge_notes', content_rowid = 'rowid', tokenize = 'porter unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE search_playbooks USING fts5(title, body, content = 'playbooks', content_rowid = 'rowid', tokenize = 'porter unicode61 remove_diacritics 2');
INSERT INTO search_sessions (search_sessions) VALUES ('rebuild');
INSERT INTO search_session_messages (search_session_messages) VALUES ('rebuild');
INSERT INTO search_knowledge_notes (search_knowledge_notes) VALUES ('rebuild');
INSERT INTO search_playbooks (search_playbooks) VALUES ('rebuild');

CREATE TABLE sync_search (
  is_current INTEGER NOT NULL         -- 1: the indexes hold every row; 0: they are switched off, and empty @kept
) STRICT;
INSERT INTO sync_search VALUES (1);
