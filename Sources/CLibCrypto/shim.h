#pragma once
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/md5.h>
#include <openssl/rsa.h>
#include <openssl/sha.h>
#include <openssl/x509.h>

// These are variadic.
static inline EVP_PKEY *iamdrill_crypto_make_rsa_key(int bits) { return EVP_RSA_gen((unsigned int)bits); }
static inline EVP_PKEY *iamdrill_crypto_make_ec_key(const char *curve) { return EVP_EC_gen(curve); }
// A macro that takes the place of its call.
static inline void iamdrill_crypto_free(void *pointer) { OPENSSL_free(pointer); }

// Digests whose state is a plain value. OpenSSL 3 calls these functions deprecated in favour of EVP, which comes to the very
// same ones: but first it looks for them among providers, whose configuration it reads, and it allocates a context for each
// text. Over the short texts of a signature all of that takes longer than to hash them, on a processor that has
// instructions for SHA-256. None of them can fail.
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wdeprecated-declarations"

typedef enum { IAMDRILL_MD5, IAMDRILL_SHA1, IAMDRILL_SHA256 } iamdrill_digest_algorithm;

typedef struct {
  iamdrill_digest_algorithm algorithm;
  union {
    MD5_CTX md5;
    SHA_CTX sha1;
    SHA256_CTX sha256;
  } state;
} iamdrill_digest;

static inline void iamdrill_digest_start(iamdrill_digest *digest, iamdrill_digest_algorithm algorithm) {
  digest->algorithm = algorithm;
  switch (algorithm) {
    case IAMDRILL_MD5: MD5_Init(&digest->state.md5); break;
    case IAMDRILL_SHA1: SHA1_Init(&digest->state.sha1); break;
    case IAMDRILL_SHA256: SHA256_Init(&digest->state.sha256); break;
  }
}

static inline void iamdrill_digest_update(iamdrill_digest *digest, const void *bytes, size_t count) {
  switch (digest->algorithm) {
    case IAMDRILL_MD5: MD5_Update(&digest->state.md5, bytes, count); break;
    case IAMDRILL_SHA1: SHA1_Update(&digest->state.sha1, bytes, count); break;
    case IAMDRILL_SHA256: SHA256_Update(&digest->state.sha256, bytes, count); break;
  }
}

// `result` has room for the algorithm's length: 16, 20 or 32 bytes.
static inline void iamdrill_digest_finish(iamdrill_digest *digest, unsigned char *result) {
  switch (digest->algorithm) {
    case IAMDRILL_MD5: MD5_Final(result, &digest->state.md5); break;
    case IAMDRILL_SHA1: SHA1_Final(result, &digest->state.sha1); break;
    case IAMDRILL_SHA256: SHA256_Final(result, &digest->state.sha256); break;
  }
}

#pragma clang diagnostic pop
