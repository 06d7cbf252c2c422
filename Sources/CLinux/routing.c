#define _GNU_SOURCE
#include "clinux_routing.h"
