#pragma once
#include <curl/curl.h>

// curl_easy_setopt and curl_easy_getinfo are variadic, which Swift cannot call: one wrapper for each type of value.

typedef size_t (*iamdrill_curl_data_callback)(char *bytes, size_t size, size_t count, void *context);
typedef int (*iamdrill_curl_seek_callback)(void *context, curl_off_t offset, int origin);

static inline CURLcode iamdrill_curl_set_long(CURL *handle, CURLoption option, long value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode iamdrill_curl_set_offset(CURL *handle, CURLoption option, curl_off_t value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode iamdrill_curl_set_string(CURL *handle, CURLoption option, const char *value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode iamdrill_curl_set_pointer(CURL *handle, CURLoption option, void *value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode iamdrill_curl_set_data_callback(
    CURL *handle, CURLoption option, iamdrill_curl_data_callback value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode iamdrill_curl_set_seek_callback(CURL *handle, iamdrill_curl_seek_callback value) {
  return curl_easy_setopt(handle, CURLOPT_SEEKFUNCTION, value);
}

static inline CURLcode iamdrill_curl_get_long(CURL *handle, CURLINFO info, long *value) {
  return curl_easy_getinfo(handle, info, value);
}

// A macro, and so not visible to Swift.
static inline CURLcode iamdrill_curl_global_init(void) { return curl_global_init(CURL_GLOBAL_DEFAULT); }
