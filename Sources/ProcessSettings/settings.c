#include "ProcessSettings.h"
#include <sqlite3.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

// Swift cannot call functions with a variable list of arguments.
void settings_sqlite_counts_no_memory(void) { (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); }

void settings_one_heap(void) {
#ifdef __GLIBC__
  (void)mallopt(M_ARENA_MAX, 1);
#endif
}
