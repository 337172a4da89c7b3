private let whole =
  "AWS4-HMAC-SHA256 Credential=AKID/20260131/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=0"
private let presignedQuery =
  "/?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=A%2F20260131%2Fus-east-1%2Fs3%2Faws4_request"
  + "&X-Amz-Signature=0&X-Amz-SignedHeaders=host"

/// The same but for the credential.
private func header(credential: String, signedHeaders: String = "host") -> String {
  "AWS4-HMAC-SHA256 Credential=\(credential), SignedHeaders=\(signedHeaders), Signature=0"
}

extension SignatureErrorTests {
  static let queryCases = [
    Case(
      "not signed", nil, 403, "MissingAuthenticationToken", "Request is missing Authentication Token"),
    Case("signed twice", whole, target: presignedQuery, 403, "SignatureDoesNotMatch", ""),
    Case(
      "another algorithm", "AWS3 x=y", 400, "IncompleteSignature", "Unsupported AWS 'algorithm': 'AWS3'."),
    Case("nothing at all", "", 400, "IncompleteSignature", "Unsupported AWS 'algorithm': ''."),
    Case(
      "no equal sign", "AWS4-HMAC-SHA256 abc", 400, "IncompleteSignature",
      "'abc' not a valid key=value pair (missing equal-sign) in Authorization header: 'AWS4-HMAC-SHA256 abc'."),
    Case(
      "an empty piece", "AWS4-HMAC-SHA256 Credential=a, , Signature=b", 400, "IncompleteSignature",
      "'' not a valid key=value pair (missing equal-sign) in Authorization header: "
        + "'AWS4-HMAC-SHA256 Credential=a, , Signature=b'."),
    Case(
      "nothing but a credential", "AWS4-HMAC-SHA256 Credential=a", 400, "IncompleteSignature",
      "Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. "
        + "Authorization=AWS4-HMAC-SHA256 Credential=a"),
    Case(
      "only the algorithm, and no date", "AWS4-HMAC-SHA256", date: nil, 400, "IncompleteSignature",
      "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. "
        + "Authorization header requires 'SignedHeaders' parameter. Authorization header requires existence of either a "
        + "'X-Amz-Date' or a 'Date' header. Authorization=AWS4-HMAC-SHA256"),
    Case(
      "host not signed", header(credential: "a/b/c/d/e", signedHeaders: "x"), 403, "SignatureDoesNotMatch",
      "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization."),
    Case(
      "a date in another form", whole, date: "2026-01-31", 400, "IncompleteSignature",
      "Date must be in ISO-8601 'basic format'. Got '2026-01-31'. See http://en.wikipedia.org/wiki/ISO_8601"),
    Case(
      "too old, which comes before a credential of four parts", header(credential: "a/b/c/d"), date: "20260131T114459Z",
      403, "SignatureDoesNotMatch",
      "Signature expired: 20260131T114459Z is now earlier than 20260131T114500Z (20260131T120000Z - 15 min.)"),
    Case(
      "ahead of its time", whole, date: "20260131T121501Z", 403, "SignatureDoesNotMatch",
      "Signature not yet current: 20260131T121501Z is still later than 20260131T121500Z (20260131T120000Z + 15 min.)"),
    Case(
      "four parts", header(credential: "a/b/c/d"), 400, "IncompleteSignature",
      "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got 'a/b/c/d'"),
    Case(
      "six parts", header(credential: "a/b/c/d/e/f"), 400, "IncompleteSignature",
      "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got 'a/b/c/d/e/f'"),
    Case(
      "everything wrong with the scope", header(credential: "a/20260130/r/sts/aws5"), 403, "SignatureDoesNotMatch",
      "Credential should be scoped to a valid region, not 'r'. Credential should be scoped to correct service: 'iam'. "
        + "Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5'. "
        + "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: "
        + "'20260130' != '20260131', from '20260131T120000Z'."),
    Case(
      "a query without most of it", nil, target: "/?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=a", 400,
      "IncompleteSignature",
      "AWS query-string parameters must include 'X-Amz-Signature'. AWS query-string parameters must include "
        + "'X-Amz-SignedHeaders'. AWS query-string parameters must include 'X-Amz-Date'. Re-examine the query-string "
        + "parameters."),
    Case(
      "a wrong signature", whole, 403, "SignatureDoesNotMatch",
      "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key "
        + "and signing method. Consult the service documentation for details."),
  ]

  private static let malformedHeader = "The authorization header is malformed; "
  private static let malformedQuery = "Error parsing the X-Amz-Credential parameter; "

  static let s3Cases = [
    Case("not signed", nil, 403, "AccessDenied", "Access Denied"),
    Case(
      "signed twice", whole, target: presignedQuery, 400, "InvalidArgument",
      "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the "
        + "Authorization header should be specified", ["ArgumentName": "Authorization"]),
    Case(
      "version 2", "AWS AKID:sig=", 400, "InvalidRequest",
      "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256."),
    Case(
      "another mechanism", "Bearer x", 400, "InvalidArgument", "Unsupported Authorization Type",
      ["ArgumentName": "Authorization", "ArgumentValue": "Bearer"]),
    Case(
      "a component missing", "AWS4-HMAC-SHA256 Credential=a", 400, "AuthorizationHeaderMalformed",
      malformedHeader + "the authorization header requires three components: Credential, SignedHeaders, and Signature."),
    Case(
      "no date", whole, date: nil, 403, "AccessDenied",
      "AWS authentication requires a valid Date or x-amz-date header"),
    Case(
      "too old", whole, date: "20260131T114459Z", 403, "RequestTimeTooSkewed",
      "The difference between the request time and the current time is too large.",
      [
        "RequestTime": "20260131T114459Z", "ServerTime": "2026-01-31T12:00:00Z",
        "MaxAllowedSkewMilliseconds": "900000",
      ]),
    Case(
      "four parts", header(credential: "a/b/c/d"), 400, "AuthorizationHeaderMalformed",
      malformedHeader + "the Credential is mal-formed; expecting \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\"."),
    Case(
      "no access key", header(credential: "/20260131/us-east-1/s3/aws4_request"), 400, "AuthorizationHeaderMalformed",
      malformedHeader + "a non-empty Access Key (AKID) must be provided in the credential."),
    Case(
      "another region", header(credential: "a/20260131/eu-west-1/s3/aws4_request"), 400, "AuthorizationHeaderMalformed",
      malformedHeader + "the region 'eu-west-1' is wrong; expecting 'us-east-1'", ["Region": "us-east-1"]),
    Case(
      "another service", header(credential: "a/20260131/us-east-1/iam/aws4_request"), 400,
      "AuthorizationHeaderMalformed",
      malformedHeader + "incorrect service \"iam\". This endpoint belongs to \"s3\"."),
    Case(
      "another day", header(credential: "a/20260130/us-east-1/s3/aws4_request"), 400, "AuthorizationHeaderMalformed",
      malformedHeader + "Invalid credential date \"20260130\". This date is not the same as X-Amz-Date: \"20260131\"."),
    Case(
      "host not signed", header(credential: "a/b/c/d/e", signedHeaders: "x"), 403, "AccessDenied",
      "There were headers present in the request which were not signed", ["HeadersNotSigned": "host"]),
    Case(
      "x-amz-date not signed", header(credential: "a/20260131/us-east-1/s3/aws4_request"), 403, "AccessDenied",
      "There were headers present in the request which were not signed", ["HeadersNotSigned": "x-amz-date"]),
    Case(
      "a query without its lifetime", nil, target: presignedQuery + "&X-Amz-Date=20260131T120000Z", 400,
      "AuthorizationQueryParametersError",
      "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, "
        + "X-Amz-SignedHeaders, and X-Amz-Expires parameters."),
    Case(
      "a lifetime that is no number", nil, target: presignedQuery + "&X-Amz-Date=20260131T120000Z&X-Amz-Expires=1h",
      400,
      "AuthorizationQueryParametersError", "X-Amz-Expires should be a number"),
    Case(
      "a lifetime before its beginning", nil, target: presignedQuery + "&X-Amz-Date=20260131T120000Z&X-Amz-Expires=-1",
      400,
      "AuthorizationQueryParametersError", "X-Amz-Expires must be non-negative"),
    Case(
      "a lifetime of more than a week", nil,
      target: presignedQuery + "&X-Amz-Date=20260131T120000Z&X-Amz-Expires=604801", 400,
      "AuthorizationQueryParametersError",
      "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 "
        + "seconds"),
    Case(
      "a date in the query in another form", nil, target: presignedQuery + "&X-Amz-Date=2026&X-Amz-Expires=1", 400,
      "AuthorizationQueryParametersError",
      "X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\""),
    Case(
      "past its end", nil, target: presignedQuery + "&X-Amz-Date=20260131T115958Z&X-Amz-Expires=1", 403, "AccessDenied",
      "Request has expired",
      ["X-Amz-Expires": "1", "Expires": "2026-01-31T11:59:59Z", "ServerTime": "2026-01-31T12:00:00Z"]),
    Case(
      "before its beginning", nil, target: presignedQuery + "&X-Amz-Date=20260131T130000Z&X-Amz-Expires=60", 403,
      "AccessDenied", "Request is not yet valid",
      [
        "X-Amz-Date": "1769864400000", "Expires": "2026-01-31T13:01:00Z", "ServerTime": "2026-01-31T12:00:00Z",
      ]),
    Case(
      "a credential in the query for another day", nil,
      target: presignedQuery.replacing("20260131", with: "20260130") + "&X-Amz-Date=20260131T120000Z&X-Amz-Expires=60",
      400,
      "AuthorizationQueryParametersError",
      malformedQuery + "Invalid credential date \"20260130\". This date is not the same as X-Amz-Date: \"20260131\"."),
  ]
}
