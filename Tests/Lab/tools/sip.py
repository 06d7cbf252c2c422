"""sip.py ADDRESS PORT CALL-ID…: one INVITE for each Call-ID, each from a client port of its own.

`x*200` stands for 200 times the character.
"""
import socket
import sys

address, port, call_ids = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
family = socket.AF_INET6 if ":" in address else socket.AF_INET
for call_id in call_ids:
    if len(call_id) > 2 and call_id[1] == "*":
        call_id = call_id[0] * int(call_id[2:])
    with socket.socket(family, socket.SOCK_DGRAM) as client:
        request = f"INVITE sip:someone@example.com SIP/2.0\r\nCall-ID: {call_id}\r\n\r\n"
        try:
            client.sendto(request.encode(), (address, port))
        except PermissionError:
            print(f"the kernel has refused the Call-ID of {len(call_id)} bytes")
