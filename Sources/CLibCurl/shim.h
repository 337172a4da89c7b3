#pragma once
#include <curl/curl.h>
#include <dlfcn.h>
#include <stdlib.h>

// libcurl is loaded when a request first goes over the network, not linked: with the three dozen libraries that it brings
// along, the dynamic linker needs more instructions at each start than half of what runs a whole scenario in process.

// The functions that are used, each with the type that libcurl's own header gives it.
typedef struct {
  __typeof__(&curl_global_init) global_init;
  __typeof__(&curl_easy_init) easy_init;
  __typeof__(&curl_easy_cleanup) easy_cleanup;
  __typeof__(&curl_easy_reset) easy_reset;
  __typeof__(&curl_easy_perform) easy_perform;
  __typeof__(&curl_easy_strerror) easy_strerror;
  __typeof__(&curl_slist_append) slist_append;
  __typeof__(&curl_slist_free_all) slist_free_all;
  // These two are variadic, which Swift cannot call: one wrapper below for each type of value.
  CURLcode (*easy_setopt)(CURL *handle, CURLoption option, ...);
  CURLcode (*easy_getinfo)(CURL *handle, CURLINFO info, ...);
} iamdrill_curl;

// Loads the library of this name and finds its functions. NULL where that fails; `*problem` then says why, until the thread
// next calls a function of dlfcn.h. There is nothing to free: once it is initialized, libcurl cannot be unloaded.
static inline const iamdrill_curl *iamdrill_curl_load(const char *name, const char **problem) {
  void *library = dlopen(name, RTLD_LAZY | RTLD_LOCAL);
  iamdrill_curl *curl = library == NULL ? NULL : (iamdrill_curl *)calloc(1, sizeof *curl);
  int is_whole = curl != NULL;
#define IAMDRILL_FIND(function) \
  is_whole = is_whole && (*(void **)(&curl->function) = dlsym(library, "curl_" #function)) != NULL
  IAMDRILL_FIND(global_init);
  IAMDRILL_FIND(easy_init);
  IAMDRILL_FIND(easy_cleanup);
  IAMDRILL_FIND(easy_reset);
  IAMDRILL_FIND(easy_perform);
  IAMDRILL_FIND(easy_strerror);
  IAMDRILL_FIND(slist_append);
  IAMDRILL_FIND(slist_free_all);
  IAMDRILL_FIND(easy_setopt);
  IAMDRILL_FIND(easy_getinfo);
#undef IAMDRILL_FIND
  if (is_whole) return curl;
  *problem = dlerror();
  free(curl);
  return NULL;
}

typedef size_t (*iamdrill_curl_data_callback)(char *bytes, size_t size, size_t count, void *context);
typedef int (*iamdrill_curl_seek_callback)(void *context, curl_off_t offset, int origin);

static inline CURLcode iamdrill_curl_set_long(
    const iamdrill_curl *curl, CURL *handle, CURLoption option, long value) {
  return curl->easy_setopt(handle, option, value);
}

static inline CURLcode iamdrill_curl_set_offset(
    const iamdrill_curl *curl, CURL *handle, CURLoption option, curl_off_t value) {
  return curl->easy_setopt(handle, option, value);
}

static inline CURLcode iamdrill_curl_set_string(
    const iamdrill_curl *curl, CURL *handle, CURLoption option, const char *value) {
  return curl->easy_setopt(handle, option, value);
}

static inline CURLcode iamdrill_curl_set_pointer(
    const iamdrill_curl *curl, CURL *handle, CURLoption option, void *value) {
  return curl->easy_setopt(handle, option, value);
}

static inline CURLcode iamdrill_curl_set_data_callback(
    const iamdrill_curl *curl, CURL *handle, CURLoption option, iamdrill_curl_data_callback value) {
  return curl->easy_setopt(handle, option, value);
}

static inline CURLcode iamdrill_curl_set_seek_callback(
    const iamdrill_curl *curl, CURL *handle, iamdrill_curl_seek_callback value) {
  return curl->easy_setopt(handle, CURLOPT_SEEKFUNCTION, value);
}

static inline CURLcode iamdrill_curl_get_long(const iamdrill_curl *curl, CURL *handle, CURLINFO info, long *value) {
  return curl->easy_getinfo(handle, info, value);
}

static inline CURLcode iamdrill_curl_get_offset(
    const iamdrill_curl *curl, CURL *handle, CURLINFO info, curl_off_t *value) {
  return curl->easy_getinfo(handle, info, value);
}

static inline CURLcode iamdrill_curl_get_string(const iamdrill_curl *curl, CURL *handle, CURLINFO info, char **value) {
  return curl->easy_getinfo(handle, info, value);
}

// CURL_GLOBAL_DEFAULT is a macro, and so not visible to Swift.
static inline CURLcode iamdrill_curl_global_init(const iamdrill_curl *curl) {
  return curl->global_init(CURL_GLOBAL_DEFAULT);
}
