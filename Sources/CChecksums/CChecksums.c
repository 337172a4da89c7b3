#include "CChecksums.h"

#if defined(__x86_64__)
#include <immintrin.h>

int iamdrill_crc_can_fold(void) { return __builtin_cpu_supports("pclmul") && __builtin_cpu_supports("sse4.1"); }

/// Moves 16 bytes ahead: the first lane holds the earlier bytes, which are the higher powers.
__attribute__((target("pclmul,sse4.1"))) static inline __m128i moved(__m128i lanes, __m128i powers) {
  return _mm_xor_si128(_mm_clmulepi64_si128(lanes, powers, 0x00), _mm_clmulepi64_si128(lanes, powers, 0x11));
}

__attribute__((target("pclmul,sse4.1"))) void iamdrill_crc_fold(
  const uint8_t *bytes, size_t count, uint64_t start, const iamdrill_crc_powers *powers, uint8_t *result) {
  const __m128i far = _mm_set_epi64x((long long)powers->far_late, (long long)powers->far_early);
  const __m128i near = _mm_set_epi64x((long long)powers->near_late, (long long)powers->near_early);
  const __m128i *next = (const __m128i *)bytes;
  __m128i a = _mm_xor_si128(_mm_loadu_si128(next), _mm_set_epi64x(0, (long long)start));
  __m128i b = _mm_loadu_si128(next + 1), c = _mm_loadu_si128(next + 2), d = _mm_loadu_si128(next + 3);
  // Four runs side by side, because a multiplication takes several steps of which the next can begin one later.
  for (next += 4, count -= 64; count >= 64; next += 4, count -= 64) {
    a = _mm_xor_si128(moved(a, far), _mm_loadu_si128(next));
    b = _mm_xor_si128(moved(b, far), _mm_loadu_si128(next + 1));
    c = _mm_xor_si128(moved(c, far), _mm_loadu_si128(next + 2));
    d = _mm_xor_si128(moved(d, far), _mm_loadu_si128(next + 3));
  }
  a = _mm_xor_si128(moved(a, near), b);
  a = _mm_xor_si128(moved(a, near), c);
  a = _mm_xor_si128(moved(a, near), d);
  for (; count >= 16; next++, count -= 16) a = _mm_xor_si128(moved(a, near), _mm_loadu_si128(next));
  _mm_storeu_si128((__m128i *)result, a);
}

#else

int iamdrill_crc_can_fold(void) { return 0; }

void iamdrill_crc_fold(
  const uint8_t *bytes, size_t count, uint64_t start, const iamdrill_crc_powers *powers, uint8_t *result) {
  (void)bytes, (void)count, (void)start, (void)powers, (void)result;
}

#endif
