#ifndef PROCESS_SETTINGS_H
#define PROCESS_SETTINGS_H

/// Keeps SQLite from counting the memory it takes, which it does under a lock at each piece. Has an effect only before the process uses
/// SQLite for the first time. https://www.sqlite.org/c3ref/c_config_covering_index_scan.html#sqliteconfigmemstatus
void settings_sqlite_counts_no_memory(void);

/// Has all threads share one heap, where the C library would give each its own, with gaps that no other fills. For programs alone: a
/// library leaves that to the program it is part of. https://man7.org/linux/man-pages/man3/mallopt.3.html
void settings_one_heap(void);

#endif
