#pragma once
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

// These are variadic.
static inline EVP_PKEY *iamdrill_crypto_make_rsa_key(int bits) { return EVP_RSA_gen((unsigned int)bits); }
static inline EVP_PKEY *iamdrill_crypto_make_ec_key(const char *curve) { return EVP_EC_gen(curve); }
// A macro that takes the place of its call.
static inline void iamdrill_crypto_free(void *pointer) { OPENSSL_free(pointer); }
