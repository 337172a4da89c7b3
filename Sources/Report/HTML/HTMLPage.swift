/// What every page has: its head, the style, the script, and the list of keys.
enum HTMLPage {
  /// - Parameter hasScript: whether the page filters and searches; a transcript does not.
  static func text(title: String, body: String, hasScript: Bool = true) -> String {
    // The policy keeps the page from asking anything of any network, whatever text got into it.
    let policy =
      "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
      + (hasScript ? "; script-src 'unsafe-inline'" : "")
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="\(policy)">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="referrer" content="no-referrer">
      <title>\(Markup.escaped(title))</title>
      <link rel="icon" href="data:,">
      <style>
      \(HTMLStyle.colours)\(HTMLStyle.page)\(HTMLStyle.pictures)</style>
      </head>
      <body>
      \(body)\(hasScript ? "<script>\n\(HTMLScript.text)</script>\n" : "")</body>
      </html>

      """
  }

  static let keys = """
    <dialog id="keys"><h2>Keys</h2><dl>
    <dt><kbd>/</kbd></dt><dd>search</dd>
    <dt><kbd>j</kbd> <kbd>k</kbd></dt><dd>next, previous step</dd>
    <dt><kbd>n</kbd></dt><dd>next step that is not as expected</dd>
    <dt><kbd>Enter</kbd></dt><dd>open or close the step</dd>
    <dt><kbd>e</kbd></dt><dd>open or close all</dd>
    <dt><kbd>t</kbd></dt><dd>light or dark</dd>
    <dt><kbd>Esc</kbd></dt><dd>show all again</dd>
    </dl><form method="dialog"><button>Close</button></form></dialog>

    """
}
