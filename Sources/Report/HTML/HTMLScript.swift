/// The page's script: filter, search, keys. Without it everything is still there to read.
enum HTMLScript {
  static let text = #"""
    "use strict";
    (() => {
      const all = selector => Array.from(document.querySelectorAll(selector));
      const one = selector => document.querySelector(selector);
      const root = document.documentElement;
      const steps = all(".step");
      const texts = new Map(steps.map(step => [step, step.textContent.toLowerCase()]));
      const search = one("#search");
      let filter = "all";

      const show = () => {
        const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
        let shown = 0;
        for (const step of steps) {
          const isShown = (filter === "all" || step.dataset.verdict === filter)
            && words.every(word => texts.get(step).includes(word));
          step.hidden = !isShown;
          if (isShown) shown += 1;
        }
        const isNarrowed = filter !== "all" || words.length > 0;
        for (const chapter of all(".chapter")) chapter.hidden = !chapter.querySelector(".step:not([hidden])");
        for (const scenario of all(".scenario")) {
          scenario.hidden = isNarrowed && !scenario.querySelector(".step:not([hidden])");
          const entry = one(`nav a[href="#${scenario.id}"]`);
          if (entry) entry.hidden = scenario.hidden;
        }
        document.body.classList.toggle("narrowed", isNarrowed);
        one("#nothing").hidden = shown > 0;
        one("#found").textContent = isNarrowed ? `${shown} of ${steps.length} steps` : "";
      };

      const choose = name => {
        filter = name;
        for (const button of all("[data-filter]")) {
          button.setAttribute("aria-pressed", String(button.dataset.filter === name));
        }
        show();
      };

      const openAll = () => {
        const button = one("#expand");
        const isOpen = button.getAttribute("aria-pressed") !== "true";
        for (const step of steps) step.open = isOpen;
        button.setAttribute("aria-pressed", String(isOpen));
        button.textContent = isOpen ? "Close all" : "Open all";
      };

      const switchTheme = () => {
        const isDark = root.dataset.theme
          ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
        root.dataset.theme = isDark ? "light" : "dark";
        try { localStorage.setItem("iamdrill-theme", root.dataset.theme); } catch { /* a page from a file may have none */ }
      };

      const move = (by, candidates) => {
        const shown = candidates.filter(step => !step.hidden && step.getClientRects().length);
        if (!shown.length) return;
        const here = document.activeElement?.closest?.(".step");
        let next = shown.indexOf(here);
        if (next < 0 && here) {
          next = shown.findIndex(step => here.compareDocumentPosition(step) & Node.DOCUMENT_POSITION_FOLLOWING);
          if (next < 0) next = 0;
        } else {
          next = next < 0 ? (by > 0 ? 0 : shown.length - 1) : (next + by + shown.length) % shown.length;
        }
        const summary = shown[next].querySelector("summary");
        summary.focus();
        summary.scrollIntoView({ block: "nearest" });
      };

      const goToHash = () => {
        const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
        if (!target || !target.matches(".step")) return;
        if (target.hidden) { search.value = ""; choose("all"); }
        target.open = true;
        target.querySelector("summary").focus({ preventScroll: true });
        target.scrollIntoView({ block: "start" });
      };

      search.addEventListener("input", show);
      for (const button of all("[data-filter]")) button.addEventListener("click", () => choose(button.dataset.filter));
      one("#expand").addEventListener("click", openAll);
      one("#theme").addEventListener("click", switchTheme);
      one("#help").addEventListener("click", () => one("#keys").showModal());
      addEventListener("hashchange", goToHash);
      addEventListener("beforeprint", () => { for (const step of all(".step.failed, .step.error")) step.open = true; });

      addEventListener("keydown", event => {
        if (event.ctrlKey || event.metaKey || event.altKey || one("#keys").open) return;
        if (event.key === "Escape") {
          search.value = "";
          choose("all");
          search.blur();
          return;
        }
        if (event.target === search) return;
        const actions = {
          "/": () => search.focus(),
          j: () => move(1, steps),
          k: () => move(-1, steps),
          n: () => move(1, steps.filter(step => !["passed", "not-run"].includes(step.dataset.verdict))),
          e: openAll,
          t: switchTheme,
          "?": () => one("#keys").showModal(),
        };
        const action = actions[event.key];
        if (!action) return;
        event.preventDefault();
        action();
      });

      try {
        const theme = localStorage.getItem("iamdrill-theme");
        if (theme === "light" || theme === "dark") root.dataset.theme = theme;
      } catch { /* as above */ }
      goToHash();
    })();

    """#
}
