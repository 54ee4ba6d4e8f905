/* What any list of keys costs at the least: SCAN with COUNT 1000, replies read and thrown away.
 *
 *   bare_scan PORT [PATTERN]
 */
#include <hiredis/hiredis.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int count, char **arguments) {
  redisContext *context = redisConnect("127.0.0.1", atoi(arguments[1]));
  if (!context || context->err) return 1;
  char cursor[32] = "0";
  size_t keys = 0;
  do {
    redisReply *reply = count > 2
        ? redisCommand(context, "SCAN %s MATCH %s COUNT 1000", cursor, arguments[2])
        : redisCommand(context, "SCAN %s COUNT 1000", cursor);
    if (!reply || reply->type != REDIS_REPLY_ARRAY) return 1;
    snprintf(cursor, sizeof cursor, "%s", reply->element[0]->str);
    keys += reply->element[1]->elements;
    freeReplyObject(reply);
  } while (strcmp(cursor, "0") != 0);
  printf("%zu\n", keys);
  return 0;
}
