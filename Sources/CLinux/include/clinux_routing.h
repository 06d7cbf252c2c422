#ifndef CLINUX_ROUTING_H
#define CLINUX_ROUTING_H

#endif
