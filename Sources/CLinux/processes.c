#define _GNU_SOURCE
#include "clinux_processes.h"
