import Glibc
import Scenario

/// `iamdrill init`
enum InitCommand: Subcommand {
  static let description = CommandDescription(
    name: "init",
    summary: "Begin: write a first scenario and a configuration, with comments, that pass.",
    arguments: "[FOLDER]",
    discussion: """
      Writes FOLDER/first-role.yaml, the schemas that editors complete files with, and beside the folder iamdrill.yaml, which
      says where scenarios may run; FOLDER is `scenarios` by default. What is there is never overwritten.
      """,
    notes: "Exits with 2 where a file is there already, or cannot be written.")

  static func run(_ arguments: ParsedArguments) throws(UsageError) -> ExitCode {
    guard arguments.positionals.count <= 1 else { throw UsageError("more than one folder given", command: "init") }
    let folder = arguments.positionals.first ?? "scenarios"
    let configuration = FirstConfiguration(scenarios: folder)
    let files = [
      ("\(folder)/first-role.yaml", FirstScenario.text), ("\(folder)/scenario.schema.json", ScenarioSchema.text()),
      ("\(folder)/iamdrill.schema.json", ConfigurationSchema.text()), (configuration.path, configuration.text),
    ]
    for (path, _) in files where TextFile.exists(path) {
      Console.writeError("iamdrill: \(path) is there already\n")
      return .unreadable
    }
    mkdir(folder, 0o777)
    for (path, text) in files {
      if let problem = TextFile.write(text, to: path) {
        Console.writeError("iamdrill: \(path): \(problem)\n")
        return .unreadable
      }
      Console.write("\(path)\n")
    }
    Console.write("\nRun it: iamdrill run \(folder)\n")
    return .success
  }
}

/// What `iamdrill init` begins with.
enum FirstScenario {
  static let text = #"""
    # yaml-language-server: $schema=scenario.schema.json
    #
    # A scenario says who takes part, what is made, and step by step who calls what and what the answer must be.
    # Run it: iamdrill run first-role.yaml   Learn more: iamdrill tutorial   Check it only: iamdrill check first-role.yaml

    scenario: A role that only reads
    about: |
      An auditor of another account may read the reports, and nothing else.
    tags: [first]

    # Accounts by name. A name alone, as a principal, is the account's administrator.
    accounts:
      Company: "111111111111"
      Auditors: "222222222222"

    # Names of what is made. `${{ names.role }}` stands for one of them below.
    names:
      role: ReportReader
      bucket: amzn-s3-demo-bucket-reports

    policies:
      # Who may take the role on: here whoever the other account lets.
      TrustAuditors:
        Version: "2012-10-17"
        Statement:
          Effect: Allow
          Principal: { AWS: "arn:aws:iam::${{ accounts.Auditors }}:root" }
          Action: sts:AssumeRole
      # What the role may do.
      ReadReports:
        Version: "2012-10-17"
        Statement:
          Effect: Allow
          Action: s3:GetObject
          Resource: "arn:aws:s3:::${{ names.bucket }}/*"

    chapters:
      - title: What is there
        steps:
          # A step without `expect` must simply work.
          - name: The bucket
            as: Company
            call: s3:CreateBucket
            with: { Bucket: "${{ names.bucket }}" }
          - name: A report
            as: Company
            call: s3:PutObject
            with: { Bucket: "${{ names.bucket }}", Key: q3.txt, Body: "Splendid.\n" }
          - name: The role
            as: Company
            call: iam:CreateRole
            with: { RoleName: "${{ names.role }}", AssumeRolePolicyDocument: "${{ policies.TrustAuditors }}" }
            save: { roleArn: //Role/Arn }   # an XPath into the answer
          - name: What it may do
            as: Company
            call: iam:PutRolePolicy
            with: { RoleName: "${{ names.role }}", PolicyName: read, PolicyDocument: "${{ policies.ReadReports }}" }

      - title: What the role gives, and what not
        steps:
          - name: An auditor takes the role on
            as: Auditors
            call: sts:AssumeRole
            with: { RoleArn: "${{ roleArn }}", RoleSessionName: audit }
            become: Auditor                 # the credentials in the answer are a principal from here on
            expect: allowed
          - name: The report can be read
            as: Auditor
            call: s3:GetObject
            with: { Bucket: "${{ names.bucket }}", Key: q3.txt }
            expect: { status: 200, body: "Splendid.\n" }
          - name: It cannot be changed
            as: Auditor
            call: s3:PutObject
            with: { Bucket: "${{ names.bucket }}", Key: q3.txt, Body: "Dreadful.\n" }
            expect: { denied: implicit, by: identity-policy }

    # What the steps made is taken back by itself, however the scenario ends.

    """#
}
