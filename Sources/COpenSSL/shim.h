#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>

// What OpenSSL has as macros, which Swift cannot call.

static inline long copenssl_set_mode(SSL_CTX *context) {
    return SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
}

static inline void copenssl_forget_sessions(SSL_CTX *context) {
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
}

static inline int copenssl_set_server_name(SSL *ssl, const char *name) {
    return (int)SSL_set_tlsext_host_name(ssl, name);
}

// As `BIO_pending` and `BIO_get_mem_data`, of a BIO that is memory.
static inline long copenssl_content(BIO *bio, char **data) {
    return BIO_get_mem_data(bio, data);
}

static inline void copenssl_empty(BIO *bio) {
    (void)BIO_reset(bio);
}
