#!/bin/sh
ip addr del 192.168.52.188/32 dev lo
sysctl -w net.ipv4.conf.all.arp_ignore=0 net.ipv4.conf.all.arp_announce=0
