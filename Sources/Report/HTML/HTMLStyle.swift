/// The style of all pages. Colours are variables, so that dark is a second set of values.
enum HTMLStyle {
  static let colours = """
    :root {
      --paper: #fbfaf7; --card: #ffffff; --ink: #1d2430; --soft: #5d6675; --line: #e4e1d8; --code: #f4f2ec;
      --accent: #2f5fd0; --passed: #1b7f4b; --failed: #c22f3d; --error: #b4570a; --not-run: #75808f;
      --passed-soft: #e3f3ea; --failed-soft: #fbe6e8; --error-soft: #fcecd9; --not-run-soft: #eceef1;
      --credentials: #7a4fc2; --shadow: 0 1px 2px rgb(30 30 60 / .06), 0 4px 16px rgb(30 30 60 / .05);
    }
    @media (prefers-color-scheme: dark) { :root:not([data-theme="light"]) {
      --paper: #12151b; --card: #1a1f28; --ink: #e6e9ef; --soft: #9aa5b5; --line: #2c3340; --code: #12161d;
      --accent: #86a8ff; --passed: #5fd098; --failed: #ff8089; --error: #ffb066; --not-run: #93a0b2;
      --passed-soft: #173325; --failed-soft: #3d1d22; --error-soft: #3a2914; --not-run-soft: #262d38;
      --credentials: #bd9bff; --shadow: none;
    } }
    :root[data-theme="dark"] {
      --paper: #12151b; --card: #1a1f28; --ink: #e6e9ef; --soft: #9aa5b5; --line: #2c3340; --code: #12161d;
      --accent: #86a8ff; --passed: #5fd098; --failed: #ff8089; --error: #ffb066; --not-run: #93a0b2;
      --passed-soft: #173325; --failed-soft: #3d1d22; --error-soft: #3a2914; --not-run-soft: #262d38;
      --credentials: #bd9bff; --shadow: none; color-scheme: dark;
    }
    :root[data-theme="light"] { color-scheme: light; }

    """

  static let page = """
    * { box-sizing: border-box; }
    html { scroll-padding-top: 9.5rem; }
    body { margin: 0; background: var(--paper); color: var(--ink); overflow-wrap: anywhere;
      font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
    code, pre, kbd { font-family: ui-monospace, "SF Mono", "Cascadia Code", "DejaVu Sans Mono", monospace; font-size: .86em; }
    p { margin: .5rem 0; max-width: 46rem; }
    a { color: var(--accent); }
    [hidden] { display: none !important; }
    .sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); margin: 0; }
    .skip { position: absolute; left: -99rem; }
    .skip:focus { left: 1rem; top: .5rem; z-index: 3; background: var(--card); padding: .3rem .6rem; }
    :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
    .top { position: sticky; top: 0; z-index: 2; background: var(--card); border-bottom: 1px solid var(--line);
      padding: .8rem clamp(.8rem, 3vw, 2rem) .7rem; box-shadow: var(--shadow); }
    .title { display: flex; gap: .8rem; align-items: center; }
    .title h1 { font-size: 1.15rem; margin: 0; line-height: 1.25; }
    .title p { margin: 0; color: var(--soft); font-size: .88rem; }
    .mark { display: grid; place-items: center; width: 2.3rem; height: 2.3rem; border-radius: 50%; font-weight: 700;
      flex: none; color: var(--card); background: var(--passed); }
    .top.failed .mark { background: var(--failed); } .top.error .mark { background: var(--error); }
    .meter { display: flex; gap: 2px; height: 5px; margin: .7rem 0; border-radius: 3px; overflow: hidden; }
    .meter i { min-width: 4px; background: var(--passed); } .meter .failed { background: var(--failed); }
    .meter .error { background: var(--error); } .meter .not-run { background: var(--not-run); }
    .tools { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; }
    .tools input { flex: 1 1 12rem; min-width: 8rem; max-width: 26rem; }
    .filters { display: flex; flex-wrap: wrap; gap: .3rem; }
    button, input { font: inherit; font-size: .9rem; color: inherit; background: var(--paper);
      border: 1px solid var(--line); border-radius: 8px; padding: .28rem .65rem; }
    button { cursor: pointer; } button:hover { border-color: var(--soft); }
    button[aria-pressed="true"] { background: var(--accent); border-color: var(--accent); color: var(--card); }
    button b { font-weight: 600; opacity: .75; }
    .page { display: grid; grid-template-columns: minmax(12rem, 17rem) minmax(0, 1fr); gap: 2rem; max-width: 82rem;
      margin: 0 auto; padding: 1.2rem clamp(.8rem, 3vw, 2rem) 4rem; }
    nav { position: sticky; top: 9.5rem; align-self: start; max-height: calc(100vh - 10.5rem); overflow: auto;
      display: flex; flex-direction: column; gap: .1rem; font-size: .88rem; }
    nav a { display: flex; gap: .55rem; align-items: baseline; color: var(--soft); text-decoration: none;
      padding: .3rem .5rem; border-radius: 6px; line-height: 1.3; }
    nav a:hover { background: var(--card); color: var(--ink); }
    .dot { flex: none; display: inline-block; width: .55rem; height: .55rem; border-radius: 50%; background: var(--passed); }
    .failed > .dot, .failed > h2 .dot { background: var(--failed); } .error > .dot, .error > h2 .dot { background: var(--error); }
    main:focus { outline: none; }
    .scenario { margin-bottom: 3rem; }
    h2 { font-size: 1.45rem; line-height: 1.25; margin: .2rem 0 .3rem; display: flex; gap: .7rem; align-items: baseline; }
    h3 { font-size: 1.06rem; margin: 1.6rem 0 .4rem; } h4 { font-size: .85rem; color: var(--soft); margin: .8rem 0 .2rem; }
    .facts { color: var(--soft); font-size: .9rem; }
    .tag { display: inline-block; background: var(--not-run-soft); border-radius: 99px; padding: 0 .6rem; font-size: .8rem; }
    .narrowed .scenario > p, .narrowed .picture, .narrowed .teardown, .narrowed .chapter > p { display: none; }
    .step { background: var(--card); border: 1px solid var(--line); border-left: 4px solid var(--passed);
      border-radius: 8px; margin: .35rem 0; }
    .step.failed { border-left-color: var(--failed); } .step.error { border-left-color: var(--error); }
    .step.not-run { border-left-color: var(--not-run); }
    .step:target { box-shadow: 0 0 0 2px var(--accent); }
    summary { cursor: pointer; }
    .step > summary { display: flex; gap: .6rem; align-items: baseline; padding: .42rem .8rem; list-style: none; }
    .step > summary::-webkit-details-marker { display: none; }
    .sign { flex: none; width: 1.2rem; font-weight: 700; color: var(--passed); text-align: center; }
    .failed > summary .sign { color: var(--failed); } .error > summary .sign { color: var(--error); }
    .not-run > summary .sign { color: var(--not-run); }
    .number, .time { color: var(--soft); font-size: .8rem; font-variant-numeric: tabular-nums; flex: none; }
    .number { min-width: 1.5rem; text-align: right; }
    .name { flex: 1 1 auto; }
    .who { flex: none; max-width: 12rem; background: var(--not-run-soft); border-radius: 99px; padding: 0 .6rem; font-size: .8rem; }
    .what { flex: none; width: 13.5rem; font: .8rem ui-monospace, "DejaVu Sans Mono", monospace; color: var(--soft); }
    .time { min-width: 3.6rem; text-align: right; }
    .inside { border-top: 1px solid var(--line); padding: .5rem 1rem .8rem; }
    pre { margin: .5rem 0; padding: .7rem .9rem; background: var(--code); border-radius: 8px; overflow-x: auto;
      line-height: 1.45; overflow-wrap: normal; }
    pre.problem { background: var(--failed-soft); } .step.error pre.problem { background: var(--error-soft); }
    pre.diff del, pre.diff ins, pre.diff span { text-decoration: none; }
    pre.diff del { color: var(--failed); } pre.diff ins { color: var(--passed); } pre.diff span { color: var(--soft); }
    .prompt { color: var(--soft); user-select: none; }
    .exchange, .why, .picture, .teardown { margin: .5rem 0; }
    .exchange > summary, .why > summary, .picture > summary, .teardown > summary { color: var(--accent); width: fit-content; }
    .status { font-variant-numeric: tabular-nums; border: 1px solid var(--line); border-radius: 5px; padding: 0 .35rem;
      font-size: .8rem; color: var(--soft); }
    .statements { margin: .2rem 0; padding-left: 1.2rem; font-size: .9rem; }
    .statements .decided { font-weight: 650; } .statements .decided::marker { content: "▸ "; color: var(--accent); }
    .remark, .renewal { color: var(--soft); font-style: italic; }
    .again { font-size: .85rem; color: var(--soft); margin-bottom: 0; }
    dialog { border: 1px solid var(--line); border-radius: 12px; background: var(--card); color: var(--ink); }
    dialog::backdrop { background: rgb(0 0 0 / .4); }
    dialog dl { display: grid; grid-template-columns: auto 1fr; gap: .4rem 1rem; } dialog dd { margin: 0; }
    kbd { border: 1px solid var(--line); border-bottom-width: 2px; border-radius: 5px; padding: 0 .4rem; }
    .document h1 { font-size: 1.8rem; line-height: 1.2; margin: .2rem 0 .6rem; } .document nav { top: 1rem; }
    .document h2 { margin-top: 2.4rem; } .document section { scroll-margin-top: 1rem; }
    table { border-collapse: collapse; margin: .6rem 0; } th, td { text-align: left; padding: .2rem .8rem .2rem 0;
      border-bottom: 1px solid var(--line); } th { color: var(--soft); font-weight: 500; font-size: .85rem; }
    @media (max-width: 52rem) {
      html { scroll-padding-top: 1rem; }
      .top { position: static; }
      .page { grid-template-columns: minmax(0, 1fr); gap: .5rem; }
      nav { position: static; max-height: 11rem; border-bottom: 1px solid var(--line); padding-bottom: .5rem; }
      .step > summary { flex-wrap: wrap; row-gap: 0; padding: .5rem .7rem; }
      .who { max-width: none; } .name { flex: 1 1 70%; } .what { display: none; } .who { margin-left: 1.8rem; }
      .time { margin-left: auto; } .inside { padding: .5rem .7rem .8rem; }
    }
    @media print {
      :root { --paper: #fff; --card: #fff; --shadow: none; }
      body { font-size: 10pt; } .tools, nav, .skip, dialog { display: none; }
      .top { position: static; } .page { display: block; padding: 0; }
      .step { break-inside: avoid; } h2, h3 { break-after: avoid; }
      pre { white-space: pre-wrap; overflow-wrap: anywhere; }
    }
    @media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }

    """

  static let pictures = """
    .scroll { overflow: auto; max-height: 34rem; background: var(--card); border: 1px solid var(--line);
      border-radius: 8px; margin-top: .4rem; padding: .4rem; }
    svg { display: block; font: 12px system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif; }
    svg text { fill: var(--ink); text-anchor: middle; }
    svg .lane { fill: var(--not-run-soft); } svg .service { fill: var(--error-soft); }
    svg .life { stroke: var(--line); stroke-dasharray: 3 4; } svg .rule { stroke: var(--line); }
    svg .touch { fill: transparent; } svg a:hover .touch, svg a:focus .touch { fill: var(--not-run-soft); }
    svg line.message { stroke-width: 1.5; stroke: var(--soft); } svg path.message { fill: var(--soft); }
    svg text.message { font-size: 11px; }
    svg line.allowed { stroke: var(--passed); } svg path.allowed { fill: var(--passed); }
    svg line.refused { stroke: var(--failed); } svg path.refused { fill: var(--failed); }
    svg text.refused { fill: var(--failed); }
    svg line.credentials { stroke: var(--credentials); stroke-dasharray: 5 4; } svg path.credentials { fill: var(--credentials); }
    svg text.credentials { fill: var(--credentials); }
    .matrix text { text-anchor: start; } .matrix .principal { text-anchor: end; font-weight: 600; }
    .matrix .sign { text-anchor: middle; font-weight: 700; }
    .matrix .call.allowed { fill: var(--passed-soft); stroke: var(--passed); }
    .matrix .call.refused { fill: var(--failed-soft); stroke: var(--failed); }
    .matrix .call.other { fill: var(--not-run-soft); stroke: var(--not-run); }
    .matrix a:hover rect, .matrix a:focus rect { stroke-width: 2.5; }
    @media print { .scroll { max-height: none; overflow: visible; } svg { max-width: 100%; height: auto; } }

    """
}
