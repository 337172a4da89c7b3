# The two accounts of AWS's tutorial on roles across accounts, on a served emulator:
#
#   iamdrill serve --accounts 111111111111,999999999999 --format json
#   terraform apply -var endpoint=… -var 'originating={access_key="…",secret_key="…"}' -var 'destination={…}'

terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

variable "endpoint" {
  default = "http://127.0.0.1:4600"
}

variable "originating" {
  type      = object({ access_key = string, secret_key = string })
  sensitive = true
}

variable "destination" {
  type      = object({ access_key = string, secret_key = string })
  sensitive = true
}

provider "aws" {
  region            = "us-east-1"
  access_key        = var.originating.access_key
  secret_key        = var.originating.secret_key
  s3_use_path_style = true
  endpoints {
    iam = var.endpoint
    s3  = var.endpoint
    sts = var.endpoint
  }
}

provider "aws" {
  alias             = "destination"
  region            = "us-east-1"
  access_key        = var.destination.access_key
  secret_key        = var.destination.secret_key
  s3_use_path_style = true
  endpoints {
    iam = var.endpoint
    s3  = var.endpoint
    sts = var.endpoint
  }
}

data "aws_caller_identity" "originating" {}

# The Destination account: a bucket, and a role that may write to it.

resource "aws_s3_bucket" "shared" {
  provider = aws.destination
  bucket   = "amzn-s3-demo-bucket-shared-container"
}

resource "aws_s3_object" "data" {
  provider = aws.destination
  bucket   = aws_s3_bucket.shared.bucket
  key      = "data.txt"
  content  = "in production"
}

resource "aws_iam_policy" "read_write" {
  provider = aws.destination
  name     = "read-write-app-bucket"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "s3:ListAllMyBuckets", Resource = "*" },
      { Effect = "Allow", Action = ["s3:ListBucket", "s3:GetBucketLocation"], Resource = aws_s3_bucket.shared.arn },
      {
        Effect   = "Allow"
        Action   = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]
        Resource = "${aws_s3_bucket.shared.arn}/*"
      },
    ]
  })
}

resource "aws_iam_role" "update_data" {
  provider = aws.destination
  name     = "UpdateData"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.originating.account_id}:root" }
    }]
  })
}

resource "aws_iam_role_policy_attachment" "update_data" {
  provider   = aws.destination
  role       = aws_iam_role.update_data.name
  policy_arn = aws_iam_policy.read_write.arn
}

# The Originating account: who may assume the role, and who may not.

resource "aws_iam_group" "group" {
  for_each = toset(["Developers", "Analysts"])
  name     = each.key
}

resource "aws_iam_group_policy" "assume" {
  for_each = { Developers = "Allow", Analysts = "Deny" }
  name     = lower("${each.value}-assume-update-data")
  group    = aws_iam_group.group[each.key].name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = each.value, Action = "sts:AssumeRole", Resource = aws_iam_role.update_data.arn }]
  })
}

resource "aws_iam_user" "user" {
  for_each = { David = "Developers", Jane = "Analysts" }
  name     = each.key
}

resource "aws_iam_user_group_membership" "user" {
  for_each = { David = "Developers", Jane = "Analysts" }
  user     = aws_iam_user.user[each.key].name
  groups   = [aws_iam_group.group[each.value].name]
}

resource "aws_iam_access_key" "user" {
  for_each = aws_iam_user.user
  user     = each.value.name
}

output "role" {
  value = aws_iam_role.update_data.arn
}
