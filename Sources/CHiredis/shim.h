#ifndef TURBOCTL_CHIREDIS_H
#define TURBOCTL_CHIREDIS_H

#include <hiredis/hiredis.h>

// A C array imports as a tuple; the texts of an error are wanted as pointers.
static inline const char *turboctl_reader_error(const redisReader *reader) {
  return reader->errstr;
}

static inline const char *turboctl_context_error(const redisContext *context) {
  return context->errstr;
}

#endif
