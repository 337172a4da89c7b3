#pragma once
#include <stddef.h>
#include <stdint.h>

// Folding of long runs of bytes for reflected CRCs by carry-less multiplication (Intel, "Fast CRC Computation for Generic
// Polynomials Using PCLMULQDQ Instruction"), for polynomials of up to 64 bits. It shortens a run to 16 bytes that leave the
// same remainder; whoever has tables does the rest.

/// What a lane of 64 bits is multiplied by to move it ahead: powers of x modulo the polynomial, the bit of x^0 the highest.
typedef struct {
  /// For the earlier and the later half of 16 bytes that move by 64 bytes.
  uint64_t far_early, far_late;
  /// The same for those that move by 16 bytes.
  uint64_t near_early, near_late;
} iamdrill_crc_powers;

/// Whether this processor has the instructions.
int iamdrill_crc_can_fold(void);

/// Writes 16 bytes to `result` that leave the same remainder, from a register of zero, as the `count` bytes at `bytes` from
/// `start`. `count` is a multiple of 16 and at least 64. Only to be called where `iamdrill_crc_can_fold` says so.
void iamdrill_crc_fold(
  const uint8_t *bytes, size_t count, uint64_t start, const iamdrill_crc_powers *powers, uint8_t *result);
