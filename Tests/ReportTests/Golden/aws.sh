#!/bin/sh
# Prints what the AWS CLI prints, for ReportGoldenTests.
case "$1" in
sts) printf '{\n    "UserId": "AIDAEXAMPLE",\n    "Account": "111111111111",\n    "Arn": "arn:aws:iam::111111111111:user/Ann"\n}\n' ;;
*)
  printf '\nAn error occurred (AccessDenied) when calling the ListObjectsV2 operation: User: arn:aws:iam::111111111111:user/Ann is not <authorized> & no more\n' >&2
  exit 255
  ;;
esac
