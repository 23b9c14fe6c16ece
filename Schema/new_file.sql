-- What the versions put into the tables of a file that holds nothing else: the rows of a new file, which is made of schema.sql at once.
INSERT INTO search_session_messages (search_session_messages, rank) VALUES ('automerge', 16);
INSERT INTO sync_text_indexes (resource, is_on, indexed_to)
VALUES ('sessions', 1, 0), ('session_messages', 1, 0), ('knowledge_notes', 1, 0), ('playbooks', 1, 0);
