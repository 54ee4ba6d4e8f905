/* What any sender of single messages costs at the least: one command a message, so many under way at once,
 * replies read and thrown away. Prints messages a second.
 *
 *   bare_send PORT publish|evalsha DEPTH COUNT [DIGEST]
 */
#include <hiredis/hiredis.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec + time.tv_nsec / 1e9;
}

int main(int count, char **arguments) {
  redisContext *context = redisConnect("127.0.0.1", atoi(arguments[1]));
  if (!context || context->err || count < 5) return 1;
  int evaluates = strcmp(arguments[2], "evalsha") == 0;
  int depth = atoi(arguments[3]), total = atoi(arguments[4]);
  char message[181];
  memset(message, 'x', 180);
  /* KEYS and ARGV of the script of `send`, as turboctl has them for one message. */
  const char *words[] = {"EVALSHA", evaluates ? arguments[5] : "", "1", "asgi:group:g", "asgi", "60", "86400",
                         "100000000", "0", "drop", "3600", "", "0", message};
  const char *published[] = {"PUBLISH", "asgi__group__g", message};
  double start = now();
  for (int sent = 0, read = 0; read < total;) {
    while (sent < total && sent - read < depth) {
      snprintf(message, 21, "%020d", sent++);
      message[20] = 'x';
      redisAppendCommandArgv(context, evaluates ? 14 : 3, evaluates ? words : published, NULL);
    }
    /* A batch of them at a time: as many replies as there is room to send again. */
    for (int end = sent; read < end; read++) {
      redisReply *reply;
      if (redisGetReply(context, (void **)&reply) != REDIS_OK || reply->type == REDIS_REPLY_ERROR) return 1;
      freeReplyObject(reply);
    }
  }
  printf("%.0f\n", total / (now() - start));
  return 0;
}
