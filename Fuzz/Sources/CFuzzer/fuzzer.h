#include <stddef.h>
#include <stdint.h>

// libFuzzer as a library (compiler-rt/lib/fuzzer/FuzzerInterface.h), which comes without a header.
int LLVMFuzzerRunDriver(int *argc, char ***argv,
                        int (*callback)(const uint8_t *data, size_t size));
