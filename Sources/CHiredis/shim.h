#ifndef TURBOCTL_CHIREDIS_H
#define TURBOCTL_CHIREDIS_H

#include <hiredis/hiredis.h>

// A C array imports as a tuple; an error's text is wanted as a pointer.
static inline const char *turboctl_reader_error(const redisReader *reader) {
  return reader->errstr;
}

#endif
