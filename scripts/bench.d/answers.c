// answers SERVICES: asks the kernel for the real servers of each service of measuring.sh's `rules`, and throws the
// answers away. What this takes is the kernel's share of a listing; no program that asks so can be faster.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <linux/genetlink.h>
#include <linux/ip_vs.h>
#include <linux/netlink.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

enum { largest_answer = 32768, answers_at_once = 2 };

static char request[256];
static char answers[answers_at_once][largest_answer];

static void begin(uint16_t type, uint16_t flags, uint8_t command) {
    memset(request, 0, sizeof request);
    struct nlmsghdr *header = (struct nlmsghdr *)request;
    *header = (struct nlmsghdr){.nlmsg_len = NLMSG_HDRLEN + GENL_HDRLEN, .nlmsg_type = type, .nlmsg_flags = NLM_F_REQUEST | flags};
    *(struct genlmsghdr *)NLMSG_DATA(header) = (struct genlmsghdr){.cmd = command, .version = 1};
}

static struct nlattr *append(uint16_t type, const void *value, uint16_t length) {
    struct nlmsghdr *header = (struct nlmsghdr *)request;
    struct nlattr *attribute = (struct nlattr *)(request + header->nlmsg_len);
    *attribute = (struct nlattr){.nla_len = NLA_HDRLEN + length, .nla_type = type};
    memcpy(attribute + 1, value, length);
    header->nlmsg_len += NLA_ALIGN(attribute->nla_len);
    return attribute;
}

static void send_request(int kernel) {
    uint32_t length = ((struct nlmsghdr *)request)->nlmsg_len;
    if (send(kernel, request, length, 0) != (ssize_t)length) {
        perror("answers: send");
        exit(1);
    }
}

static uint16_t ipvs_family(int kernel) {
    begin(GENL_ID_CTRL, 0, CTRL_CMD_GETFAMILY);
    append(CTRL_ATTR_FAMILY_NAME, IPVS_GENL_NAME, sizeof IPVS_GENL_NAME);
    send_request(kernel);
    ssize_t length = recv(kernel, answers[0], largest_answer, 0);
    for (ssize_t at = NLMSG_HDRLEN + GENL_HDRLEN; at < length;) {
        struct nlattr *attribute = (struct nlattr *)(answers[0] + at);
        if (attribute->nla_type == CTRL_ATTR_FAMILY_ID) return *(uint16_t *)(attribute + 1);
        at += NLA_ALIGN(attribute->nla_len);
    }
    fprintf(stderr, "answers: this kernel has no IPVS\n");
    exit(1);
}

static void ask_for_servers(int kernel, uint16_t ipvs, int service) {
    uint16_t family = AF_INET, protocol = IPPROTO_TCP, port = htons(80);
    uint8_t address[16] = {10, 0, service / 250, service % 250 + 1};
    begin(ipvs, NLM_F_DUMP, IPVS_CMD_GET_DEST);
    struct nlattr *nest = append(IPVS_CMD_ATTR_SERVICE | NLA_F_NESTED, "", 0);
    append(IPVS_SVC_ATTR_AF, &family, sizeof family);
    append(IPVS_SVC_ATTR_PROTOCOL, &protocol, sizeof protocol);
    append(IPVS_SVC_ATTR_ADDR, address, sizeof address);
    append(IPVS_SVC_ATTR_PORT, &port, sizeof port);
    nest->nla_len = request + ((struct nlmsghdr *)request)->nlmsg_len - (char *)nest;
    send_request(kernel);
}

static long throw_answers_away(int kernel) {
    struct iovec places[answers_at_once];
    struct mmsghdr received[answers_at_once];
    long bytes = 0;
    for (;;) {
        memset(received, 0, sizeof received);
        for (int i = 0; i < answers_at_once; i++) {
            places[i] = (struct iovec){answers[i], largest_answer};
            received[i].msg_hdr = (struct msghdr){.msg_iov = &places[i], .msg_iovlen = 1};
        }
        int count = recvmmsg(kernel, received, answers_at_once, MSG_WAITFORONE, NULL);
        if (count < 0) {
            perror("answers: recvmmsg");
            exit(1);
        }
        for (int i = 0; i < count; i++) {
            uint16_t type = ((struct nlmsghdr *)answers[i])->nlmsg_type;
            if (type == NLMSG_ERROR) {
                fprintf(stderr, "answers: the kernel refused\n");
                exit(1);
            }
            if (type == NLMSG_DONE) return bytes;
            bytes += received[i].msg_len;
        }
    }
}

int main(int count, char **arguments) {
    int services = count == 2 ? atoi(arguments[1]) : 0;
    int kernel = socket(AF_NETLINK, SOCK_RAW, NETLINK_GENERIC);
    if (services <= 0 || kernel < 0) {
        fprintf(stderr, "usage: answers SERVICES\n");
        return 2;
    }
    uint16_t ipvs = ipvs_family(kernel);
    long bytes = 0;
    for (int service = 0; service < services; service++) {
        ask_for_servers(kernel, ipvs, service);
        bytes += throw_answers_away(kernel);
    }
    printf("%ld bytes\n", bytes);
    return bytes > 0 ? 0 : 1;
}
