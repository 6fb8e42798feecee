"use strict";
// Three parts over one lesson: a chart with cards, a walk, and a quiz. What the lesson says is only ever set as text.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const { lesson, words, rows, forces, notes } = data;
  const PARTS = ["chart", "walk", "quiz"];
  const LANGUAGES = { zh: "zh-Hans", en: "en" };
  const SIGNS = { done: "✓", current: "▶", later: "" };
  const wide = window.matchMedia("(min-width: 1200px)");
  const roomy = window.matchMedia("(min-width: 1700px)");
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  const procedures = new Map(lesson.procedures.map((procedure) => [procedure.code, procedure]));
  const order = [...lesson.procedures].sort((a, b) => a.number - b.number).map((procedure) => procedure.code);
  const steps = lesson.walk.steps;
  const state = {
    lang: data.lang, part: "chart", open: null, list: null, printing: false, step: 0, quiz: newQuiz(),
    // Whether the card was opened from the quiz, and which folds the reader has opened.
    fromQuiz: false, unfolded: new Set(),
  };

  // Rules by their codes, and those that most cards would say again: a card tells these apart from its own.
  const ruleOf = new Map();
  const cardsOf = new Map();
  for (const procedure of lesson.procedures) {
    for (const rule of [...procedure.when, ...procedure.rules]) ruleOf.set(rule.rule, { ...ruleOf.get(rule.rule), ...rule });
    for (const rule of procedure.rules) cardsOf.set(rule.rule, (cardsOf.get(rule.rule) ?? 0) + 1);
  }
  const everywhere = lesson.everywhere ?? [];
  for (const rule of everywhere) ruleOf.set(rule.rule, rule);
  const shared = (rule) => 2 * cardsOf.get(rule.rule) > lesson.procedures.length;

  // ------------------------------------------------------------------------------ words and elements

  const byId = (id) => document.getElementById(id);
  const text = (label) => (label ? label[state.lang] : "");

  function say(word, values = {}) {
    return words[word][state.lang].replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
  }

  /** An element with its attributes and children; a string becomes text and nothing else. */
  function make(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [attribute, value] of Object.entries(attributes)) {
      if (value === true) made.setAttribute(attribute, "");
      else if (value !== false && value !== null && value !== undefined) made.setAttribute(attribute, value);
    }
    made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
    return made;
  }

  const button = (label, attributes = {}) => make("button", { type: "button", ...attributes }, label);
  const dayText = (iso) => (state.lang === "zh" ? iso.replace(/^(\d+)-0?(\d+)-0?(\d+)$/, "$1年$2月$3日") : iso);
  const day = (iso) => make("time", { datetime: iso }, dayText(iso));

  /** A sentence of `words` in which `{day}` is a time. */
  function withDay(word, iso) {
    const [before, after] = words[word][state.lang].split("{day}");
    return [before, day(iso), after];
  }

  function pairs(rowsOf, name) {
    return make("dl", { class: name }, rowsOf.map(([label, value]) => make("div", {}, make("dt", {}, label), make("dd", {}, value))));
  }

  function stageTitle(number) {
    const stage = lesson.stages.find((one) => one.number === number);
    const numeral = state.lang === "zh" ? "零一二三四五六七八九十"[number] ?? number : number;
    return [say("stage", { number: numeral }), text(stage?.label)];
  }

  const named = (code) => {
    const procedure = procedures.get(code);
    return procedure ? `${procedure.number} ${text(procedure.label)}` : code;
  };
  const spoken = (code) => say("procedure", { number: procedures.get(code).number, label: text(procedures.get(code).label) });
  const gain = (procedure) => (procedure.standing ? say("milestone", { standing: text(procedure.standing) }) : "");

  /** A part that opens and closes; what the reader has opened stays open when it is drawn anew. */
  function fold(code, name, title, ...children) {
    const made = make("details", { class: name, open: state.unfolded.has(code) }, make("summary", {}, title), ...children);
    made.addEventListener("toggle", () => state.unfolded[made.open ? "add" : "delete"](code));
    return made;
  }

  /** What the words of the trade and the tags of the rules mean, where the lesson says it. */
  function glossary() {
    const entries = [
      ...(lesson.glossary ?? []).map(({ term, means }) => [text(term), text(means)]),
      ...explained.map((code) => [tag(code), text(forces[code].means)]),
    ];
    return entries.length ? fold("glossary", "glossary", say("glossary"), pairs(entries, "terms")) : null;
  }

  /** The force of a rule as a tag. */
  function tag(code) {
    const force = forces[code];
    return force ? make("span", { class: `force ${code}`, title: text(force.means) || null }, text(force.label)) : null;
  }
  const explained = (lesson.forces ?? []).map(({ force }) => force).filter((code) => forces[code]?.means);

  function bring(element, block = "nearest") {
    element.scrollIntoView({ block, behavior: calm.matches ? "auto" : "smooth" });
  }

  // ------------------------------------------------------------------------------ chart and card

  const board = byId("board");
  const corner = byId("corner");
  const list = byId("list");
  const card = make("article", { id: "card", class: "card", "aria-labelledby": "card-title" });
  const key = make("div", { id: "key" });
  const side = byId("side");
  const listed = () => state.list === true || !(wide.matches || state.printing);
  // Where the free corner of the picture is too small for a card, the card stands beside the picture.
  const beside = () => !listed() && !(roomy.matches || state.printing);
  const chart = () => byId(`course-${state.lang}`);

  /** The buttons of the procedures as they are shown now, in the order of their numbers. */
  const shownButtons = () => {
    const holder = listed() ? list : chart();
    return order.map((code) => holder.querySelector(`[data-code="${code}"]`)).filter(Boolean);
  };

  function prepareCharts() {
    for (const lang of Object.keys(LANGUAGES)) {
      for (const box of byId(`course-${lang}`).querySelectorAll(".box")) {
        box.setAttribute("role", "button");
        box.setAttribute("tabindex", "0");
        const procedure = procedures.get(box.dataset.code);
        const name = words.procedure[lang].replace("{number}", procedure.number).replace("{label}", procedure.label[lang]);
        const more = procedure.standing ? words.milestone[lang].replace("{standing}", procedure.standing[lang]) : "";
        box.setAttribute("aria-label", more ? `${name}, ${more}` : name);
      }
    }
  }

  function drawChart() {
    for (const lang of Object.keys(LANGUAGES)) byId(`course-${lang}`).toggleAttribute("hidden", lang !== state.lang);
    const [left, top, right, bottom] = chart().dataset.corner.split(" ").map(Number);
    corner.style.setProperty("left", `${100 * left}%`);
    corner.style.setProperty("top", `${100 * top}%`);
    corner.style.setProperty("width", `${100 * (right - left)}%`);
    corner.style.setProperty("height", `${100 * (bottom - top)}%`);
    key.replaceChildren(
      make("h2", {}, say("key")),
      make("ul", {}, notes.map((note) => make("li", {}, text(note)))),
    );
    byId("words").replaceChildren(...[glossary()].filter(Boolean));
    drawList();
    byId("toggle").textContent = say(state.list ? "as_chart" : "as_list");
    byId("toggle").hidden = !wide.matches;
    board.hidden = listed();
    byId("legend").hidden = listed();
    list.hidden = !listed();
    drawCard();
  }

  function drawList() {
    list.replaceChildren(
      ...lesson.stages.map((stage) => {
        const [number, name] = stageTitle(stage.number);
        const title = make("h2", {}, make("span", { class: "quiet" }, number), " ", name);
        return make("section", { class: "stage" }, title, (rows[String(stage.number)] ?? []).map(drawRow));
      }),
    );
  }

  function drawRow(codes) {
    const parallel = codes.length > 1;
    const buttons = codes.map((code) => {
      const procedure = procedures.get(code);
      const more = gain(procedure);
      return button(
        [
          make("span", { class: "number" }, String(procedure.number)),
          make("span", { class: "label" }, text(procedure.label), more ? make("span", { class: "gain" }, more) : null),
        ],
        { class: "procedure", "data-code": code, "aria-label": more ? `${spoken(code)}, ${more}` : spoken(code) },
      );
    });
    return make(
      "div",
      { class: parallel ? "row beside" : "row" },
      parallel ? make("p", { class: "quiet" }, say("beside")) : null,
      make("div", { class: "procedures" }, buttons),
    );
  }

  function drawCard() {
    for (const box of document.querySelectorAll("#board .box, #list .procedure")) {
      box.setAttribute("aria-pressed", String(box.dataset.code === state.open));
    }
    const open = procedures.get(state.open);
    markBefore(open);
    key.hidden = Boolean(open) && !beside();
    card.hidden = !open;
    board.classList.toggle("split", beside() && Boolean(open));
    if (beside()) byId("legend").replaceChildren(key);
    else corner.replaceChildren(key);
    if (listed() && open) list.querySelector(`[data-code="${state.open}"]`).closest(".row").after(card);
    else (beside() ? side : corner).append(card);
    if (open) card.replaceChildren(...cardOf(open));
    // Beside the chart or in its corner a long card scrolls, and so must be reachable by keyboard.
    if (open && !listed()) card.querySelector(".body").setAttribute("tabindex", "0");
    if (open && beside()) reach(open.code);
  }

  /** The lines that lead to a procedure and the boxes that they come from. */
  function markBefore(open) {
    for (const marked of board.querySelectorAll(".lead")) marked.classList.remove("lead");
    if (!open) return;
    const routes = [...chart().querySelectorAll(".route")];
    const follow = (target) => {
      for (const route of routes.filter((one) => one.dataset.target === target)) {
        route.classList.add("lead");
        const source = byId(`${state.lang}-${route.dataset.source}`);
        if (source) source.classList.add("lead");
        else follow(route.dataset.source);
      }
    };
    follow(open.code);
  }

  const item = (rule) =>
    make("li", {}, tag(rule.force), make("span", {}, text(rule.clause ?? rule.text)), " ", make("span", { class: "article" }, text(rule.article)));

  const rulesList = (rules) => make("ul", { class: "rules" }, rules.map(item));

  /** What stands below a card's own rules: those that it shares with most others, and what the tags mean. */
  function folds(procedure) {
    const common = [...procedure.rules.filter(shared), ...everywhere];
    return [
      common.length ? fold("shared", "shared", say("everywhere"), rulesList(common)) : null,
      explained.length ? fold("forces", "tags", say("forces"), pairs(explained.map((code) => [tag(code), text(forces[code].means)]), "terms")) : null,
    ];
  }

  function cardOf(procedure) {
    const [stage, stageName] = stageTitle(procedure.stage);
    const place = order.indexOf(procedure.code);
    const own = procedure.rules.filter((rule) => !shared(rule));
    const codes = (some) => some.map(named).join(say("between"));
    const what = text(procedure.what);
    // What the sentence at the top or the rules of order say already is not said twice.
    const ordered = (some) => procedure.when.some((rule) => some.every((code) => text(rule.text).includes(text(procedures.get(code).label))));
    const facts = [];
    if (!what.includes(text(procedure.body))) facts.push([say("who"), text(procedure.body)]);
    if (!procedure.after.length) facts.push([say("after"), say("first")]);
    else if (!ordered(procedure.after)) facts.push([say("after"), codes(procedure.after)]);
    if (procedure.chart.length && !ordered(procedure.chart)) facts.push([say("chart_order"), codes(procedure.chart)]);
    const close = button("×", { class: "round close", "aria-label": say("close"), title: say("close") });
    close.addEventListener("click", () => closeCard());
    const turn = (by, word, sign) => {
      const code = order[place + by];
      const shape = listed() ? { class: "plain" } : { class: "round", "aria-label": say(word), title: say(word) };
      const made = button(listed() ? (by < 0 ? `${sign} ${say(word)}` : `${say(word)} ${sign}`) : sign, { ...shape, disabled: !code });
      if (code) made.addEventListener("click", () => openCard(code));
      return made;
    };
    const turns = [turn(-1, "previous", "‹"), turn(1, "next_one", "›")];
    return [
      make(
        "header",
        {},
        make("div", {}, make("p", {}, `${stage} ${stageName}`), make("h2", { id: "card-title", tabindex: "-1" }, named(procedure.code))),
        listed() ? null : make("div", { class: "turns" }, turns),
        close,
      ),
      make(
        "div",
        { class: "body", role: "group", "aria-labelledby": "card-title" },
        state.fromQuiz ? make("p", { class: "return" }, backToQuiz()) : null,
        make("p", { class: "what" }, what),
        procedure.standing && !what.includes(text(procedure.standing)) ? make("p", { class: "gain" }, gain(procedure)) : null,
        facts.length ? pairs(facts, "facts") : null,
        make("h3", {}, say("when")),
        procedure.when.length ? rulesList(procedure.when) : make("p", {}, say("no_when")),
        make("h3", {}, say("papers")),
        procedure.papers.length
          ? make("ul", { class: "papers" }, procedure.papers.map((paper) => make("li", {}, text(paper))))
          : make("p", {}, say("no_papers")),
        own.length ? make("h3", {}, say("rules")) : null,
        own.length ? rulesList(own) : null,
        folds(procedure),
      ),
      ...(listed() ? [make("footer", {}, turns)] : []),
    ];
  }

  function openCard(code) {
    state.open = code;
    drawCard();
    byId("card-title").focus({ preventScroll: true });
    bringCard();
    remember();
  }

  /** A card beside the chart stays in sight by itself: there the box of the chart is what must be brought. */
  function bringCard() {
    if (beside()) bring(byId(`${state.lang}-${state.open}`));
    else bring(card, listed() ? "start" : "nearest");
  }

  /** Scroll the frame of the chart, and nothing else, so that a procedure stands in its middle. */
  function reach(code) {
    const frame = board.querySelector(".frame");
    const box = byId(`${state.lang}-${code}`).getBoundingClientRect();
    const { left, right, width } = frame.getBoundingClientRect();
    if (box.left < left || box.right > right) frame.scrollLeft += (box.left + box.right) / 2 - left - width / 2;
  }

  /** From an act of the quiz to the card of its procedure, and from there to the question again. */
  function cardLink(code) {
    if (!procedures.has(code)) return null;
    const made = button(say("to_card", { label: named(code) }), { class: "link" });
    made.addEventListener("click", () => {
      state.fromQuiz = true;
      show("chart");
      openCard(code);
    });
    return made;
  }

  function backToQuiz() {
    const made = button(say("to_question", { n: state.quiz.index + 1 }), { class: "link" });
    made.addEventListener("click", () => {
      const link = quiz.querySelector(".answer .link") ?? quiz.querySelector(".act.lawful:has(input:checked) .link") ?? byId("question");
      state.fromQuiz = false;
      drawCard();
      show("quiz");
      link.focus({ preventScroll: true });
      bring(link, "center");
    });
    return made;
  }

  function closeCard() {
    const code = state.open;
    state.open = null;
    drawCard();
    shownButtons().find((box) => box.dataset.code === code)?.focus();
    remember();
  }

  const choose = (code) => (state.open === code ? closeCard() : openCard(code));

  /** Arrow keys walk the procedures in order; Enter and Space open. Buttons of HTML do the latter by themselves. */
  function onChartKey(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const box = event.target.closest("[data-code]");
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (box && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      choose(box.dataset.code);
    } else if (box && (by || event.key === "Home" || event.key === "End")) {
      event.preventDefault();
      const buttons = shownButtons();
      const place = { Home: 0, End: buttons.length - 1 }[event.key] ?? buttons.indexOf(box) + by;
      buttons[Math.max(0, Math.min(place, buttons.length - 1))].focus();
    } else if (!box && event.target.closest("#card") && (event.key === "ArrowRight" || event.key === "ArrowLeft")) {
      const code = order[order.indexOf(state.open) + by];
      if (!code) return;
      event.preventDefault();
      openCard(code);
    }
  }

  // ------------------------------------------------------------------------------ walk

  const walk = byId("walk");
  const walkParts = {};

  function drawWalk() {
    const map = chart().cloneNode(true);
    for (const one of [map, ...map.querySelectorAll("[id]")]) one.removeAttribute("id");
    map.removeAttribute("hidden");
    map.setAttribute("class", "course map");
    map.setAttribute("aria-label", say("map"));
    for (const lead of map.querySelectorAll(".lead")) lead.classList.remove("lead");
    for (const box of map.querySelectorAll(".box")) box.removeAttribute("aria-pressed");
    const strip = make(
      "div",
      { class: "strip" },
      lesson.stages.map((stage) =>
        make(
          "div",
          { role: "group", "aria-label": stageTitle(stage.number).join(" ") },
          order
            .filter((code) => procedures.get(code).stage === stage.number)
            .map((code) => button([make("span", { class: "digits" }, String(procedures.get(code).number)), make("span", { class: "sign" })], { "data-code": code })),
        ),
      ),
    );
    walkParts.ticks = make("div", { class: "ticks", "aria-hidden": "true" }, lesson.stages.map(ticksOf));
    const legend = make("p", { class: "legend" }, ["done", "current", "later"].map((look) => make("span", {}, make("i", { class: look }, SIGNS[look]), ` ${say(`state_${look}`)} `)));
    walkParts.counter = make("p", { class: "counter" });
    walkParts.back = button(`‹ ${say("back")}`, { class: "plain" });
    walkParts.next = button("", { class: "main" });
    walkParts.step = make("article", { class: "step" });
    walkParts.refusals = make("div", { class: "refusals" });
    walkParts.live = make("p", { class: "unseen", "aria-live": "polite" });
    walkParts.map = map;
    walkParts.strip = strip;
    walkParts.back.addEventListener("click", () => go(state.step - 1));
    walkParts.next.addEventListener("click", () => go(state.step === steps.length - 1 ? 0 : state.step + 1));
    const jump = (event) => {
      const box = event.target.closest("[data-code]");
      const to = box ? steps.findIndex((step) => step.act === box.dataset.code) : -1;
      if (to >= 0) go(to);
    };
    for (const holder of [map, strip]) {
      holder.addEventListener("click", jump);
      holder.addEventListener("keydown", (event) => onMapKey(event, holder, jump));
    }
    walk.replaceChildren(
      make("p", { class: "about" }, text(lesson.walk.about), " ", make("span", { class: "quiet keys" }, say("walk_keys"))),
      make(
        "div",
        { class: "walking" },
        make(
          "div",
          { class: "reading" },
          walkParts.ticks,
          make("div", { class: "turning" }, walkParts.back, walkParts.counter, walkParts.next),
          walkParts.live,
          walkParts.step,
        ),
        make("div", { class: "progress" }, walkParts.refusals, map, strip, legend),
      ),
    );
    drawStep();
  }

  /** A stage of the thin line of progress: one tick a procedure, all of about one width. */
  function ticksOf(stage) {
    const codes = order.filter((code) => procedures.get(code).stage === stage.number);
    const made = make("span", {}, codes.map((code) => make("i", { "data-code": code })));
    made.style.setProperty("flex-grow", String(codes.length));
    return made;
  }

  /** Up and down go from procedure to procedure; left and right turn the walk here as everywhere in it. */
  function onMapKey(event, holder, jump) {
    const box = event.target.closest("[data-code]");
    if (!box || event.altKey || event.ctrlKey || event.metaKey) return;
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by) {
      event.preventDefault();
      const code = order[order.indexOf(box.dataset.code) + by];
      if (code) holder.querySelector(`[data-code="${code}"]`).focus();
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      jump(event);
    }
  }

  function drawStep() {
    const step = steps[state.step];
    const before = new Set(steps.slice(0, state.step).map((one) => one.act));
    const look = (code) => (code === step.act ? "current" : before.has(code) ? "done" : "later");
    for (const box of walk.querySelectorAll("[data-code]")) {
      const now = look(box.dataset.code);
      box.classList.remove("done", "current", "later");
      box.classList.add(now);
      if (box.localName === "i") continue;
      (box.querySelector(".sign tspan") ?? box.querySelector(".sign")).textContent = SIGNS[now];
      box.setAttribute("aria-label", `${spoken(box.dataset.code)}, ${say(`state_${now}`)}`);
      box.setAttribute("tabindex", now === "current" ? "0" : "-1");
      if (now === "current") box.setAttribute("aria-current", "step");
      else box.removeAttribute("aria-current");
    }
    const counter = say("step", { n: state.step + 1, all: steps.length });
    const last = state.step === steps.length - 1;
    walkParts.counter.textContent = counter;
    walk.classList.toggle("begun", state.step > 0);
    walkParts.back.disabled = state.step === 0;
    walkParts.next.textContent = last ? say("again") : `${say("next")} ›`;
    walkParts.live.textContent = `${counter}: ${named(step.act)}`;
    const procedure = procedures.get(step.act);
    walkParts.step.replaceChildren(
      procedure ? make("p", { class: "quiet" }, stageTitle(procedure.stage).join(" ")) : "",
      make("h2", {}, named(step.act)),
      make("p", { class: "verdict" }, make("span", { class: "yes" }, say("recorded")), " ", day(step.on), procedure ? ` · ${text(procedure.body)}` : ""),
      make("p", { class: "told" }, text(step.told)),
      step.note ? make("p", { class: "note" }, make("strong", {}, say("note")), " ", text(step.note)) : "",
      step.facts.length ? make("h3", {}, say("facts")) : "",
      step.facts.length ? pairs(step.facts.map((fact) => [text(fact.label), text(fact.value)]), "facts grid") : "",
      make("p", { class: "now" }, make("span", { class: "quiet" }, say("standing")), " ", make("strong", {}, text(step.standing))),
    );
    walkParts.refusals.replaceChildren(...step.refusals.map(refusalOf));
  }

  /** The clause of a finding, unless the finding says it in full anyway. */
  const more = (finding) => (text(finding.why).includes(text(finding.clause)) ? null : `${text(finding.clause)} `);

  function refusalOf(refusal) {
    return make(
      "section",
      { class: "refusal" },
      make("h3", {}, say("refused")),
      make("p", { class: "tried" }, text(refusal.tried)),
      make("p", { class: "quiet" }, ...withDay("tried_on", refusal.on)),
      refusal.changed?.length ? make("h4", {}, say("changed")) : null,
      refusal.changed?.length ? pairs(refusal.changed.map((fact) => [text(fact.label), text(fact.value)]), "facts changed") : null,
      make(
        "ol",
        {},
        refusal.findings.map((finding) =>
          make(
            "li",
            {},
            make("p", { class: "why" }, text(finding.why)),
            make("p", {}, tag(ruleOf.get(finding.rule)?.force), more(finding), make("span", { class: "article" }, text(finding.article))),
            make("p", { class: "first" }, ...(finding.first_day ? withDay("first_day", finding.first_day) : [say("no_first_day")])),
          ),
        ),
      ),
    );
  }

  function go(to) {
    const held = document.activeElement;
    state.step = Math.max(0, Math.min(to, steps.length - 1));
    drawStep();
    if (walkParts.ticks.getBoundingClientRect().top < 0) bring(walkParts.ticks, "start");
    // A button that has just been disabled must not swallow the focus.
    if (held === walkParts.back && walkParts.back.disabled) walkParts.next.focus();
    remember();
  }

  // ------------------------------------------------------------------------------ quiz

  const quiz = byId("quiz");
  const quizParts = {};

  function newQuiz() {
    return { index: 0, choice: null, wrong: [], told: null, solved: false, results: [] };
  }

  const found = () => state.quiz.results.filter((result) => result === "right").length;

  function drawQuiz() {
    if (state.quiz.index >= lesson.quiz.length) drawScore();
    else drawQuestion();
  }

  function drawQuestion() {
    const now = state.quiz;
    const question = lesson.quiz[now.index];
    // The acts that were checked before stand at the beginning, and are no choice.
    const checked = question.acts.findIndex((act) => !act.checked);
    quizParts.acts = question.acts.map((act, n) => (n < checked ? null : actOf(act, n)));
    quizParts.counter = make("p", { class: "counter" });
    quizParts.status = make("p", { class: "status", role: "status" });
    quizParts.check = button(say("check"), { class: "main" });
    quizParts.show = button(say("show"), { class: "plain" });
    quizParts.next = button("", { class: "main" });
    quizParts.check.addEventListener("click", check);
    quizParts.show.addEventListener("click", () => solve("shown"));
    quizParts.next.addEventListener("click", nextQuestion);
    quiz.replaceChildren(
      make(
        "header",
        { class: "asking" },
        quizParts.counter,
        make("h2", { id: "question", tabindex: "-1" }, text(question.title)),
        question.person.length ? make("h3", {}, say("person")) : "",
        question.person.length ? pairs(question.person.map((fact) => [text(fact.label), text(fact.value)]), "facts grid") : "",
        glossary(),
      ),
      make(
        "fieldset",
        { class: "acts" },
        make("legend", {}, question.asks ? text(question.asks) : say("ask")),
        checked > 0 ? checkedFold(question.acts.slice(0, checked)) : null,
        quizParts.acts.filter(Boolean).map((act) => act.row),
      ),
      make("div", { class: "answering" }, quizParts.status, make("div", { class: "turning" }, quizParts.show, quizParts.check, quizParts.next)),
    );
    markActs();
    tellChoice();
  }

  /** What was found in order before, in one line; opened it is a list by days. */
  function checkedFold(acts) {
    const title = acts.length === 1 ? say("checked_one") : say("checked", { n: acts.length });
    return fold(`checked ${state.quiz.index}`, "checked", title, make("ol", {}, acts.map((act) =>
      make("li", {}, day(act.on), " ", make("span", {}, actName(act)), act.facts.length ? make("span", { class: "told" }, act.facts.map(factOf)) : null))));
  }

  /** An act by the number of its procedure and its own name. */
  const actName = (act) => {
    const procedure = procedures.get(act.act);
    return procedure ? `${procedure.number} ${text(act.label)}` : text(act.label);
  };

  const factOf = (fact) =>
    make("span", { class: "fact" }, make("span", { class: "quiet" }, text(fact.label)), " ", make("span", {}, text(fact.value)), " ");

  function actOf(act, n) {
    const input = make("input", { type: "radio", name: "act", value: String(n), "aria-labelledby": `act-${n}`, "aria-describedby": `act-${n}-facts` });
    const mark = make("span", { class: "mark" });
    input.addEventListener("change", () => {
      Object.assign(state.quiz, { choice: n, told: null });
      tellChoice();
    });
    const row = make(
      "div",
      { class: "act", "data-n": String(n) },
      make(
        "label",
        {},
        input,
        make("span", { class: "head", id: `act-${n}` }, day(act.on), " ", make("strong", {}, actName(act)), " ", mark),
        make("span", { class: "told", id: `act-${n}-facts` }, act.facts.map(factOf)),
      ),
    );
    return { row, input, mark };
  }

  const chosenText = () => actName(lesson.quiz[state.quiz.index].acts[state.quiz.choice]);

  /** Say how it stands; a screen reader hears it, and more than is seen where the answer stands in the list. */
  function tell(sentence, look = "", heard = "") {
    quizParts.status.replaceChildren(...[sentence].flat(), ...(heard ? [make("span", { class: "unseen" }, ` ${heard}`)] : []));
    quizParts.status.className = `status ${look}`;
  }

  function tellChoice() {
    const now = state.quiz;
    const question = lesson.quiz[now.index];
    quizParts.counter.textContent = `${say("question", { n: now.index + 1, all: lesson.quiz.length })} · ${say("found_so_far", { n: found() })}`;
    if (!now.solved) {
      if (now.told === "wrong") {
        tell([say("wrong"), make("span", { class: "cause" }, ` ${say("nothing_against", { label: chosenText() })}`)], "wrong");
      } else if (now.told === "choose_first") tell(say("choose_first"));
      else tell(now.choice === null ? say("nothing_chosen") : say("chosen", { label: chosenText() }));
      return;
    }
    const shown = now.results[now.index] === "shown";
    const heard = `${text(question.why)} ${text(question.remedy)}`;
    tell(`${shown ? say("shown") : say("right")} ${text(question.article)}`, shown ? "" : "right", heard);
  }

  /** Every act as it stands: chosen, looked at in vain, or the one that was sought. Signs and words, not colour alone. */
  function markActs() {
    const now = state.quiz;
    const question = lesson.quiz[now.index];
    quizParts.acts.forEach((act, n) => {
      if (!act) return;
      const { row, input, mark } = act;
      const fault = now.solved && n === question.fault.act;
      input.checked = n === now.choice;
      input.disabled = now.solved;
      row.classList.toggle("fault", fault);
      row.classList.toggle("lawful", !fault && now.wrong.includes(n));
      mark.textContent = fault ? say("act_wrong") : now.wrong.includes(n) ? say("act_lawful") : "";
      row.querySelector(".answer, .cleared")?.remove();
      if (fault) row.append(answerOf(question));
      else if (now.wrong.includes(n)) row.append(make("p", { class: "cleared" }, cardLink(question.acts[n].act)));
    });
    quizParts.check.hidden = now.solved;
    quizParts.show.hidden = now.solved || now.wrong.length === 0;
    quizParts.next.hidden = !now.solved;
    quizParts.next.textContent = say(now.index === lesson.quiz.length - 1 ? "to_score" : "next_question");
  }

  function answerOf(question) {
    const force = ruleOf.get(question.fault.rule)?.force;
    return make(
      "div",
      { class: "answer" },
      pairs(
        [
          [say("why"), text(question.why)],
          ...(more(question) ? [[say("clause"), text(question.clause)]] : []),
          [say("article"), [make("span", { class: "article" }, text(question.article)), " ", tag(force), make("span", { class: "quiet" }, text(forces[force]?.means))]],
          [say("remedy"), text(question.remedy)],
        ],
        "facts",
      ),
      cardLink(question.acts[question.fault.act].act),
    );
  }

  function check() {
    const now = state.quiz;
    if (now.choice === null) {
      now.told = "choose_first";
      tellChoice();
    } else if (now.choice === lesson.quiz[now.index].fault.act) {
      solve(now.wrong.length ? "later" : "right");
    } else {
      if (!now.wrong.includes(now.choice)) now.wrong.push(now.choice);
      now.told = "wrong";
      markActs();
      tellChoice();
    }
  }

  function solve(result) {
    const now = state.quiz;
    now.solved = true;
    now.results[now.index] = result;
    markActs();
    tellChoice();
    quizParts.next.focus({ preventScroll: true });
    bring(quizParts.acts[lesson.quiz[now.index].fault.act].row, "center");
  }

  function nextQuestion() {
    Object.assign(state.quiz, { index: state.quiz.index + 1, choice: null, wrong: [], told: null, solved: false });
    drawQuiz();
    byId("question").focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }

  function drawScore() {
    const results = state.quiz.results;
    const again = button(say("start_over"), { class: "main" });
    again.addEventListener("click", () => {
      state.quiz = newQuiz();
      drawQuiz();
      byId("question").focus({ preventScroll: true });
    });
    quiz.replaceChildren(
      make(
        "div",
        { class: "score" },
        make("h2", { id: "question", tabindex: "-1" }, say("score")),
        make("p", { class: "big" }, say("score_line", { n: found(), all: lesson.quiz.length })),
        make("ol", {}, lesson.quiz.map((question, n) => make("li", { class: results[n] },
          make("p", {}, make("strong", {}, text(question.title)), " ", make("span", { class: "mark" }, say(`result_${results[n]}`))),
          make("p", { class: "quiet" }, text(question.clause), " ", make("span", { class: "article" }, text(question.article)))))),
        again,
      ),
    );
  }

  // ------------------------------------------------------------------------------ the whole

  function draw() {
    document.documentElement.lang = LANGUAGES[state.lang];
    document.title = say("title");
    for (const one of document.querySelectorAll("[data-word]")) one.textContent = say(one.dataset.word);
    for (const one of document.querySelectorAll("[data-label]")) one.setAttribute("aria-label", say(one.dataset.label));
    const { label, in_force } = lesson.edition;
    byId("edition").textContent = say("edition", { label: text(label), day: dayText(in_force) });
    byId("footer").textContent = say("footer", { seed: lesson.seed });
    for (const lang of Object.keys(LANGUAGES)) byId(`lang-${lang}`).setAttribute("aria-pressed", String(lang === state.lang));
    drawChart();
    drawWalk();
    drawQuiz();
    showPart();
  }

  function showPart() {
    for (const part of PARTS) {
      const shown = part === state.part;
      byId(`part-${part}`).hidden = !shown;
      byId(`tab-${part}`).setAttribute("aria-selected", String(shown));
      byId(`tab-${part}`).setAttribute("tabindex", shown ? "0" : "-1");
    }
  }

  /** The place in the page as its address, so that it can be opened again there: #zh/walk/7. */
  function remember() {
    const place = { chart: state.open, walk: state.step ? state.step + 1 : null, quiz: null }[state.part];
    const hash = `#${[state.lang, state.part, place].filter(Boolean).join("/")}`;
    if (hash !== location.hash) history.replaceState(null, "", hash);
  }

  function recall() {
    const [lang, part, place] = location.hash.slice(1).split("/");
    if (lang in LANGUAGES) state.lang = lang;
    if (PARTS.includes(part)) state.part = part;
    if (part === "chart") state.open = procedures.has(place) ? place : null;
    if (part === "walk" && place) state.step = Math.max(0, Math.min(Number.parseInt(place, 10) - 1 || 0, steps.length - 1));
  }

  function show(part) {
    state.part = part;
    showPart();
    remember();
    window.scrollTo(0, 0);
  }

  function speak(lang) {
    state.lang = lang;
    draw();
    remember();
  }

  // Who chooses a tab goes on in the part: the keys that follow are the part's.
  for (const part of PARTS) {
    byId(`tab-${part}`).addEventListener("click", () => {
      state.fromQuiz = false;
      show(part);
      drawCard();
      byId(`heading-${part}`).focus({ preventScroll: true });
    });
  }
  for (const lang of Object.keys(LANGUAGES)) byId(`lang-${lang}`).addEventListener("click", () => speak(lang));
  document.querySelector("[role=tablist]").addEventListener("keydown", (event) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    // They move the focus alone: nothing changes before Enter or the space bar says so.
    const tabs = PARTS.map((part) => byId(`tab-${part}`));
    tabs[(tabs.indexOf(event.target) + by + tabs.length) % tabs.length].focus();
  });
  document.querySelector(".skip").addEventListener("click", (event) => {
    event.preventDefault();
    byId("main").focus();
  });
  byId("part-chart").addEventListener("click", (event) => {
    const box = event.target.closest("[data-code]");
    if (box) choose(box.dataset.code);
  });
  byId("part-chart").addEventListener("keydown", onChartKey);
  byId("toggle").addEventListener("click", () => {
    state.list = !state.list;
    drawChart();
  });
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.key === "Escape" && state.part === "chart" && state.open) closeCard();
    // Wherever the focus is, save in a field or among the tabs, the arrows turn the walk that is shown.
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by || state.part !== "walk" || event.target.closest("input, select, textarea, [role=tablist]")) return;
    event.preventDefault();
    const map = event.target.closest(".map, .strip");
    go(state.step + by);
    map?.querySelector('[aria-current="step"]').focus();
  });
  roomy.addEventListener("change", drawChart);
  wide.addEventListener("change", drawChart);
  // On paper the picture stands, however narrow the screen is.
  for (const [event, printing] of [["beforeprint", true], ["afterprint", false]]) {
    window.addEventListener(event, () => {
      state.printing = printing;
      drawChart();
    });
  }
  window.addEventListener("hashchange", () => {
    recall();
    draw();
  });

  document.documentElement.classList.add("live");
  prepareCharts();
  recall();
  draw();
  if (state.part === "chart" && state.open) bringCard();
})();
