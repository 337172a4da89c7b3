#pragma once
// Debian builds libxml2 with ICU; its headers then pull in <unicode/…>, whose types clash with the ICU inside
// Foundation. The macro only guards trailing or pointer-held fields (xmlCharEncodingHandler is never used by value here).
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/c14n.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>
#include <stdio.h>

// xmlFree is a mutable global function pointer, which Swift 6 refuses to read.
static inline void iamdrill_xml_free(void *pointer) { xmlFree(pointer); }

// Without handlers libxml2 prints XPath errors to standard error; the error itself stays in the context. A variadic
// handler cannot be written in Swift. libxml2 keeps the generic handler per thread: the second call is for later ones.
static inline void iamdrill_xml_ignore_text(void *data, const char *format, ...) { (void)data; (void)format; }
static inline void iamdrill_xml_ignore_error(void *data, xmlErrorPtr error) { (void)data; (void)error; }
static inline void iamdrill_xml_silence(void) {
  xmlSetGenericErrorFunc(NULL, iamdrill_xml_ignore_text);
  xmlThrDefSetGenericErrorFunc(NULL, iamdrill_xml_ignore_text);
}
static inline void iamdrill_xpath_silence(xmlXPathContextPtr context) { context->error = iamdrill_xml_ignore_error; }

// What a parser has to say about a document. libxml2 keeps only the last error, which is often a consequence of the
// first ("premature end").
typedef struct {
  int has_error;
  int line;
  int column;
  int has_doctype;
  char message[256];
} iamdrill_xml_report;

static inline void iamdrill_xml_report_error(void *data, xmlErrorPtr error) {
  xmlParserCtxtPtr parser = (xmlParserCtxtPtr)data;
  iamdrill_xml_report *report = parser == NULL ? NULL : (iamdrill_xml_report *)parser->_private;
  if (report == NULL || report->has_error || error == NULL || error->level < XML_ERR_ERROR) return;
  report->has_error = 1;
  report->line = error->line;
  report->column = error->int2;
  snprintf(report->message, sizeof report->message, "%s", error->message == NULL ? "" : error->message);
}

// Stops before any declaration of the document type is read: defining entities alone takes quadratic time.
static inline void iamdrill_xml_refuse_doctype(
    void *data, const xmlChar *name, const xmlChar *external, const xmlChar *system) {
  xmlParserCtxtPtr parser = (xmlParserCtxtPtr)data;
  iamdrill_xml_report *report = (iamdrill_xml_report *)parser->_private;
  (void)name; (void)external; (void)system;
  if (report != NULL) {
    report->has_doctype = 1;
    report->line = parser->input == NULL ? 1 : parser->input->line;
  }
  xmlStopParser(parser);
}

// The report must live as long as the parser.
static inline void iamdrill_xml_attach(xmlParserCtxtPtr parser, iamdrill_xml_report *report) {
  parser->_private = report;
  parser->sax->serror = iamdrill_xml_report_error;
  parser->sax->internalSubset = iamdrill_xml_refuse_doctype;
}
static inline const char *iamdrill_xml_report_message(const iamdrill_xml_report *report) { return report->message; }
