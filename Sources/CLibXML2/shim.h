#pragma once
// Debian builds libxml2 with ICU; its headers then pull in <unicode/…>, whose types clash with the ICU inside
// Foundation. The macro only guards trailing or pointer-held fields (xmlCharEncodingHandler is never used by value here).
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>

// xmlFree is a mutable global function pointer, which Swift 6 refuses to read.
static inline void iamdrill_xml_free(void *pointer) { xmlFree(pointer); }
