import Runner

/// A command and what it printed, in HTML.
enum HTMLCommand {
  static func text(_ command: CommandText) -> String {
    var text = "<h4>\(HTMLProse.inline(command.introduction))</h4>\n"
    if let configuration = command.configuration { text += "<pre>\(Markup.escaped(configuration))</pre>\n" }
    text += "<pre class=\"command\">"
    if let exports = command.exports { text += "<span class=\"prompt\">$ </span>\(Markup.escaped(exports))\n" }
    text += "<span class=\"prompt\">$ </span>\(Markup.escaped(command.line(width: 90)))</pre>\n"
    let output = command.output
    text += output.isEmpty ? "<p>It prints nothing.</p>\n" : "<pre>\(Markup.escaped(output))</pre>\n"
    if let ending = command.ending { text += "<p>\(Markup.escaped(ending))</p>\n" }
    guard !command.calls.isEmpty else { return text }
    let items = command.calls.map { "<li>\(HTMLProse.inline($0))</li>" }.joined()
    return text + "<details class=\"exchange\"><summary>What it asked for</summary>\n<ul>\(items)</ul>\n</details>\n"
  }
}
