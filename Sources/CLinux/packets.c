#define _GNU_SOURCE
#include "clinux_packets.h"
