// The parser of Markdown that Debian packages as libmd4c-dev, and Homebrew as md4c.
#include <md4c.h>
