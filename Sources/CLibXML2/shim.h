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

// Without handlers libxml2 prints XPath errors to standard error; the error itself stays in the context. A variadic
// handler cannot be written in Swift.
static inline void iamdrill_xml_ignore_text(void *data, const char *format, ...) { (void)data; (void)format; }
static inline void iamdrill_xml_ignore_error(void *data, xmlErrorPtr error) { (void)data; (void)error; }
static inline void iamdrill_xml_silence(void) { xmlSetGenericErrorFunc(NULL, iamdrill_xml_ignore_text); }
static inline void iamdrill_xpath_silence(xmlXPathContextPtr context) { context->error = iamdrill_xml_ignore_error; }
